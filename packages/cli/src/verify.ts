import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseVerifierKey } from '@aimwell/core/trail/note';
import { rawPublicKey } from '@aimwell/server/platform/trail/signing';
import { ProblemError } from '@aimwell/server/platform/errors';
import { checkOrganisation } from '@aimwell/server/platform/trail/guard-check';
import { type Verification, verifyLive } from '@aimwell/server/platform/trail/verify';
import { Command } from 'commander';
import { CannotRun, exit } from './failure.ts';
import { organisationNamed, withHouse } from './house.ts';
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

const run = async (file: string | undefined, { live, org, key, against, json }: Options): Promise<void> => {
  if (file !== undefined && !live)
    return verifyPackFile(file, { keys: key === undefined ? null : await Promise.all(key.map(readKey)), against, json });
  if (file !== undefined || !live)
    throw new CannotRun(
      'It is not said what to verify.',
      'Name the file of an audit pack, or add --live to verify what the database and the file store hold now.',
    );
  if (org === undefined) throw new CannotRun('It is not said whose records to verify.', 'Name the organisation with --org.');
  return withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const { database, guard } = house;
    const held = {
      organisationId: organisation.id,
      keys: key === undefined ? null : await Promise.all(key.map(readKey)),
      against: against === undefined ? null : await readFile(against, 'utf8'),
    };
    // The result is kept, for the rules and the pages; while the server itself is at it, its result will be.
    const found = await checkOrganisation(guard, { ...held, cause: 'command', context: null }).catch((error: unknown) => {
      if (error instanceof ProblemError) return verifyLive({ ...held, database, files: guard.files });
      throw error;
    });
    answer(json, found, verificationLines(organisation.name, found));
    process.exitCode = found.faults.length > 0 ? exit.findingsOrRefused : exit.ok;
  });
};

/** `aimwell verify`: an audit pack; with `--live` rows, files, history and tree against signed checkpoints. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('Check an audit pack, or records, history, files and trail, against the signed checkpoints.')
    .argument('[file]', 'an audit pack (ZIP)')
    .option('--live', 'what the database and the file store hold now', false)
    .option('--org <organisation>', 'short name or id of the organisation, with --live')
    .option('--key <file...>', 'public keys of the log, kept elsewhere (PEM, or name+id+key)')
    .option('--against <file>', 'a checkpoint that left the machine earlier')
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 verifies, 1 does not verify, 2 could not run, or a pack without a key: unanchored.

Examples:
  npx aimwell verify acme.zip --key log-key.pem --against march.checkpoint
  npx aimwell verify --live --org acme
  npx aimwell verify --live --org acme --key log-key.pem --against march.checkpoint`,
    )
    .action(run);
