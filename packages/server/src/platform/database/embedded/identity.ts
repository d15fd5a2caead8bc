import { readFileSync } from 'node:fs';
import { chmod, lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXTERNAL_SERVER, StartError } from './errors.ts';
import { run, type Command } from './run.ts';

/**
 * As whom PostgreSQL runs; it refuses to run as root.
 * `self`: as we are. `namespace`: as we are for the file system, but under another number inside a user namespace.
 * `drop`: as another system user, to whom its files then belong.
 */
export type Identity =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'drop'; readonly uid: number; readonly gid: number };

type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** The command line that runs a program under an identity. */
export function asIdentity(identity: Identity, program: string, args: readonly string[]): Command {
  if (identity.kind === 'self') return { program, args };
  if (identity.kind === 'drop') return { program, args, uid: identity.uid, gid: identity.gid };
  const { uid, gid } = identity;
  return { program: 'unshare', args: ['--user', `--map-user=${uid}`, `--map-group=${gid}`, program, ...args] };
}

/**
 * Chooses as whom PostgreSQL runs on a data directory (`postgres` inside `dataDirectory`).
 * The choice is recorded by the owner of that directory, so it stays the same from start to start.
 */
export async function chooseIdentity(dataDirectory: string): Promise<Identity> {
  if (process.platform === 'win32') return { kind: 'self' };
  const uid = process.getuid?.() ?? 0;
  const all = accounts();
  if (uid !== 0 && all.some((account) => account.uid === uid)) return { kind: 'self' };
  const cluster = await stat(path.join(dataDirectory, 'postgres')).catch(() => undefined);
  const candidates = candidatesFor({ uid, all, clusterOwner: cluster?.uid, blockedBy: await strangersAbove(dataDirectory) });
  for (const candidate of candidates) {
    // The dropped user must pass through our directory to its own; it cannot list or read it.
    if (candidate.kind === 'drop' && uid === 0) await openToPassage(dataDirectory);
    if ((await run(asIdentity(candidate, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', dataDirectory]))).ok) return candidate;
  }
  throw await refusal(dataDirectory, candidates);
}

function candidatesFor(facts: { uid: number; all: readonly Account[]; clusterOwner: number | undefined; blockedBy: readonly number[] }): Identity[] {
  const { uid, all, clusterOwner, blockedBy } = facts;
  const drop = (wanted: Account | undefined): Identity[] => (wanted === undefined ? [] : [{ kind: 'drop', uid: wanted.uid, gid: wanted.gid }]);
  const byUid = (wanted: number): Account | undefined => all.find((account) => account.uid === wanted && wanted !== 0);
  const byName = (name: string): Account | undefined => all.find((account) => account.name === name && account.uid !== 0);
  if (uid === 0 && clusterOwner !== undefined && clusterOwner !== 0) return drop(byUid(clusterOwner));
  // PostgreSQL looks its user up by number, so the number inside the namespace must be one the system knows.
  const known = byName('nobody') ?? byName('postgres') ?? all.find((account) => account.uid !== 0);
  const namespace: Identity[] = known === undefined ? [] : [{ kind: 'namespace', uid: known.uid, gid: known.gid }];
  if (uid !== 0) return namespace;
  return [...namespace, ...blockedBy.flatMap((owner) => drop(byUid(owner))), ...drop(byName('postgres')), ...drop(byName('nobody'))];
}

function accounts(): Account[] {
  let lines: string[] = [];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    // No such file: macOS and some directories of users. The empty list is completed below.
  }
  const listed = lines.map((line) => line.split(':')).filter((parts) => parts.length > 3).map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const uid = process.getuid?.() ?? 0;
  return listed.some((account) => account.uid === uid) || !hasName() ? listed : [...listed, { name: 'self', uid, gid: process.getgid?.() ?? uid }];
}
