import { randomBytes } from 'node:crypto';
import { chown, link, mkdir, open, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withParents } from './accounts.ts';
import { StartError, systemCode } from './errors.ts';
import type { Identity } from './identity.ts';

const LOG_LIMIT = 10 * 1024 * 1024;

/** The places inside a data directory that belong to the embedded PostgreSQL. */
export type Layout = {
  readonly root: string;
  readonly cluster: string;
  readonly log: string;
  readonly password: string;
  readonly runtime: string;
  readonly socket: string;
};

/** Makes the data directory if need be and says where things are in it. Throws StartError when it cannot be written. */
export async function prepareLayout(dataDirectory: string): Promise<Layout> {
  const wanted = path.resolve(dataDirectory);
  try {
    await makeDirectory(wanted);
    const root = await realpath(wanted);
    const probe = path.join(root, `.write-${process.pid}-${randomBytes(4).toString('hex')}`);
    await writeFile(probe, '');
    await rm(probe);
    const at = (name: string): string => path.join(root, name);
    return {
      root,
      cluster: at('postgres'),
      log: at('postgres.log'),
      password: at('postgres-password'),
      runtime: at('runtime'),
      socket: at('socket'),
    };
  } catch (error) {
    const reason = systemCode(error) ?? 'unknown';
    throw new StartError(
      'DATA_NOT_WRITABLE',
      `The data directory ${wanted} cannot be written (${reason}).`,
      'Give its owner and permissions to the user who starts Aimwell, or choose another place with AIMWELL_DATA.',
      error,
    );
  }
}

// Node's own recursive mkdir never returns where a parent cannot have children (/proc), so the parents are made one by one.
async function makeDirectory(directory: string): Promise<void> {
  for (const each of withParents(directory)) {
    if ((await stat(each).catch(() => undefined)) !== undefined) continue;
    await mkdir(each, { mode: 0o700 }).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
}

/**
 * The superuser's password, made at the first start and kept in a file of mode 0600.
 * Two processes that start at once agree: the file appears whole, and only one of them can make it.
 */
export async function readOrMakePassword(layout: Layout): Promise<string> {
  const present = await readFile(layout.password, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw new StartError(
      'DATA_NOT_WRITABLE',
      `The file ${layout.password} cannot be read.`,
      'Start Aimwell as the user who owns the data directory.',
      error,
    );
  });
  if (present.trim() !== '') return present.trim();
  if ((await stat(path.join(layout.cluster, 'PG_VERSION')).catch(() => undefined)) !== undefined) {
    throw new StartError(
      'PASSWORD_MISSING',
      `The file ${layout.password} is missing, and the database in ${layout.cluster} does not open without it.`,
      'Put the file back from your backup.',
    );
  }
  const draft = `${layout.password}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  await link(draft, layout.password).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readFile(layout.password, 'utf8')).trim();
}

/** Gives a path, and what is in it, to the user PostgreSQL runs as. Does nothing unless that is another user than ours. */
export async function giveTo(identity: Identity, place: string): Promise<void> {
  if (identity.kind !== 'drop') return;
  const inside = (await stat(place)).isDirectory() ? await readdir(place) : [];
  for (const name of inside) await giveTo(identity, path.join(place, name)).catch(() => undefined);
  await chown(place, identity.uid, identity.gid);
}

/** Keeps the server's log from growing without end: at a start, a log over 10 MB becomes `postgres.log.1`. */
export async function rotateLog(layout: Layout): Promise<void> {
  const found = await stat(layout.log).catch(() => undefined);
  if (found !== undefined && found.size > LOG_LIMIT) await rename(layout.log, `${layout.log}.1`);
}

/** Makes a rename in `directory` last through a power cut. Windows has no such call and needs none. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
