import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Database } from '../database/pool.ts';
import type { Mail } from '../mail/mail.ts';
import type { Sealer } from '../secrets/seal.ts';
import type { Library } from './library.ts';

/** What the functions of identity work with; made once by `openIdentity`. */
export interface Parts {
  /** Login of aimwell_identity: accounts, sessions, limits. */
  readonly pool: pg.Pool;
  readonly library: Library;
  /** Login of aimwell_app: memberships, invitations, tokens, installation log. */
  readonly database: Database;
  readonly mail: Mail;
  /** Keeps the link of an invitation until its letter has left. */
  readonly sealer: Sealer;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Tells the operator in one sentence what could not be done. */
  readonly report: (line: string) => void;
}

export interface SignedIn {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionToken: string;
}

/** A request as identity reads it; commands and tests have no Fastify. */
export type Caller = Pick<FastifyRequest, 'headers' | 'ip'>;
