import { readdir, rename } from 'node:fs/promises';
import pg from 'pg';
import type { Config } from '../config.ts';
import { readPidFile } from '../database/embedded/address.ts';
import { prepareLayout } from '../database/embedded/files.ts';
import { openEmbedded } from '../database/embedded/launch.ts';
import { BackupError } from './errors.ts';
import { isUnfinishedDatabase } from './unfinished.ts';

/** Runs something on the owner's connection and closes it. */
export const asOwner = async <T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(owner);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Makes sure that the data directory is empty. With `force` one that is not is moved aside under its name with the time; it is
 * never overwritten. Answers where it lies now, or null.
 */
export const emptyDirectory = async (
  config: Config,
  { force, now }: { readonly force: boolean; readonly now: Date },
): Promise<string | null> => {
  const { dataDirectory } = config;
  const inside = await readdir(dataDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (inside.length === 0) return null;
  await refuseRunning(config);
  if (!force)
    throw new BackupError(
      'TARGET_NOT_EMPTY',
      `There is something in ${dataDirectory} already.`,
      'Restore into an empty folder with --into, or move what is there aside with --force.',
    );
  const aside = `${dataDirectory}.before-restore-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  await rename(dataDirectory, aside);
  return aside;
};

/** A directory whose PostgreSQL runs must not be moved from under it; one that a killed process left running is ended. */
const refuseRunning = async ({ dataDirectory }: Config): Promise<void> => {
  const found = await readPidFile(await prepareLayout(dataDirectory));
  if (found === undefined || !isAlive(found.pid)) return;
  const server = await openEmbedded({ dataDirectory });
  if (!server.attached) return server.stop();
  throw new BackupError('TARGET_IN_USE', `Aimwell runs in ${dataDirectory}.`, 'End it first, or restore into another folder with --into.');
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Makes sure that nobody works in the database and that it holds no organisation, but what an unfinished restore left there. */
export const requireEmptyDatabase = (owner: pg.ClientConfig, { force }: { readonly force: boolean }): Promise<void> =>
  asOwner(owner, async (client) => {
    const { rows: others } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    if ((others[0]?.n ?? 0) > 0)
      throw new BackupError(
        'TARGET_IN_USE',
        `Somebody else is connected to the database (${others[0]?.n} connections).`,
        'End the servers and programs that use it, then repeat.',
      );
    if ((await countOrganisations(client)) === 0) return;
    if (await isUnfinishedDatabase(client)) {
      if (force) return;
      throw new BackupError('TARGET_NOT_EMPTY', 'The database holds what an unfinished restore left.', 'Add --force to replace it.');
    }
    throw new BackupError(
      'TARGET_NOT_EMPTY',
      'The database holds organisations already.',
      'Restore into a new database (createdb), and point DATABASE_URL or --into to it.',
    );
  });

const countOrganisations = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.organizations') is not null as there`);
  if (rows[0]?.there !== true) return 0;
  const { rows: found } = await client.query<{ n: number }>('select count(*)::int as n from organizations');
  return found[0]?.n ?? 0;
};
