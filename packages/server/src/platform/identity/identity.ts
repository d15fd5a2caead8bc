import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { createContext } from '../context.ts';
import type { Database } from '../database/pool.ts';
import { notFound } from '../errors.ts';
import type { Doorkeeper } from '../http/mount.ts';
import { type Mail, noMail } from '../mail/mail.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { organisationBySlug, systemActor } from './founding.ts';
import { createLibrary } from './library.ts';
import { forgetOldTries } from './limiter.ts';
import type { Parts } from './parts.ts';
import { setupLink } from './setup.ts';
import { createToken, type NewToken } from './tokens.ts';

export interface Identity {
  /** For the functions of this folder. */
  readonly parts: Parts;
  /** For the http layer. */
  readonly doorkeeper: Doorkeeper;
  /** The one-time set-up link while nobody has an account, else null. Makes a new one each time it is asked. */
  setupLink(): Promise<string | null>;
  end(): Promise<void>;
}

export interface IdentityOptions {
  /** Login of aimwell_identity, as `migrate` answers it. */
  readonly connection: pg.ClientConfig;
  readonly database: Database;
  /** AIMWELL_URL; `https:` makes cookies secure. */
  readonly publicUrl: string;
  readonly mail?: Mail;
  readonly now?: () => Date;
}

/** Opens identity: its pool of connections, the library, and the key of session cookies (made at first use, kept in the database so that all servers share it). */
export const openIdentity = async ({ connection, database, publicUrl, mail = noMail, now = () => new Date() }: IdentityOptions): Promise<Identity> => {
  const pool = new pg.Pool({ ...connection, max: 6, options: '-c timezone=UTC -c jit=off', idleTimeoutMillis: 30_000, connectionTimeoutMillis: 5_000 });
  // A connection that dies while idle must not end the process; the next query opens another.
  pool.on('error', () => {});
  try {
    const library = createLibrary({ pool, secret: await cookieKey(pool), publicUrl });
    await forgetOldTries(pool);
    await pool.query('delete from identity.session where "expiresAt" < now()');
    const parts: Parts = { pool, library, database, mail, publicUrl, now };
    return { parts, doorkeeper: createDoorkeeper(parts), setupLink: () => setupLink(parts), end: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
};

const cookieKey = async (pool: pg.Pool): Promise<string> => {
  await pool.query('insert into identity.installation (name, value) values ($1, $2) on conflict (name) do nothing', ['cookie-key', randomBytes(48).toString('base64url')]);
  const { rows } = await pool.query<{ value: string }>('select value from identity.installation where name = $1', ['cookie-key']);
  if (rows[0] === undefined) throw new Error('expected the key of session cookies');
  return rows[0].value;
};

/**
 * Makes an API token for the operator of the installation (`aimwell token create`); answers its secret.
 * @param organisation slug or id
 * @throws NOT_FOUND, REFUSED
 */
export const createOperatorToken = async ({ database, now }: Pick<Parts, 'database' | 'now'>, organisation: string, wanted: NewToken): Promise<string> => {
  const found = await organisationBySlug({ database }, organisation);
  if (found === null) throw notFound('organisation');
  const context = createContext({ actor: systemActor, organisation: found, now: now() });
  return (await database.inOrganisation(found.id, (tx) => createToken(tx, context, wanted))).token;
};

/** Organisations of this installation are known to their members only; the operator may ask whether there is any. */
export const anyOrganisation = async ({ database }: Pick<Parts, 'database'>): Promise<boolean> =>
  (await database.callAcross<{ found: boolean }>(sql`select found from any_organization()`))[0]?.found === true;
