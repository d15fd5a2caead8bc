import { Client, DatabaseError } from 'pg';
import { StartError, systemCode } from './embedded/errors.ts';

/** The oldest PostgreSQL whose SQL Aimwell is written in. */
const OLDEST_MAJOR = 15;
const CONNECT_WITHIN_MS = 10_000;

/**
 * Checks the server of a DATABASE_URL before anything is done on it: that it answers, lets us in and is new enough.
 * Returns its version, such as `15.19`. Throws StartError with one sentence (never the password) and its remedy.
 */
export async function checkExternal(url: string): Promise<{ readonly version: string }> {
  const place = placeOf(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
    );
    return accept(rows[0]?.version ?? 'unknown', rows[0]?.number ?? 0, place);
  } catch (error) {
    throw error instanceof StartError ? error : explain(error, place);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Judges a server by its `server_version_num` (150004 is 15.4). */
export function accept(version: string, number: number, place: string): { readonly version: string } {
  if (number >= OLDEST_MAJOR * 10_000) return { version };
  throw new StartError(
    'WRONG_VERSION',
    `The PostgreSQL server at ${place} has version ${version}; Aimwell needs ${OLDEST_MAJOR} or later.`,
    `Upgrade that server, point DATABASE_URL to one of version ${OLDEST_MAJOR} or later, or unset DATABASE_URL to use the embedded PostgreSQL.`,
  );
}

/** Host, port and database of the URL, for messages: never the user's password. */
function placeOf(url: string): string {
  try {
    const { protocol, host, pathname, searchParams } = new URL(url);
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') throw new Error('another protocol');
    return `${searchParams.get('host') ?? host}${pathname}`;
  } catch (error) {
    throw new StartError(
      'BAD_URL',
      'DATABASE_URL is not the address of a PostgreSQL database.',
      'Write it as postgres://user:password@host:5432/database.',
      error,
    );
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  '28P01': 'Correct the user or the password in DATABASE_URL.',
  '28000': 'Allow this user and host in the pg_hba.conf of that server, or correct DATABASE_URL.',
  '3D000': 'Create the database on that server (createdb), or correct its name in DATABASE_URL.',
};

function explain(error: unknown, place: string): StartError {
  if (error instanceof DatabaseError) {
    const remedy = REFUSED[error.code ?? ''] ?? 'Mend what the server says, or correct DATABASE_URL.';
    return new StartError('REFUSED', `The PostgreSQL server at ${place} refuses the connection: ${error.message}.`, remedy, error);
  }
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new StartError(
    'UNREACHABLE',
    `The PostgreSQL server at ${place} cannot be reached (${reason}).`,
    'Start that server or correct host and port in DATABASE_URL, or unset it to use the embedded PostgreSQL.',
    error,
  );
}
