import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { version } from '@aimwell/server/compose';
import { type Taken, takeBackup } from '@aimwell/server/platform/backup/take';
import { writeMark } from '@aimwell/server/platform/backup/unfinished';
import { createContext } from '@aimwell/server/platform/context';
import { systemActor, tell } from '@aimwell/server/platform/identity/founding';
import { newId } from '@aimwell/server/platform/ids';
import { organisationsHeld } from '@aimwell/server/platform/backup/organisations';
import { logInstallation } from '@aimwell/server/platform/identity/log';
import { Command, InvalidArgumentError } from 'commander';
import { CannotRun, exit } from './failure.ts';
import { withHouse } from './house.ts';
import { answer, counted, say } from './output.ts';
import { createProgress } from './progress.ts';

interface Options {
  readonly output: string;
  readonly passphraseFile?: string;
  readonly keys: boolean;
  readonly keep?: number;
  readonly json?: boolean;
}

const LEAST_PASSPHRASE = 12;

/** The passphrase of --passphrase-file or AIMWELL_BACKUP_PASSPHRASE; null where neither is set. */
export const readPassphrase = async (file: string | undefined): Promise<string | null> => {
  const given = file === undefined ? process.env['AIMWELL_BACKUP_PASSPHRASE'] : await readFile(file, 'utf8');
  if (given === undefined || (file === undefined && given === '')) return null;
  const passphrase = given.replace(/\r?\n$/, '');
  if (passphrase.length >= LEAST_PASSPHRASE) return passphrase;
  throw new CannotRun(
    `The passphrase has ${passphrase.length} characters.`,
    `Use one of at least ${LEAST_PASSPHRASE}, and keep it apart from the backup.`,
  );
};

const nameIn = (now: Date): string => `aimwell-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.backup`;

/** Takes away all but the newest backups of a folder, by the time in their names. Answers the names that went. */
const removeOlder = async (folder: string, keep: number): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => /^aimwell-\d{8}T\d{6}Z\.backup$/.test(name)).toSorted();
  const older = names.slice(0, Math.max(0, names.length - keep));
  for (const name of older) await rm(path.join(folder, name));
  return older;
};

const linesOf = (file: string, { bytes, summary, manifest }: Taken, sealed: boolean, removed: readonly string[]): string[] => [
  `${file}: ${(bytes / 1_048_576).toFixed(1)} MB, ${counted(summary.rows, 'row')} of ${counted(manifest.organisations.length, 'organisation')}, ${counted(summary.files, 'file')}, as of ${manifest.takenAt}.`,
  ...summary.leftOut.map(({ sha256, reason }) => `The file ${sha256} is ${reason} and not in the backup. Put it back from an older one.`),
  ...(!sealed && manifest.withKeys
    ? [
        'The backup is not sealed: whoever reads it reads all records, and can sign checkpoints in your name with the keys in it.',
        'Set AIMWELL_BACKUP_PASSPHRASE or name --passphrase-file to seal it, or leave the keys out with --without-keys.',
      ]
    : []),
  ...(manifest.withKeys
    ? []
    : ['The keys are not in it: keep a copy of the keys folder apart, else nothing can be signed after a restore.']),
  ...removed.map((name) => `Removed ${name}.`),
];

const run = async (options: Options): Promise<void> => {
  const passphrase = await readPassphrase(options.passphraseFile);
  const progress = createProgress();
  await withHouse(async ({ opened, database, files, config, now }) => {
    const taken = now();
    const isFolder = options.output.endsWith('/') || ((await stat(options.output).catch(() => null))?.isDirectory() ?? false);
    if (options.keep !== undefined && !isFolder)
      throw new CannotRun('--keep needs a folder.', 'Name a folder with -o; each backup gets a name of its own there.');
    const file = isFolder ? path.join(options.output, nameIn(taken)) : options.output;
    const id = newId();
    // What leaves the house is written down first, so that the backup tells of itself.
    for (const organisation of await organisationsHeld(opened.owner)) {
      const context = createContext({ actor: systemActor, organisation, now: taken });
      const payload = { backup: id, sealed: passphrase !== null, keys: options.keys };
      await database.inOrganisation(organisation.id, (tx) => tell(tx, context, 'organisation', organisation.id, 'backup', payload));
    }
    await logInstallation({ database, now: () => taken }, { kind: 'backup', detail: { backup: id, keys: options.keys ? 'yes' : 'no' } });
    const done = await takeBackup({
      owner: opened.owner,
      files,
      dataDirectory: config.dataDirectory,
      file,
      id,
      now: taken,
      product: version,
      passphrase,
      withKeys: options.keys,
      onBytes: (bytes) => progress.step(0, 0, `${(bytes / 1_048_576).toFixed(0)} MB`),
    });
    progress.end();
    await writeMark(path.join(config.dataDirectory, 'last-backup.json'), { id, file: path.resolve(file), takenAt: taken.toISOString() });
    const removed = options.keep === undefined ? [] : await removeOlder(options.output, options.keep);
    const lines = linesOf(file, done, passphrase !== null, removed);
    const { summary, manifest, bytes } = done;
    if (options.json === true) for (const line of lines.slice(1)) say(line);
    answer(options.json, { file, id, bytes, takenAt: manifest.takenAt, sealed: passphrase !== null, ...summary, removed }, lines);
    process.exitCode = summary.leftOut.length > 0 ? exit.findingsOrRefused : exit.ok;
  });
};

const parseKeep = (text: string): number => {
  const keep = Number(text);
  if (!Number.isInteger(keep) || keep < 1) throw new InvalidArgumentError('Expected a whole number from 1.');
  return keep;
};

/** `aimwell backup`: database, files and keys in one file, while the server runs. */
export const backupCommand = (): Command =>
  new Command('backup')
    .description('Write database, evidence files and keys into one file; the server may run meanwhile.')
    .requiredOption('-o, --output <file>', 'the file to write, or a folder for one named by its time')
    .option('--passphrase-file <file>', 'seal the backup; AIMWELL_BACKUP_PASSPHRASE does the same')
    .option('--without-keys', 'leave the keys of the log out')
    .option('--keep <number>', 'in a folder: keep so many of the newest and remove older ones', parseKeep)
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 done but some evidence files could not be read, 2 could not run.

Examples:
  AIMWELL_BACKUP_PASSPHRASE=… npx aimwell backup -o /srv/backups/ --keep 14
  npx aimwell backup -o acme.backup --passphrase-file /etc/aimwell/passphrase
  npx aimwell restore acme.backup --verify-only`,
    )
    .action((options: Options & { readonly withoutKeys?: boolean }) => run({ ...options, keys: options.withoutKeys !== true }));
