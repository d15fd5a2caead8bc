import { readlink, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { readPidFile } from './address.ts';
import { programPath, type Binaries } from './binaries.ts';
import type { Layout } from './files.ts';
import { systemCode } from './errors.ts';
import { asIdentity, type Identity } from './identity.ts';
import { run } from './run.ts';

type Place = { readonly layout: Layout; readonly binaries: Binaries; readonly identity: Identity };

export type Leftover = 'none' | 'orphan' | 'foreign' | 'unknown';

/**
 * Judges the process that postmaster.pid names, after PostgreSQL itself refused to start because of it.
 * `orphan`: a PostgreSQL of this very directory. `foreign`: proven to be something else that got the same number.
 */
export async function judgeLeftover(layout: Layout): Promise<Leftover> {
  const found = await readPidFile(layout);
  if (found === undefined) return 'none';
  if (process.platform === 'linux') return judgeByDirectory(found.pid, layout.cluster);
  if (process.platform === 'win32') return 'unknown';
  const { ok, output } = await run({ program: 'ps', args: ['-o', 'command=', '-p', String(found.pid)] });
  if (!ok) return 'none';
  return output.includes('postgres') ? 'unknown' : 'foreign';
}

// Each process of a PostgreSQL server has the data directory as its working directory.
async function judgeByDirectory(pid: number, cluster: string): Promise<Leftover> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === cluster ? 'orphan' : 'foreign';
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'none' : 'unknown';
  }
}

/**
 * Puts the lock files of a dead server aside. Only for the owner of the data directory and after `foreign`.
 * Processes the dead server may have left are still found: PostgreSQL knows its shared memory by the directory's inode.
 */
export async function setLockFilesAside(layout: Layout): Promise<void> {
  const found = await readPidFile(layout);
  const file = path.join(layout.cluster, 'postmaster.pid');
  await rename(file, `${file}.stale`);
  if (found?.address !== undefined) await rm(path.join(found.address.host, `.s.PGSQL.${found.address.port}.lock`), { force: true });
}

/** Asks a server that outlived its owner to end; waits up to 10 s. */
export async function stopOrphan({ layout, binaries, identity }: Place): Promise<void> {
  await run(asIdentity(identity, programPath(binaries.native, 'pg_ctl'), ['stop', '-D', layout.cluster, '-m', 'fast', '-w', '-t', '10']));
}
