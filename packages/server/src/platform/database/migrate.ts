import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { refuseUnfinishedDatabase } from '../backup/unfinished.ts';

const folder = new URL('../../../migrations/', import.meta.url);

export interface Migrated {
  readonly applied: readonly string[];
  readonly app: pg.ClientConfig;
  readonly identity: pg.ClientConfig;
  readonly sequencer: pg.ClientConfig;
}

/** The migrations of this release in their order, with the SHA-256 of their text in hex. */
export const listMigrations = async (): Promise<{ readonly name: string; readonly text: string; readonly sha256: string }[]> => {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
};

/** How a restore differs from a start: it may open what is unfinished, and goes no further than the schema of the backup. */
interface MigrateOptions {
  readonly restoring?: boolean;
  /** Names of the migrations to run; all, where none are named. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Brings a database to the newest schema and gives the app its login roles. Each file runs in one transaction; a file
 * that ran and was changed afterwards is refused, since two installations would then differ.
 * @param owner connection of the owner (run-time code never uses it again)
 */
export const migrate = async (owner: pg.ClientConfig, { restoring = false, only }: MigrateOptions = {}): Promise<Migrated> => {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query(
      'create table if not exists schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    // Two servers that start together: the second waits here, then finds the work done.
    await client.query('select pg_advisory_lock(20260101)');
    if (!restoring) await refuseUnfinishedDatabase(client);
    const done = new Map(
      (await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations')).rows.map((row) => [
        row.name,
        row.sha256,
      ]),
    );
    const applied: string[] = [];
    for (const { name, text, sha256 } of await listMigrations()) {
      if (done.get(name) === sha256 || only?.has(name) === false) continue;
      if (done.has(name)) throw new Error(`migration ${name} was changed after it ran in this database; restore the file of that release`);
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    return {
      applied,
      app: await login(client, owner, 'aimwell_app'),
      identity: await login(client, owner, 'aimwell_identity'),
      sequencer: await login(client, owner, 'aimwell_sequencer'),
    };
  } finally {
    await client.end();
  }
};

/**
 * A login role per database, member of the group. Its password follows from the owner's, so that every server with the
 * same DATABASE_URL comes to the same one and none is written down.
 */
const login = async (client: pg.Client, owner: pg.ClientConfig, group: string): Promise<pg.ClientConfig> => {
  const { rows } = await client.query<{ database: string; superuser: boolean }>(
    'select current_database() as database, rolsuper as superuser from pg_roles where rolname = current_user',
  );
  const { database = '', superuser = false } = rows[0] ?? {};
  const user = `${group}_${createHash('sha256').update(database).digest('hex').slice(0, 12)}`;
  const secret = typeof client.password === 'string' && client.password !== '' ? client.password : database;
  const password = createHmac('sha256', secret).update(user).digest('hex');
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [user]);
  // Only a superuser may name these again; an owner who is none has made the role with them.
  const powerless = rowCount === 0 || superuser ? 'nosuperuser nobypassrls nocreatedb nocreaterole' : '';
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${user} login ${powerless} inherit password '${password}'`);
  await client.query(`grant ${group} to ${user}`);
  const { connectionString, ...rest } = owner;
  if (connectionString === undefined) return { ...rest, user, password };
  const url = new URL(connectionString);
  url.username = user;
  url.password = password;
  return { ...rest, connectionString: url.href };
};
