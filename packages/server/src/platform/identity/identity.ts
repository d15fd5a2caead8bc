import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { type Context, createContext } from '../context.ts';
import type { Database } from '../database/pool.ts';
import { notFound, ProblemError } from '../errors.ts';
import type { Doorkeeper, House } from '../http/mount.ts';
import { createMail, type Mail } from '../mail/mail.ts';
import { verifyPassword } from './accounts.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { organisationBySlug, systemActor } from './founding.ts';
import { createLibrary } from './library.ts';
import { forgetOldTries } from './limiter.ts';
import type { Sealer } from '../secrets/seal.ts';
import type { Parts } from './parts.ts';
import { keepSettling } from './settling.ts';
import { mountIdentity } from './routes.ts';
import { setupLink } from './setup.ts';
import { createToken, type NewToken } from './tokens.ts';

export interface Identity {
  /** For the functions of this folder. */
  readonly parts: Parts;
  /** For the http layer. */
  readonly doorkeeper: Doorkeeper;
  /** Mounts the endpoints of identity. */
  mount(app: FastifyInstance, house: House): void;
  /**
   * Holds a signature against the password of whoever signs.
   * @throws PASSWORD_REQUIRED, TOO_MANY; FORBIDDEN for a token that may not sign
   */
  checkSignature(context: Context, password: string | undefined): Promise<void>;
  /** The one-time set-up link while nobody has an account, else null. Makes a new one each time it is asked. */
  setupLink(): Promise<string | null>;
  close(): Promise<void>;
}

export interface IdentityOptions {
  /** Login of aimwell_identity, as `migrate` answers it. */
  readonly connection: pg.ClientConfig;
  readonly database: Database;
  /** `https:` in the public address makes cookies secure; without SMTP the links are shown instead of mailed. */
  readonly config: Pick<Config, 'publicUrl' | 'smtpUrl' | 'mailFrom'>;
  readonly mail?: Mail;
  readonly sealer: Sealer;
  readonly now?: () => Date;
  /** Told in one sentence what could not be done; the error stream unless said. */
  readonly report?: (line: string) => void;
}

/** Opens identity: its pool of connections, the library, and the key of session cookies (made at first use, kept in the database so that all servers share it). */
export const openIdentity = async ({
  connection,
  database,
  config,
  mail,
  sealer,
  now = () => new Date(),
  report = (line) => void process.stderr.write(`${line}\n`),
}: IdentityOptions): Promise<Identity> => {
  const pool = new pg.Pool({
    ...connection,
    max: 6,
    options: '-c timezone=UTC -c jit=off',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that dies while idle must not end the process; the next query opens another.
  pool.on('error', () => {});
  try {
    const library = createLibrary({ pool, secret: await cookieKey(pool), publicUrl: config.publicUrl });
    await forgetOldTries(pool);
    await pool.query('delete from identity.session where "expiresAt" < now()');
    const post = mail ?? createMail({ url: config.smtpUrl, from: config.mailFrom });
    const parts: Parts = { pool, library, database, mail: post, sealer, publicUrl: config.publicUrl, now, report };
    const settling = keepSettling(parts);
    return {
      parts,
      doorkeeper: createDoorkeeper(parts),
      mount: (app, house) => mountIdentity(app, house, parts),
      checkSignature: (context, password) => checkSignature(parts, context, password),
      setupLink: () => setupLink(parts),
      close: async () => {
        post.close();
        await settling.stop();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
};

const checkSignature = async (parts: Parts, { actor, organisation }: Context, password: string | undefined): Promise<void> => {
  if (actor.kind === 'system') return;
  if (actor.kind === 'token') {
    // A signature carries a name: a token signs only where the organisation says so, and only for the person it stands for.
    if (organisation.settings['tokensMaySign'] === true && actor.personId !== null) return;
    throw new ProblemError('FORBIDDEN', {
      detail: 'This API token may not sign.',
      remedy: 'Sign in and approve with your password, or let an administrator permit signatures by tokens that stand for a person.',
    });
  }
  if (actor.accountId === undefined || password === undefined)
    throw new ProblemError('PASSWORD_REQUIRED', { remedy: 'Send your password with the signature.' });
  if (!(await verifyPassword(parts, actor.accountId, password)))
    throw new ProblemError('PASSWORD_REQUIRED', { detail: 'This is not your password.', remedy: 'Type the password you sign in with.' });
};

const cookieKey = async (pool: pg.Pool): Promise<string> => {
  await pool.query('insert into identity.installation (name, value) values ($1, $2) on conflict (name) do nothing', [
    'cookie-key',
    randomBytes(48).toString('base64url'),
  ]);
  const { rows } = await pool.query<{ value: string }>('select value from identity.installation where name = $1', ['cookie-key']);
  if (rows[0] === undefined) throw new Error('expected the key of session cookies');
  return rows[0].value;
};

/**
 * Makes an API token for the operator of the installation (`aimwell token create`); answers its secret.
 * @param organisation slug or id
 * @throws NOT_FOUND, REFUSED
 */
export const createOperatorToken = async (
  { database, now }: Pick<Parts, 'database' | 'now'>,
  organisation: string,
  wanted: NewToken,
): Promise<string> => {
  const found = await organisationBySlug({ database }, organisation);
  if (found === null) throw notFound('organisation');
  const context = createContext({ actor: systemActor, organisation: found, now: now() });
  return (await database.inOrganisation(found.id, (tx) => createToken(tx, context, wanted))).token;
};

/** Organisations of this installation are known to their members only; the operator may ask whether there is any. */
export const anyOrganisation = async ({ database }: Pick<Parts, 'database'>): Promise<boolean> =>
  (await database.callAcross<{ found: boolean }>(sql`select found from any_organization()`))[0]?.found === true;
