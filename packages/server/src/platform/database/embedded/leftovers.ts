import { readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { connectionTo, readPidFile } from './address.ts';
import { programPath, type Binaries } from './binaries.ts';
import type { Layout } from './files.ts';
import { systemCode } from './errors.ts';
import { asIdentity, type Identity } from './identity.ts';
import { ask } from './questions.ts';
import { run } from './run.ts';

type Place = { readonly layout: Layout; readonly binaries: Binaries; readonly identity: Identity; readonly password: string };

export type Leftover = 'none' | 'orphan' | 'stale' | 'unknown';

/**
 * Judges the process that postmaster.pid names, after PostgreSQL itself refused to start because of it.
 * `orphan`: a PostgreSQL of this very directory. `stale`: proven to be none: something else that got the same number,
 * or a dead process that its parent has not collected.
 */
export async function judgeLeftover(layout: Layout): Promise<Leftover> {
  const found = await readPidFile(layout);
  if (found === undefined) return 'none';
  if (process.platform === 'linux') return judgeByDirectory(found.pid, layout.cluster);
  if (process.platform === 'win32') return 'unknown';
  const { ok, output } = await run({ program: 'ps', args: ['-o', 'command=', '-p', String(found.pid)] });
  if (!ok) return 'none';
  return output.includes('postgres') ? 'unknown' : 'stale';
}

// Each process of a PostgreSQL server has the data directory as its working directory.
async function judgeByDirectory(pid: number, cluster: string): Promise<Leftover> {
  try {
    const [its, ours] = [await stat(`/proc/${pid}/cwd`), await stat(cluster)];
    return its.dev === ours.dev && its.ino === ours.ino ? 'orphan' : 'stale';
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') return 'unknown';
    // A zombie has no directory any more, but PostgreSQL's check by signal finds it alive for ever.
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return status.includes(') Z ') ? 'stale' : 'none';
  }
}

/**
 * Puts the lock files of a dead server aside. Only for the owner of the data directory and after `stale`.
 * Processes the dead server may have left are still found: PostgreSQL knows its shared memory by the directory's inode.
 */
export async function setLockFilesAside(layout: Layout): Promise<void> {
  const found = await readPidFile(layout);
  const file = path.join(layout.cluster, 'postmaster.pid');
  await rename(file, `${file}.stale`);
  if (found?.address !== undefined) await rm(path.join(found.address.host, `.s.PGSQL.${found.address.port}.lock`), { force: true });
}

/** Asks a server that outlived its owner to end; waits up to 10 s. One that our password does not open is left alone. */
export async function stopOrphan({ layout, binaries, identity, password }: Place): Promise<void> {
  const address = (await readPidFile(layout))?.address;
  if (address !== undefined) await ask(connectionTo(address, password, 'postgres'));
  await run(asIdentity(identity, programPath(binaries.native, 'pg_ctl'), ['stop', '-D', layout.cluster, '-m', 'fast', '-w', '-t', '10']));
}
