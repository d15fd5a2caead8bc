import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseVerifierKey } from '@aimwell/core/trail/note';
import { rawPublicKey } from '@aimwell/server/platform/trail/signing';
import { type Verification, verifyLive } from '@aimwell/server/platform/trail/verify';
import { Command } from 'commander';
import { CannotRun, exit } from './failure.ts';
import { organisationNamed, withHouse } from './house.ts';
import { answer, counted } from './output.ts';

interface Options {
  readonly live: boolean;
  readonly org: string;
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

/** The answer in words that accuse nobody. */
const verificationLines = (name: string, found: Verification): string[] => [
  found.from !== null
    ? `${name}: does not verify from entry ${found.from}.`
    : found.faults.length > 0
      ? `${name}: the entries verify; something else does not.`
      : `${name}: verifies.`,
  ...found.faults.map((fault) => `  ${fault.message}.`),
  `${counted(found.entries, 'entry').replace('entrys', 'entries')} under ${counted(found.checkpoints, 'checkpoint')}, ${found.notAnchored} not anchored; ${counted(found.records, 'record')} and ${counted(found.files, 'file')} read.`,
  ...(found.keyFromOutside
    ? []
    : [
        'Signatures were checked with the key that the database publishes. Whoever can replace that key can make the database agree with itself; name a key from elsewhere with --key.',
      ]),
  ...(found.against === null
    ? ['Without a checkpoint kept elsewhere it cannot be known whether everything was rewritten; name one with --against.']
    : [
        `Held against a checkpoint of ${counted(found.against, 'entry').replace('entrys', 'entries')}; what came later rests on the checkpoints of the database.`,
      ]),
];

const run = ({ live, org, key, against, json }: Options): Promise<void> => {
  if (!live) throw new CannotRun('It is not said what to verify.', 'Add --live to verify what the database and the file store hold now.');
  return withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const found = await verifyLive({
      database: house.database,
      files: house.files,
      organisationId: organisation.id,
      keys: key === undefined ? null : await Promise.all(key.map(readKey)),
      against: against === undefined ? null : await readFile(against, 'utf8'),
    });
    answer(json, found, verificationLines(organisation.name, found));
    process.exitCode = found.faults.length > 0 ? exit.findingsOrRefused : exit.ok;
  });
};

/** `aimwell verify --live`: rows, files, history and tree against signed checkpoints. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('Check records, history, files and trail against the signed checkpoints.')
    .option('--live', 'what the database and the file store hold now', false)
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .option('--key <file...>', 'public keys of the log, kept elsewhere (PEM, or name+id+key)')
    .option('--against <file>', 'a checkpoint that left the machine earlier')
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 verifies, 1 does not verify, 2 could not run.

Examples:
  npx aimwell verify --live --org acme
  npx aimwell verify --live --org acme --key log-key.pem --against march.checkpoint`,
    )
    .action(run);
