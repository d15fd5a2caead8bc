import type pg from 'pg';
import { newId } from '../ids.ts';
import { hashSecret } from './secrets.ts';

export type LogKind =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'password-changed'
  | 'password-refused'
  | 'too-many'
  | 'set-up'
  | 'set-up-refused'
  | 'refused'
  | 'account-created';

export interface LogEntry {
  readonly kind: LogKind;
  readonly accountId?: string | undefined;
  readonly network?: string | undefined;
  readonly organisationId?: string | undefined;
  /** Never what somebody typed: people type passwords into the wrong field. */
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/**
 * Writes to the installation log, in a transaction of its own: it stays when what it tells of is rolled back.
 * Throws when it cannot be written; whoever calls decides whether that may stop him.
 */
export const logInstallation = async (pool: pg.Pool, entry: LogEntry): Promise<void> => {
  await pool.query(
    'insert into identity.installation_log (id, kind, account_id, network, about_organization, detail) values ($1, $2, $3, $4, $5, $6)',
    [newId(), entry.kind, entry.accountId ?? null, entry.network ?? null, entry.organisationId ?? null, JSON.stringify(entry.detail ?? {})],
  );
};

/** Stands for an address in the log: tries against the same account can be seen without keeping what was typed. */
export const emailMark = (email: string): string => hashSecret(`email:${email.trim().toLowerCase()}`).slice(0, 32);
