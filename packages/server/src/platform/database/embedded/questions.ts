import { Client, DatabaseError, type ClientConfig } from 'pg';
import { StartError } from './errors.ts';

export type Answer = { readonly version: string };

/** Opens one connection, does one thing with it and closes it. */
export async function withClient<T>(connection: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionTimeoutMillis: 5_000, ...connection });
  // A server that goes away emits this at any moment; unheard it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks a server whether it answers. Undefined: not yet. Throws StartError when it answers but will not let us in. */
export async function ask(connection: ClientConfig): Promise<Answer | undefined> {
  try {
    return await withClient(connection, async (client) => {
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return { version: rows[0]?.server_version ?? '' };
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '28P01') {
      throw new StartError(
        'PASSWORD_MISSING',
        'The password kept in postgres-password does not open the database beside it.',
        'Put the file back from the backup that belongs to this database.',
        error,
      );
    }
    return undefined;
  }
}

/** Refuses a server that would lose what it confirmed: fsync and data checksums must be on. */
export async function assertDurable(connection: ClientConfig): Promise<void> {
  const { rows } = await withClient(connection, (client) =>
    client.query<{ fsync: string; checksums: string }>(
      `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums`,
    ),
  );
  const [found] = rows;
  if (found?.fsync === 'on' && found.checksums === 'on') return;
  throw new StartError(
    'UNSAFE_SETTINGS',
    `PostgreSQL runs with fsync ${found?.fsync} and data checksums ${found?.checksums}; both must be on.`,
    'Remove the settings from postgresql.conf and postgresql.auto.conf in the data directory.',
  );
}

/** Makes a database unless it exists. `name` must be a plain identifier. */
export async function ensureDatabase(connection: ClientConfig, name: string): Promise<void> {
  await withClient(connection, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}
