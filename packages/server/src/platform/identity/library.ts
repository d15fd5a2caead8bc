import { betterAuth } from 'better-auth';
import { PostgresDialect } from 'kysely';
import type pg from 'pg';

const day = 24 * 60 * 60;
/** A session ends after so many days without use, and after so many days whatever happens. */
export const idleDays = 7;
export const absoluteDays = 30;

export interface LibraryOptions {
  /** Login of aimwell_identity. */
  readonly pool: pg.Pool;
  /** Signs session cookies. */
  readonly secret: string;
  readonly publicUrl: string;
}

/**
 * The identity library as this house uses it: it hashes passwords (scrypt, 32 MB each) and keeps sessions. Its own HTTP
 * handler is never mounted; accounts are made by us, never by signing up; every request asks the database, so that a
 * session that was ended is ended everywhere at once.
 */
export const createLibrary = ({ pool, secret, publicUrl }: LibraryOptions) => {
  const secure = publicUrl.startsWith('https:');
  return betterAuth({
    appName: 'Aimwell',
    baseURL: publicUrl,
    secret,
    database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'identity', transaction: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    session: { expiresIn: idleDays * day, updateAge: day, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    advanced: {
      cookiePrefix: 'aimwell',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      // A test holds our tables against what the library expects; asking again at each start would only take time.
      database: { generateId: 'uuid', validateSchema: false, joins: true },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  });
};

/** Under this name the library is told the caller's address; it never comes from outside. */
export const addressHeader = 'x-aimwell-address';

export type Library = ReturnType<typeof createLibrary>;
