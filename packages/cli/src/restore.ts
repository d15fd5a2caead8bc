import path from 'node:path';
import { openHouse } from '@aimwell/server/compose';
import { inspectBackup, type Inspection } from '@aimwell/server/platform/backup/reading';
import { restoreBackup, type Restored } from '@aimwell/server/platform/backup/restore';
import { type Config, readConfig } from '@aimwell/server/platform/config';
import { Command } from 'commander';
import { readPassphrase } from './backup.ts';
import { exit } from './failure.ts';
import { answer, counted, say } from './output.ts';
import { createProgress } from './progress.ts';

interface Options {
  readonly into?: string;
  readonly force: boolean;
  readonly verifyOnly: boolean;
  readonly passphraseFile?: string;
  readonly erasures?: string;
  readonly despiteFaults: boolean;
  readonly json?: boolean;
}

/** The settings with the place of --into: a data folder, or the address of a database. */
const configFor = (into: string | undefined): Config => {
  const isDatabase = into !== undefined && /^postgres(ql)?:\/\//.test(into);
  if (into === undefined) return readConfig(process.env);
  return readConfig({
    ...process.env,
    ...(isDatabase ? { DATABASE_URL: into } : { AIMWELL_DATA: path.resolve(into), AIMWELL_EMBEDDED: '1' }),
  });
};

const rootLine = ({ slug, checkpoint }: Inspection['manifest']['organisations'][number]): string =>
  checkpoint === null ? `${slug}: nothing anchored` : `${slug}: ${checkpoint.size} entries, root ${checkpoint.root}`;

const inspectionLines = ({ manifest, summary, sealed }: Inspection): string[] => [
  `The backup is whole: ${counted(summary.rows, 'row')} of ${counted(summary.tables, 'table')}, ${counted(summary.files, 'file')}, as of ${manifest.takenAt}, by Aimwell ${manifest.product}; ${sealed ? 'sealed' : 'not sealed'}.`,
  ...manifest.organisations.map(rootLine),
  ...summary.leftOut.map(({ sha256, reason }) => `The file ${sha256} was ${reason} when it was taken, and is not in it.`),
];

const restoredLines = ({ inspection, faults, erasures, aside, organisations }: Restored): string[] => {
  const { manifest, summary } = inspection;
  return [
    faults.length === 0
      ? `Restored and verified: ${counted(summary.rows, 'row')}, ${counted(summary.files, 'file')}, ${counted(organisations.length, 'organisation')}, as of ${manifest.takenAt}.`
      : `Restored as of ${manifest.takenAt}; it does not verify:`,
    ...faults.map((line) => `  ${line}.`),
    ...manifest.organisations.map(rootLine),
    ...(erasures.repeated === 0 ? [] : [`Erasures repeated: ${erasures.repeated}.`]),
    ...summary.leftOut.map(
      ({ sha256, reason }) => `The file ${sha256} was ${reason} when the backup was taken. Put it back from an older one.`,
    ),
    ...(manifest.withKeys ? [] : ['The backup holds no keys: put the keys folder back from its own copy, else nothing can be signed.']),
    `Checkpoints newer than ${manifest.takenAt} are no longer prefixes of this log: what was written after the backup is not in it. Keep them, and this note.`,
    'People sign in again. API tokens, passwords and roles are those of the backup: repeat what was withdrawn since.',
    ...(aside === null ? [] : [`What was there before lies in ${aside}.`]),
  ];
};

const run = async (file: string, options: Options): Promise<void> => {
  const passphrase = await readPassphrase(options.passphraseFile);
  const progress = createProgress();
  const onBytes = (what: string, done: number, total: number) => progress.step(done, total, what);
  if (options.verifyOnly) {
    const inspection = await inspectBackup({ file, passphrase, onBytes: (done, total) => onBytes('Checking', done, total) }).finally(
      progress.end,
    );
    answer(options.json, inspection, inspectionLines(inspection));
    return;
  }
  const restored = await restoreBackup({
    file,
    passphrase,
    config: configFor(options.into),
    force: options.force,
    despiteFaults: options.despiteFaults,
    erasures: options.erasures ?? null,
    now: () => new Date(),
    openHouse,
    report: (line) => {
      progress.end();
      say(line);
    },
    onBytes,
  }).finally(progress.end);
  answer(options.json, restored, restoredLines(restored));
  if (restored.faults.length > 0 || restored.inspection.summary.leftOut.length > 0) process.exitCode = exit.findingsOrRefused;
};

/** `aimwell restore`: a backup into an empty place, good only once it verifies. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('Restore a backup into an empty data folder or database; it is good only once everything verifies.')
    .argument('<file>', 'the backup')
    .option('--into <place>', 'a data folder, or the address of a database; else AIMWELL_DATA and DATABASE_URL')
    .option('--force', 'move a data folder that is not empty aside, under its name with the time', false)
    .option('--verify-only', 'read and check the backup from end to end, and write nothing', false)
    .option('--passphrase-file <file>', 'the passphrase it was sealed with; AIMWELL_BACKUP_PASSPHRASE does the same')
    .option('--erasures <file>', 'a ledger of erasures kept elsewhere (erasures.jsonl): what it names is erased again')
    .option('--despite-faults', 'take what does not verify as it is, where the source did not verify either', false)
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 restored and verified, 1 refused or does not verify, 2 could not run.

Examples:
  npx aimwell restore acme.backup --verify-only
  npx aimwell restore acme.backup --into /srv/aimwell-new
  DATABASE_URL=postgres://aimwell:secret@db/new npx aimwell restore acme.backup --passphrase-file /etc/aimwell/passphrase`,
    )
    .action(run);
