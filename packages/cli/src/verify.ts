import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseVerifierKey } from '@aimwell/core/trail/note';
import type { OpenHouse } from '@aimwell/server/compose';
import type { Organisation } from '@aimwell/server/platform/context';
import { rawPublicKey } from '@aimwell/server/platform/trail/signing';
import { ProblemError } from '@aimwell/server/platform/errors';
import { checkOrganisation } from '@aimwell/server/platform/trail/guard-check';
import { checkInstallation } from '@aimwell/server/platform/trail/guard-installation';
import { installation } from '@aimwell/server/platform/trail/installation';
import { type Verification, verifyLive } from '@aimwell/server/platform/trail/verify';
import { Command } from 'commander';
import { readCheckpoint } from './checkpoint-file.ts';
import { CannotRun, exit } from './failure.ts';
import { everyOrganisation, organisationNamed, withHouse } from './house.ts';
import { answer, counted } from './output.ts';
import { verifyPackFile } from './verify-pack.ts';

interface Options {
  readonly live: boolean;
  readonly org?: string;
  readonly key?: readonly string[];
  readonly against?: string;
  readonly json?: boolean;
}

/** The key of a file, as PEM or as one line name+id+key. */
const readKey = async (file: string): Promise<Uint8Array> => {
  const text = (await readFile(file, 'utf8')).trim();
  const parsed = parseVerifierKey(text);
  if ('value' in parsed) return parsed.value.publicKey;
  try {
    const raw = rawPublicKey(createPublicKey(text));
    if (raw !== null) return raw;
  } catch {
    // Said below, for whatever else the file holds.
  }
  throw new CannotRun(
    `${file} holds no Ed25519 public key.`,
    'Name the file of the key as it was handed out: PEM, or one line name+id+key.',
  );
};

/** Whose word the signatures rest on. */
const keyLines = ({ keyFromOutside }: Verification, brought: boolean): string[] => {
  if (!keyFromOutside)
    return [
      'Signatures were checked with the key that the database publishes. Whoever can replace that key can make the database agree with itself; name a key from elsewhere with --key.',
    ];
  return brought
    ? []
    : [
        'Signatures were checked with the keys that this server keeps beside its database. Whoever has the machine has both; name a key from elsewhere with --key.',
      ];
};

const checkpointLines = ({ against }: Verification, brought: boolean): string[] => {
  if (against === null)
    return ['Without a checkpoint kept elsewhere it cannot be known whether everything was rewritten; name one with --against.'];
  const size = counted(against, 'entry').replace('entrys', 'entries');
  return [
    brought
      ? `Held against a checkpoint of ${size}; what came later rests on the checkpoints of the database.`
      : `Held against the checkpoint of ${size} that this server keeps beside its database; name one kept elsewhere with --against.`,
  ];
};

/** The answer in words that accuse nobody. */
const verificationLines = (name: string, found: Verification, brought: boolean): string[] => [
  found.from !== null
    ? `${name}: does not verify from entry ${found.from}.`
    : found.faults.length > 0
      ? `${name}: the entries verify; something else does not.`
      : `${name}: verifies.`,
  ...found.faults.map((fault) => `  ${fault.message}.`),
  `${counted(found.entries, 'entry').replace('entrys', 'entries')} under ${counted(found.checkpoints, 'checkpoint')}, ${found.notAnchored} not anchored; ${counted(found.records, 'record')} and ${counted(found.files, 'file')} read.`,
  ...(found.erased === undefined || found.erased.payloads === 0
    ? []
    : [
        `What ${counted(found.erased.payloads, 'entry').replace('entrys', 'entries')} said was erased, by ${counted(found.erased.erasures, 'erasure')} in the trail; whether these were asked for, ask whoever is named there.`,
      ]),
  ...keyLines(found, brought),
  ...checkpointLines(found, brought),
];

const run = async (file: string | undefined, { live, org, key, against, json }: Options): Promise<void> => {
  if (file !== undefined && !live)
    return verifyPackFile(file, { keys: key === undefined ? null : await Promise.all(key.map(readKey)), against, json });
  if (file !== undefined || !live)
    throw new CannotRun(
      'It is not said what to verify.',
      'Name the file of an audit pack, or add --live to verify what the database and the file store hold now.',
    );
  const keys = key === undefined ? null : await Promise.all(key.map(readKey));
  if (org === undefined && against !== undefined)
    throw new CannotRun('A checkpoint belongs to one organisation.', 'Name the organisation with --org.');
  const checkpoint = against === undefined ? null : await readCheckpoint(against);
  return withHouse(async (house) => {
    const named = org === undefined ? [...(await everyOrganisation(house)), installation] : [await namedOrInstallation(house, org)];
    const found: [Organisation, Verification][] = [];
    for (const organisation of named)
      found.push([organisation, await verifyOne(house, { organisationId: organisation.id, keys, against: checkpoint })]);
    const values = found.map(([{ id, slug }, one]) => ({ organisation: { id, slug }, ...one }));
    const lines = found.flatMap(([{ name }, one]) => verificationLines(name, one, keys !== null || checkpoint !== null));
    answer(json, org === undefined ? values : found[0]?.[1], lines);
    process.exitCode = found.some(([, one]) => one.faults.length > 0) ? exit.findingsOrRefused : exit.ok;
  });
};

/** No short name has a capital letter, so that none can stand in the way. */
const namedOrInstallation = async (house: OpenHouse, reference: string): Promise<Organisation> =>
  reference === installation.name || reference === installation.id ? installation : organisationNamed(house, reference);

/**
 * With the keys and the checkpoint that the server itself keeps outside its database, the result is kept, for the rules and the
 * pages; while the server is at it, its result will be. What somebody brings along judges for him alone: a mistyped key must
 * not raise a finding for everybody, nor a check that holds less replace the night's.
 */
const verifyOne = async (
  { guard, database }: OpenHouse,
  {
    organisationId,
    ...held
  }: { readonly organisationId: string; readonly keys: readonly Uint8Array[] | null; readonly against: string | null },
): Promise<Verification> => {
  const brought = held.keys !== null || held.against !== null;
  const aside = () => verifyLive({ ...held, organisationId, database, files: guard.files });
  if (brought) return aside();
  if (organisationId === installation.id) return checkInstallation(guard, { cause: 'command' });
  try {
    return await checkOrganisation(guard, { organisationId, cause: 'command', context: null });
  } catch (error) {
    if (error instanceof ProblemError) return aside();
    throw error;
  }
};

/** `aimwell verify`: an audit pack; with `--live` rows, files, history and tree against signed checkpoints. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('Check an audit pack, or records, history, files and trail, against the signed checkpoints.')
    .argument('[file]', 'an audit pack (ZIP)')
    .option('--live', 'what the database and the file store hold now', false)
    .option(
      '--org <organisation>',
      'short name or id of the organisation, with --live; Installation for sign-ins and refused attempts; all of them when left out',
    )
    .option('--key <file...>', 'public keys of the log, kept elsewhere (PEM, or name+id+key)')
    .option('--against <file>', 'a checkpoint that left the machine earlier')
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 verifies, 1 does not verify, 2 could not run, or a pack without a key: unanchored.

Examples:
  npx aimwell verify acme.zip --key log-key.pem --against march.checkpoint
  npx aimwell verify --live
  npx aimwell verify --live --org acme
  npx aimwell verify --live --org acme --key log-key.pem --against march.checkpoint`,
    )
    .action(run);
