import { equalHashes } from '@aimwell/core/trail/proofs';
import type { Checkpoint } from '@aimwell/core/trail/checkpoint';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import type { FileStore } from '../files/store.ts';
import { INSTALLATION, installationErasureFaults } from './installation.ts';
import { ROTATION } from './keys.ts';
import { openCheckpoint, openNote, originOf, verifierKeyOf } from './signing.ts';
import { readEntries } from './verify-entries.ts';
import { erasureFaults } from './verify-erasures.ts';
import { houseFaults } from './verify-house.ts';
import { type Fault, recordFaults } from './verify-records.ts';
import { walkTree } from './verify-tree.ts';

export interface Verification {
  /** Leaves of the tree. */
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries that wait for the next checkpoint: nothing stands behind them yet. */
  readonly notAnchored: number;
  readonly records: number;
  readonly files: number;
  /** Payloads that are empty, and how many entries say why; left out where the trail could not be read. */
  readonly erased?: { readonly payloads: number; readonly erasures: number };
  /** The first place from which the tree does not verify; null when it does throughout. */
  readonly from: number | null;
  readonly faults: readonly Fault[];
  /** The key came from outside, so that signatures mean more than that the database agrees with itself. */
  readonly keyFromOutside: boolean;
  /** The size of the older checkpoint that was held against the tree; null without one. */
  readonly against: number | null;
}

export interface VerifyInput {
  readonly database: Database;
  readonly files: FileStore;
  readonly organisationId: string;
  /** Keys that the verifier holds; null takes those that the database publishes. */
  readonly keys: readonly Uint8Array[] | null;
  /** A checkpoint that left the machine earlier, as text. */
  readonly against: string | null;
}

const MOST_FAULTS = 100;

/**
 * Checks everything that stands in the database and the file store of one organisation against its tree, and the tree against
 * its checkpoints: payloads against envelopes, envelopes against leaves, leaves against signed roots, records against their
 * newest version and its entry, files against their hash. Names the first entry from which the tree does not verify.
 */
export const verifyLive = async (input: VerifyInput): Promise<Verification> => {
  const found = await input.database.inOrganisation(input.organisationId, (tx) => verifyIn(tx, input), { snapshot: true });
  if (input.organisationId !== INSTALLATION) return found;
  const more = await installationErasureFaults(input.database);
  const places = more.flatMap(({ entry }) => entry ?? []).concat(found.from ?? []);
  return { ...found, from: places.length === 0 ? null : Math.min(...places), faults: [...found.faults, ...more].slice(0, MOST_FAULTS) };
};

const verifyIn = async (tx: Tx, input: VerifyInput): Promise<Verification> => {
  // A trail of many years is read in more than the two minutes that a question may take.
  await tx.query(sql`set local statement_timeout = 0`);
  const origin = originOf(input.organisationId);
  const keys = await knownKeys(tx, input.keys);
  const faults: Fault[] = [];
  const kept = await readCheckpoints(tx, origin, keys, faults);
  const held = input.against === null ? null : openCheckpoint(input.against, origin, keys);
  if (held !== null && 'refused' in held)
    faults.push({ what: 'checkpoint', entry: null, message: `The checkpoint held: ${held.refused[0]?.message}` });
  const older = held !== null && 'value' in held ? held.value : null;
  const tree = await walkTree(tx, kept, older);
  const entries = await readEntries(tx, MOST_FAULTS);
  const add = (more: readonly Fault[]) => more.forEach((fault) => faults.push(fault));
  add([...tree.faults, ...entries.faults, ...(await erasureFaults(tx, entries.blanked))]);
  const records = await recordFaults(tx, registers);
  add(records.faults);
  add(await houseFaults(tx, { keys, fromOutside: input.keys !== null }));
  const files = await fileFaults(tx, input.files, faults);
  const places = faults.flatMap((fault) => (fault.entry === null ? [] : [fault.entry]));
  return {
    entries: tree.size,
    checkpoints: kept.length,
    notAnchored: entries.waiting,
    records: records.checked,
    files,
    erased: { payloads: entries.blanked.length, erasures: new Set(entries.blanked.map(({ erasedBy }) => erasedBy)).size },
    // Where everything was changed there are more than a call takes arguments.
    from: places.length === 0 ? null : places.reduce((a, b) => Math.min(a, b)),
    faults: faults.slice(0, MOST_FAULTS),
    keyFromOutside: input.keys !== null,
    against: older?.size ?? null,
  };
};

/** The keys given, and those that one of them vouches for; without any, all that the database publishes. */
const knownKeys = async (tx: Tx, given: readonly Uint8Array[] | null): Promise<readonly Uint8Array[]> => {
  const rows = await tx.query<{ public_key: Buffer; endorsement: string | null }>(
    sql`select public_key, endorsement from trail_keys order by created_at`,
  );
  if (given === null) return rows.map((row) => row.public_key);
  const known = [...given];
  for (const { public_key: key, endorsement } of rows) {
    const said = endorsement === null ? null : openNote(endorsement, ROTATION, known);
    if (said !== null && 'value' in said && said.value.split('\n')[1] === verifierKeyOf(ROTATION, key)) known.push(key);
  }
  return known;
};

const readCheckpoints = async (tx: Tx, origin: string, keys: readonly Uint8Array[], faults: Fault[]): Promise<Checkpoint[]> => {
  const rows = await tx.query<{ size: number; root: Buffer; note: string }>(
    sql`select size, root, note from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size`,
  );
  return rows.flatMap(({ size, root, note }) => {
    const opened = openCheckpoint(note, origin, keys);
    const agrees = 'value' in opened && opened.value.size === size && equalHashes(opened.value.root, root);
    if (agrees) return [opened.value];
    const why = 'refused' in opened ? opened.refused[0]?.message : 'its row says something else than its signed text';
    faults.push({ what: 'checkpoint', entry: null, message: `The checkpoint of ${size} entries does not verify: ${why}` });
    return [];
  });
};

const fileFaults = async (tx: Tx, store: FileStore, faults: Fault[]): Promise<number> => {
  const rows = await tx.query<{ sha256: string }>(
    sql`select sha256 from files where organization_id = ${tx.organisationId}::uuid and purged_at is null order by sha256`,
  );
  for (const { sha256 } of rows)
    if (!(await store.isIntact(tx.organisationId, sha256)))
      faults.push({ what: 'file', entry: null, message: `The file ${sha256} is missing or damaged` });
  return rows.length;
};
