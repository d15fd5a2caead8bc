import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { StartError } from '../database/embedded/errors.ts';
import { syncDirectory } from '../database/embedded/files.ts';

// Both stand from before the first write of a restore until everything was found good: nobody works on half of an installation.
const FILE = 'restore-unfinished.json';
/** Its being there is what it says. Made and dropped by a restore alone. */
export const UNFINISHED_TABLE = 'restore_unfinished';

const markOf = (dataDirectory: string): string => path.join(dataDirectory, FILE);

const refusal = (where: string): StartError =>
  new StartError(
    'RESTORE_UNFINISHED',
    `A restore into ${where} was begun and not found good.`,
    'Run npx aimwell restore again with --force (what is there is moved aside, not overwritten), or remove it and start anew.',
  );

/** Refuses a data directory whose restore was not finished. */
export const refuseUnfinishedDirectory = async (dataDirectory: string): Promise<void> => {
  if ((await readFile(markOf(dataDirectory), 'utf8').catch(() => null)) !== null) throw refusal(dataDirectory);
};

export const isUnfinishedDatabase = async (client: pg.ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.${UNFINISHED_TABLE}') is not null as there`);
  return rows[0]?.there === true;
};

/** Refuses a database whose restore was not finished. */
export const refuseUnfinishedDatabase = async (client: pg.ClientBase): Promise<void> => {
  if (await isUnfinishedDatabase(client)) throw refusal('this database');
};

/** Writes a small file so that it is there after a power cut too. */
export const writeMark = async (file: string, value: unknown): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await syncDirectory(path.dirname(file));
};

export const markDirectory = (dataDirectory: string, about: unknown): Promise<void> => writeMark(markOf(dataDirectory), about);
export const unmarkDirectory = async (dataDirectory: string): Promise<void> => {
  await rm(markOf(dataDirectory), { force: true });
  await syncDirectory(dataDirectory);
};

export const markDatabase = (client: pg.ClientBase): Promise<unknown> =>
  client.query(`create table if not exists public.${UNFINISHED_TABLE} ()`);
export const unmarkDatabase = (client: pg.ClientBase): Promise<unknown> => client.query(`drop table if exists public.${UNFINISHED_TABLE}`);
