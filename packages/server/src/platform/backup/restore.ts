import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenHouse } from '../../compose.ts';
import type { Config } from '../config.ts';
import { createContext, type Organisation } from '../context.ts';
import { listMigrations, migrate } from '../database/migrate.ts';
import { type OpenedDatabase, openDatabase } from '../database/open.ts';
import { ledgerOf } from '../erasure/ledger.ts';
import { repeatErasures } from '../erasure/repeat.ts';
import { createDirectoryStore } from '../files/store.ts';
import { organisationBySlug, systemActor, tell } from '../identity/founding.ts';
import { logInstallation } from '../identity/log.ts';
import type { Fault } from '../trail/verify-records.ts';
import { installation } from '../trail/installation.ts';
import { verifyLive } from '../trail/verify.ts';
import type { Manifest } from './content.ts';
import { BackupError } from './errors.ts';
import { loadBackup } from './load.ts';
import { mergeLedgers } from './ledgers.ts';
import { inspectBackup, type Inspection, withBackup } from './reading.ts';
import { asOwner, emptyDirectory, requireEmptyDatabase } from './target.ts';
import { markDatabase, markDirectory, unmarkDatabase, unmarkDirectory, writeMark } from './unfinished.ts';

export interface RestoreInput {
  readonly file: string;
  readonly passphrase: string | null;
  /** Where to: data directory and database. */
  readonly config: Config;
  /** Moves a data directory that is not empty aside. */
  readonly force: boolean;
  /** Takes what does not verify as it is, and says so; for a backup whose source did not verify either. */
  readonly despiteFaults: boolean;
  /** A ledger of erasures kept elsewhere. */
  readonly erasures: string | null;
  readonly now: () => Date;
  readonly openHouse: (config: Config, opened: OpenedDatabase, options: { readonly restoring: true }) => Promise<OpenHouse>;
  /** One line for each step. */
  readonly report: (line: string) => void;
  readonly onBytes?: (what: string, done: number, total: number) => void;
}

export interface Restored {
  readonly inspection: Inspection;
  /** Where the data directory that was there lies now. */
  readonly aside: string | null;
  readonly erasures: { readonly repeated: number; readonly skipped: number };
  readonly organisations: readonly {
    readonly slug: string;
    readonly name: string;
    readonly entries: number;
    readonly root: string | null;
  }[];
  readonly faults: readonly string[];
}

/**
 * Restores a backup into an empty data directory and database. First the whole file is read and checked; from the first write to
 * the last check no server starts on what is there. It is good only when rows, files, entries, roots and checkpoints verify.
 */
export const restoreBackup = async (input: RestoreInput): Promise<Restored> => {
  const { config, report } = input;
  const bytes = (what: string) => (done: number, total: number) => input.onBytes?.(what, done, total);
  report('Reading and checking the backup; nothing is written yet.');
  const inspection = await inspectBackup({ file: input.file, passphrase: input.passphrase, onBytes: bytes('Checking') });
  await requireKnownMigrations(inspection.manifest);
  // The place of a DATABASE_URL is judged before the folder beside it is touched.
  const external = config.databaseUrl === null ? null : await openDatabase(config);
  if (external !== null) await requireEmptyDatabase(external.owner, input);
  const aside = await emptyDirectory(config, { force: input.force, now: input.now() });
  if (aside !== null) report(`What was there lies in ${aside} now.`);
  await markDirectory(config.dataDirectory, { backup: inspection.id, begun: input.now().toISOString() });

  const opened = external ?? (await openDatabase(config));
  let house: OpenHouse | null = null;
  try {
    await fill(input, inspection, opened, bytes('Loading'));
    // A backup of an older release goes on to the schema of this one, as a start would take it there.
    house = await input.openHouse(config, opened, { restoring: true });
    const erasures = await repeat(house, input, aside);
    report('Verifying entries, roots, records and files.');
    const organisations = [];
    const faults: string[] = [];
    for (const said of inspection.manifest.organisations) {
      const { entries, faults: found } = await verifyOne(house, said, inspection);
      faults.push(...found.map((line) => `${said.name}: ${line}`));
      organisations.push({ slug: said.slug, name: said.name, entries, root: said.checkpoint?.root ?? null });
    }
    const log = await verifyOne(house, { ...installation, checkpoint: inspection.manifest.installation }, inspection);
    faults.push(...log.faults.map((line) => `${installation.name}: ${line}`));
    if (faults.length > 0 && !input.despiteFaults) throw doesNotVerify(faults);
    const restored = { inspection, aside, erasures, organisations, faults };
    await finish(house, input, restored);
    return restored;
  } finally {
    await (house === null ? opened.stop() : house.close());
  }
};

const requireKnownMigrations = async ({ migrations, product }: Manifest): Promise<void> => {
  const known = new Map((await listMigrations()).map(({ name, sha256 }) => [name, sha256]));
  const unknown = migrations.find(({ name, sha256 }) => known.get(name) !== sha256);
  if (unknown !== undefined)
    throw new BackupError(
      'NEWER',
      `The backup was taken by Aimwell ${product}, whose schema (${unknown.name}) this release does not know.`,
      'Install the release that took it, or a later one.',
    );
};

