import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { accounts, firstClosed, isKnownUser, ownersOfClosed, type Account } from './accounts.ts';
import { EXTERNAL_SERVER, StartError } from './errors.ts';
import { run, type Command } from './run.ts';

/**
 * As whom PostgreSQL runs; it refuses to run as root.
 * `self`: as we are. `namespace`: as we are for the file system, but under another number inside a user namespace.
 * `drop`: as another system user, to whom its files then belong.
 */
export type Identity = { readonly kind: 'self' } | { readonly kind: 'namespace' | 'drop'; readonly uid: number; readonly gid: number };

/** The command line that runs a program under an identity. */
export function asIdentity(identity: Identity, program: string, args: readonly string[]): Command {
  if (identity.kind === 'self') return { program, args };
  const { uid, gid } = identity;
  if (identity.kind === 'drop') return { program, args, uid, gid };
  return { program: 'unshare', args: ['--user', `--map-user=${uid}`, `--map-group=${gid}`, program, ...args] };
}

/**
 * Chooses as whom PostgreSQL runs on a data directory (its files are in `postgres` inside it).
 * The owner of those files is the record of the choice, so it stays the same from start to start.
 */
export async function chooseIdentity(dataDirectory: string): Promise<Identity> {
  if (process.platform === 'win32') return { kind: 'self' };
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0 && isKnownUser()) return { kind: 'self' };
  const cluster = await stat(path.join(dataDirectory, 'postgres')).catch(() => undefined);
  const candidates = uid === 0 ? rootCandidates(accounts(), cluster?.uid, await ownersOfClosed(dataDirectory)) : namespaces(accounts());
  for (const candidate of candidates) {
    if (await fits(candidate, dataDirectory)) return candidate;
  }
  throw await refusal(dataDirectory, candidates);
}

/** The identities root may take, best first. Exported for tests: the machine under test offers only some of them. */
export function rootCandidates(all: readonly Account[], clusterOwner: number | undefined, closedBy: readonly number[]): Identity[] {
  const ordinary = all.filter((account) => account.uid !== 0);
  const drop = (fits: (account: Account) => boolean): Identity[] =>
    ordinary
      .filter(fits)
      .slice(0, 1)
      .map(({ uid, gid }) => ({ kind: 'drop', uid, gid }));
  if (clusterOwner !== undefined && clusterOwner !== 0) return drop((account) => account.uid === clusterOwner);
  const owners = closedBy.flatMap((owner) => drop((account) => account.uid === owner));
  return [...namespaces(all), ...owners, ...drop(({ name }) => name === 'postgres'), ...drop(({ name }) => name === 'nobody')];
}

// PostgreSQL looks its user up by number, so the number inside the namespace must be one the system knows.
function namespaces(all: readonly Account[]): Identity[] {
  const ordinary = all.filter((account) => account.uid !== 0);
  const known = ordinary.find(({ name }) => name === 'nobody') ?? ordinary[0];
  return process.platform !== 'linux' || known === undefined ? [] : [{ kind: 'namespace', uid: known.uid, gid: known.gid }];
}

async function fits(candidate: Identity, dataDirectory: string): Promise<boolean> {
  // A dropped user must pass through our directory to its own; it can neither list nor read it.
  if (candidate.kind === 'drop') await chmod(dataDirectory, 0o711);
  return (await run(asIdentity(candidate, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', dataDirectory]))).ok;
}

async function refusal(dataDirectory: string, candidates: readonly Identity[]): Promise<StartError> {
  const last = candidates.at(-1);
  const closed = last?.kind === 'drop' ? await firstClosed(dataDirectory, last) : undefined;
  if (closed !== undefined) {
    return new StartError(
      'BLOCKED_DIRECTORY',
      `PostgreSQL refuses to run as root, and the unprivileged user it would run as cannot enter ${closed}.`,
      `Allow passage with chmod o+x ${closed}, choose another place with AIMWELL_DATA, or start Aimwell as an ordinary user.`,
    );
  }
  return new StartError(
    'NO_USER',
    'PostgreSQL needs an unprivileged user that the system knows by name, and there is none to run it as.',
    `Start Aimwell as an ordinary user, or ${EXTERNAL_SERVER}.`,
  );
}
