import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { programPath, type Binaries } from './binaries.ts';
import { EXTERNAL_SERVER, StartError } from './errors.ts';
import { giveTo, syncDirectory, type Layout } from './files.ts';
import { asIdentity, type Identity } from './identity.ts';
import { run } from './run.ts';

export const SUPERUSER = 'postgres';

export type Making = {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly password: string;
  readonly durable: boolean;
};

/**
 * Checks that the database in the data directory fits the programs, without starting or changing anything.
 * Returns whether there is one. Throws StartError for another major version or a directory that is not ours.
 */
export async function checkCluster(layout: Layout, binaries: Binaries): Promise<boolean> {
  const found = await readFile(path.join(layout.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found === undefined) {
    const names = await readdir(layout.cluster).catch(() => []);
    if (names.length === 0) return false;
    throw new StartError(
      'NOT_A_DATABASE',
      `${layout.cluster} holds files but no PostgreSQL database.`,
      'Move the directory away, or choose another place with AIMWELL_DATA.',
    );
  }
  const [wanted = ''] = binaries.version.split('.');
  if (found.trim() === wanted) return true;
  throw new StartError(
    'WRONG_MAJOR',
    `The database in ${layout.cluster} was written by PostgreSQL ${found.trim()}, but this Aimwell brings PostgreSQL ${wanted}.`,
    `Export it with the Aimwell release that wrote it (npx aimwell export), move the directory away, start again and import; or ${EXTERNAL_SERVER}.`,
  );
}

/** Makes a new, empty database: in a temporary directory first, so that an interrupted start leaves nothing half made. */
export async function makeCluster(making: Making): Promise<void> {
  const { layout, identity } = making;
  for (const name of await readdir(layout.root)) {
    // Only the owner of the data directory gets here, so whatever an earlier attempt left is nobody's.
    if (name.startsWith('postgres.new-')) await rm(path.join(layout.root, name), { recursive: true, force: true });
  }
  const draft = path.join(layout.root, `postgres.new-${randomBytes(4).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, making.password, { mode: 0o600 });
  await giveTo(identity, draft);
  await giveTo(identity, passwordFile);
  const outcome = await run(
    asIdentity(identity, programPath(making.binaries.native, 'initdb'), initArguments(making, draft, passwordFile)),
  );
  await rm(passwordFile);
  if (!outcome.ok) {
    await rm(draft, { recursive: true, force: true });
    throw new StartError(
      'START_FAILED',
      `A new PostgreSQL database could not be made: ${lastLine(outcome.output)}`,
      `Mend what the sentence names, or ${EXTERNAL_SERVER}.`,
    );
  }
  await rm(layout.cluster, { recursive: true, force: true });
  await rename(draft, layout.cluster);
  await syncDirectory(layout.root);
}

const initArguments = ({ durable }: Making, directory: string, passwordFile: string): string[] => [
  '-D',
  directory,
  '-U',
  SUPERUSER,
  '-A',
  'scram-sha-256',
  `--pwfile=${passwordFile}`,
  '--data-checksums',
  '-E',
  'UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  ...(durable ? [] : ['--no-sync']),
];

const lastLine = (output: string): string =>
  output
    .trim()
    .split('\n')
    .findLast((line) => /error|fatal|could not|denied/i.test(line)) ?? output.trim();
