import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { INSTALLATION, INSTALLATION_LOG } from '../trail/installation.ts';
import { hashSecret } from './secrets.ts';

export type LogKind =
  | 'signed-in'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'password-changed'
  | 'set-up'
  | 'account-created'
  | 'backup'
  | 'restore'
  | RefusedKind;

/** What somebody tried and did not get. */
export type RefusedKind = 'sign-in-refused' | 'password-refused' | 'too-many' | 'set-up-refused' | 'refused';

export interface LogEntry<Kind extends LogKind = LogKind> {
  readonly kind: Kind;
  /** Whose account it concerns. */
  readonly accountId?: string | undefined;
  /** The token that acted. */
  readonly tokenId?: string | undefined;
  readonly network?: string | undefined;
  readonly organisationId?: string | undefined;
  /** Never what somebody typed: people type passwords into the wrong field. */
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** What is needed to write to the installation log. */
export interface Log {
  readonly database: Database;
  readonly now: () => Date;
}

/**
 * Writes to the installation log, in a transaction of its own: it stays when what it tells of is rolled back.
 * Throws when it cannot be written; whoever calls does not go on then.
 */
export const logInstallation = ({ database, now }: Log, entry: LogEntry): Promise<void> =>
  database.inOrganisation(INSTALLATION, (tx) => appendLine(tx, now(), entry));

/** The account's id is opaque and stands in the envelope; network, address and the rest in the payload, which can be erased. */
export const appendLine = (tx: Tx, now: Date, { kind, accountId, tokenId, network, organisationId, detail }: LogEntry): Promise<void> =>
  appendToTrail(tx, [
    {
      entry: newId(),
      register: INSTALLATION_LOG,
      record: accountId ?? null,
      version: null,
      command: kind,
      actor: tokenId ?? accountId ?? null,
      time: now.toISOString(),
      request: null,
      payload: { ...detail, network, organisation: organisationId },
    },
  ]);

/** Refused attempts of one network, and of all together, that are an entry of their own within a minute; the rest is counted. */
export const MOST_OF_A_NETWORK = 30;
export const MOST_OF_ALL = 300;

const EVERYWHERE = '*';

/**
 * Writes down an attempt that was refused: as an entry, or, when its network or the installation has had its share of this
 * minute, as one more of its kind (`settleRefusals` tells the sums). The clock of the minute is the database's.
 */
export const logRefused = ({ database, now }: Log, entry: LogEntry<RefusedKind>): Promise<void> =>
  database.inOrganisation(INSTALLATION, async (tx) => {
    if (!(await takeShare(tx, entry.network ?? 'unknown', entry.kind, MOST_OF_A_NETWORK))) return;
    if (!(await takeShare(tx, EVERYWHERE, entry.kind, MOST_OF_ALL))) return;
    await appendLine(tx, now(), entry);
  });

const takeShare = async (tx: Tx, network: string, kind: RefusedKind, most: number): Promise<boolean> => {
  const [row] = await tx.query<{ granted: boolean }>(sql`
    insert into installation_refusals as r (organization_id, minute, network, seen) values (${INSTALLATION}::uuid, date_trunc('minute', clock_timestamp()), ${network}, 1)
    on conflict (organization_id, minute, network) do update set seen = least(r.seen, ${most}::integer) + 1,
      more = case when r.seen < ${most}::integer then r.more else jsonb_set(r.more, array[${kind}::text], to_jsonb(coalesce((r.more ->> ${kind}::text)::bigint, 0) + 1)) end
    returning seen <= ${most}::integer as granted`);
  return row?.granted === true;
};

/** Tells of each minute that is over what was only counted in it, one entry for each network, in the transaction that forgets the count. */
export const settleRefusals = ({ database, now }: Log, before: Date | null = null): Promise<void> =>
  database.inOrganisation(INSTALLATION, async (tx) => {
    const over = await tx.query<{ minute: Date; network: string; more: Readonly<Record<string, number>> }>(sql`
      delete from installation_refusals where organization_id = ${INSTALLATION}::uuid
        and minute < coalesce(${before?.toISOString() ?? null}::timestamptz, date_trunc('minute', clock_timestamp())) returning minute, network, more`);
    const at = now().toISOString();
    await appendToTrail(
      tx,
      over
        .filter(({ more }) => Object.keys(more).length > 0)
        .map(({ minute, network, more }) => ({
          entry: newId(),
          register: INSTALLATION_LOG,
          record: null,
          version: null,
          command: 'refused-more',
          actor: null,
          time: at,
          request: null,
          payload: { minute: minute.toISOString(), counts: more, ...(network === EVERYWHERE ? {} : { network }) },
        })),
    );
  });

/** Stands for an address in the log: tries against the same account can be seen without keeping what was typed. */
export const emailMark = (email: string): string => hashSecret(`email:${email.trim().toLowerCase()}`).slice(0, 32);
