import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type Database } from '../database/pool.ts';
import { migrate, type Migrated } from '../database/migrate.ts';
import { testConnection } from './postgres.ts';

const named = (connection: pg.ClientConfig, database: string): pg.ClientConfig => {
  if (connection.connectionString === undefined) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { ...connection, connectionString: url.href };
};

const onServer = async (work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client(testConnection());
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

export interface TestDatabase {
  readonly owner: pg.ClientConfig;
  readonly migrated: Migrated;
  readonly database: Database;
  drop(): Promise<void>;
}

/** An empty, migrated database of its own for one test file. Tests connect as the app, never as the owner. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  // The template is made once per run, by whichever file comes first; the lock makes the others wait.
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(20260102)');
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'aimwell_template'");
    if (rowCount === 0) {
      await client.query('create database aimwell_template');
      try {
        await migrate(named(testConnection(), 'aimwell_template'));
      } catch (error) {
        await client.query('drop database aimwell_template');
        throw error;
      }
    }
    await client.query(`create database ${name} template aimwell_template`);
  });
  const owner = named(testConnection(), name);
  const migrated = await migrate(owner);
  const database = createDatabase(migrated.app);
  return {
    owner,
    migrated,
    database,
    drop: async () => {
      await database.end();
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};
