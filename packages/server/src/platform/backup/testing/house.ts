import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { type OpenHouse, openHouse } from '../../../compose.ts';
import { createFurnishedHouse } from '../../../generated/house.ts';
import type { Config } from '../../config.ts';
import { newId } from '../../ids.ts';
import { testConnection } from '../../testing/postgres.ts';
import { startSequencer } from '../../trail/sequencer.ts';
import { until } from '../../trail/testing/organisation.ts';
import { restoreBackup, type RestoreInput } from '../restore.ts';
import { takeBackup, type TakeInput } from '../take.ts';
import { removeFolder } from '../../testing/folder.ts';

/** A file of the organisation, in the store and in its table. */
export const addFile = async (house: OpenHouse, organisation: string, content: Buffer): Promise<string> => {
  const { sha256, size } = await house.files.put(organisation, [content] as unknown as AsyncIterable<Uint8Array>, 1e9);
  await house.database.inOrganisation(organisation, (tx) =>
    tx.query(
      sql`insert into files (organization_id, sha256, size, type) values (${organisation}::uuid, ${sha256}, ${size}, 'application/octet-stream')`,
    ),
  );
  return sha256;
};

/** A furnished house whose trail is anchored, with files, ready to be backed up. */
export const createAnchoredHouse = async () => {
  const built = await createFurnishedHouse();
  const { house } = built;
  const files = [
    await addFile(house, built.ours.organisation.id, Buffer.alloc(2_500_000, 'evidence ')),
    await addFile(house, built.theirs.organisation.id, Buffer.from('few')),
  ];
  await addFile(house, built.ours.organisation.id, Buffer.alloc(0));
  await anchor(house);
  return { ...built, files };
};

/** Lets a sequencer run until nothing waits. */
export const anchor = async (house: OpenHouse): Promise<void> => {
  const keys = path.join(house.config.dataDirectory, 'keys');
  const sequencer = startSequencer({ connection: house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
  const client = new pg.Client(house.opened.owner);
  await client.connect();
  await until(async () => (await client.query('select 1 from trail_pending limit 1')).rowCount === 0);
  await client.end();
  await sequencer.stop();
};

export const take = (house: OpenHouse, file: string, more: Partial<TakeInput> = {}) =>
  takeBackup({
    owner: house.opened.owner,
    files: house.files,
    dataDirectory: house.config.dataDirectory,
    file,
    id: newId(),
    now: new Date(),
    product: 'test',
    passphrase: null,
    withKeys: true,
    ...more,
  });

export interface Target {
  readonly config: Config;
  readonly asSuperuser: pg.ClientConfig;
  restore(file: string, more?: Partial<RestoreInput>): ReturnType<typeof restoreBackup>;
  drop(): Promise<void>;
}

export const OWNER_PASSWORD = 'owner-of-tests';

/** An empty database of the test server, by its address, and a data directory that is not there yet. */
export const createTarget = async (like: Config, owner?: string): Promise<Target> => {
  const name = `r_${randomBytes(6).toString('hex')}`;
  const parent = await mkdtemp(path.join(tmpdir(), 'aimwell-restore-'));
  const onServer = async (statement: string) => {
    const client = new pg.Client(testConnection());
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await onServer(`create database ${name} ${owner === undefined ? '' : `owner ${owner}`}`);
  const config = { ...like, databaseUrl: urlOf(name, owner), dataDirectory: path.join(parent, 'data') };
  return {
    config,
    asSuperuser: { connectionString: urlOf(name) },
    restore: (file, more = {}) =>
      restoreBackup({
        file,
        passphrase: null,
        config,
        force: false,
        despiteFaults: false,
        erasures: null,
        now: () => new Date(),
        openHouse,
        report: () => {},
        ...more,
      }),
    drop: async () => {
      await onServer(`drop database if exists ${name} with (force)`);
      await removeFolder(parent);
    },
  };
};

const urlOf = (database: string, owner?: string): string => {
  const { connectionString, host = '', port, user = '', password } = testConnection();
  const url = new URL(connectionString ?? `postgres://${user}@localhost:${port}/?host=${encodeURIComponent(host)}`);
  if (connectionString === undefined) url.password = String(password);
  url.pathname = `/${database}`;
  if (owner !== undefined) [url.username, url.password] = [owner, OWNER_PASSWORD];
  return url.href;
};

/** Number of rows and sum of each table, whatever the order of its rows; read apart from the code under test. */
export const sumsOf = async (owner: pg.ClientConfig): Promise<Record<string, string>> => {
  const client = new pg.Client(owner);
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_' and schemaname <> 'information_schema' order by 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t order by 1`);
    // What a restore adds by itself.
    const kept = rows.filter(({ row }) => !row.includes('"command": "restore"'));
    sums[name] = `${kept.length} ${createHash('sha256')
      .update(kept.map(({ row }) => row).join('\n'))
      .digest('hex')}`;
  }
  await client.end();
  return sums;
};