const fill = async (
  input: RestoreInput,
  { manifest, summary, id }: Inspection,
  opened: OpenedDatabase,
  onBytes: (done: number, total: number) => void,
) => {
  const { config, report } = input;
  await asOwner(opened.owner, markDatabase);
  await migrate(opened.owner, { restoring: true, only: new Set(manifest.migrations.map(({ name }) => name)) });
  report(`Loading ${summary.rows} rows of ${summary.tables} tables and ${summary.files} files.`);
  await asOwner(opened.owner, (client) =>
    withBackup({ file: input.file, passphrase: input.passphrase, onBytes }, (reader, about) => {
      // Between the two readings the file could have been exchanged for another good one.
      if (about.id !== id)
        throw new BackupError('DAMAGED', 'The backup changed while it was read.', 'Repeat with a file that nobody writes to.');
      const target = {
        client,
        files: createDirectoryStore(path.join(config.dataDirectory, 'files')),
        keys: path.join(config.dataDirectory, 'keys'),
        ledger: ledgerOf(config.dataDirectory),
      };
      return loadBackup(target, reader, summary.leftOut, () => {});
    }),
  );
};

/** What was erased after the backup is erased again: by its own ledger, that of the folder moved aside, and the one named. */
const repeat = async (house: OpenHouse, input: RestoreInput, aside: string | null) => {
  const ledger = ledgerOf(input.config.dataDirectory);
  if (input.erasures !== null) await readFile(input.erasures);
  await mergeLedgers(ledger, [...(aside === null ? [] : [ledgerOf(aside)]), ...(input.erasures === null ? [] : [input.erasures])]);
  const done = await repeatErasures(house, ledger);
  if (done.repeated > 0) input.report(`Erased again what was erased after the backup: ${done.repeated}.`);
  return done;
};

const verifyOne = async (
  house: OpenHouse,
  said: Pick<Manifest['organisations'][number], 'id' | 'checkpoint'>,
  { summary }: Inspection,
): Promise<{ entries: number; faults: string[] }> => {
  const { database, files } = house;
  // Held against the checkpoint that the backup names: the same signed root, or it is not the same log.
  const against = said.checkpoint?.note ?? null;
  const found = await verifyLive({ database, files, organisationId: said.id, keys: null, against });
  const isKnown = (fault: Fault) => fault.what === 'file' && summary.leftOut.some(({ sha256 }) => fault.message.includes(sha256));
  const wrong = found.faults.filter((fault) => !isKnown(fault)).map(({ message }) => message);
  if (said.checkpoint !== null && found.against !== said.checkpoint.size)
    wrong.push(`The checkpoint of ${said.checkpoint.size} entries that the backup names is not that of this tree`);
  return { entries: found.entries, faults: wrong };
};

const doesNotVerify = (faults: readonly string[]): BackupError =>
  new BackupError(
    'DOES_NOT_VERIFY',
    `What was restored does not verify: ${faults.slice(0, 5).join('; ')}${faults.length > 5 ? `; and ${faults.length - 5} more` : ''}.`,
    'No server starts on it. Restore another backup with --force; add --despite-faults where the source did not verify either.',
  );

/** Writes the restore down where auditors look, ends sign-ins of the day of the backup, and opens the house. */
const finish = async (
  house: OpenHouse,
  { config, now }: RestoreInput,
  { inspection, organisations, erasures, faults }: Omit<Restored, 'aside'>,
): Promise<void> => {
  const { id, manifest, summary } = inspection;
  for (const { id: organisationId, checkpoint } of manifest.organisations) {
    const organisation = (await organisationBySlug(house.identity.parts, organisationId)) as Organisation;
    const context = createContext({ actor: systemActor, organisation, now: now() });
    const payload = {
      backup: id,
      takenAt: manifest.takenAt,
      size: checkpoint?.size ?? 0,
      root: checkpoint?.root ?? null,
      erasedAgain: erasures.repeated,
    };
    await house.database.inOrganisation(organisationId, (tx) => tell(tx, context, 'organisation', organisationId, 'restore', payload));
  }
  await logInstallation(house, { kind: 'restore', detail: { backup: id, takenAt: manifest.takenAt, erasedAgain: erasures.repeated } });
  await asOwner(house.opened.owner, async (client) => {
    // A session that was ended after the backup must not live again, and the one who sequenced then leads no more.
    await client.query('delete from identity.session');
    await client.query(`update trail_lease set epoch = epoch + 1, holder = null, until = '-infinity'`);
  });
  await writeMark(path.join(config.dataDirectory, 'restored.json'), {
    backup: id,
    takenAt: manifest.takenAt,
    restoredAt: now().toISOString(),
    organisations: organisations.map(({ slug, entries, root }) => ({ slug, entries, root })),
    erasures,
    leftOut: summary.leftOut,
    faults,
  });
  await asOwner(house.opened.owner, unmarkDatabase);
  await unmarkDirectory(config.dataDirectory);
};
