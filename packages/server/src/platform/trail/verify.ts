import { emptyFrontier, growTree } from '@aimwell/core/trail/tree';
import { equalHashes } from '@aimwell/core/trail/proofs';
import type { Checkpoint } from '@aimwell/core/trail/checkpoint';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import type { FileStore } from '../files/store.ts';
import { payloadDigest } from './envelope.ts';
import { leafHash, nodeHash } from './hashing.ts';
import { ROTATION } from './keys.ts';
import { openCheckpoint, openNote, originOf, verifierKeyOf } from './signing.ts';
import { type Blanked, erasureFaults } from './verify-erasures.ts';
import { houseFaults } from './verify-house.ts';
import { keptSubtrees } from './verify-nodes.ts';
import { type Fault, recordFaults } from './verify-records.ts';

export interface Verification {
  /** Leaves of the tree. */
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries that wait for the next checkpoint: nothing stands behind them yet. */
  readonly notAnchored: number;
  readonly records: number;
  readonly files: number;
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

const PAGE = 5000;
const MOST_FAULTS = 100;

/**
 * Checks everything that stands in the database and the file store of one organisation against its tree, and the tree against
 * its checkpoints: payloads against envelopes, envelopes against leaves, leaves against signed roots, records against their
 * newest version and its entry, files against their hash. Names the first entry from which the tree does not verify.
 */
export const verifyLive = (input: VerifyInput): Promise<Verification> =>
  input.database.inOrganisation(input.organisationId, async (tx) => {
    const origin = originOf(input.organisationId);
    const keys = await knownKeys(tx, input.keys);
    const faults: Fault[] = [];
    const kept = await readCheckpoints(tx, origin, keys, faults);
    const held = input.against === null ? null : openCheckpoint(input.against, origin, keys);
    if (held !== null && 'refused' in held)
      faults.push({ what: 'checkpoint', entry: null, message: `The checkpoint held: ${held.refused[0]?.message}` });
    const older = held !== null && 'value' in held ? held.value : null;
    const blanked: Blanked[] = [];
    const walked = await walkTree(tx, kept, older, faults, blanked);
    faults.push(...(await erasureFaults(tx, blanked)));
    const queue = await unanchored(tx, faults);
    const records = await recordFaults(tx, registers);
    faults.push(...records.faults);
    faults.push(...(await houseFaults(tx, { keys, fromOutside: input.keys !== null })));
    const files = await fileFaults(tx, input.files, faults);
    const places = faults.flatMap((fault) => (fault.entry === null ? [] : [fault.entry]));
    return {
      entries: walked,
      checkpoints: kept.length,
      notAnchored: queue,
      records: records.checked,
      files,
      from: places.length === 0 ? null : Math.min(...places),
      faults: faults.slice(0, MOST_FAULTS),
      keyFromOutside: input.keys !== null,
      against: older?.size ?? null,
    };
  });

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

interface Leaf {
  readonly seq: number;
  readonly entry_id: string;
  readonly leaf_hash: Buffer;
  readonly envelope: string | null;
  readonly index: string | null;
  readonly salt: Buffer | null;
  readonly payload: Buffer | null;
  readonly erased_by: string | null;
}

/** All leaves with what stands behind them, in one pass and as of one moment, a page at a time. */
const openLeaves = async (tx: Tx): Promise<() => Promise<Leaf[]>> => {
  // All rows will be read, so the plan for all is wanted, not that for the first.
  await tx.query(sql`set local cursor_tuple_fraction = 1`);
  await tx.query(sql`
    declare leaves no scroll cursor for
    select l.seq, l.entry_id, l.leaf_hash, e.envelope, p.salt, p.payload, p.erased_by,
      json_build_array(e.id, e.register, e.record_id, e.version, e.command, e.actor, to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text as index
    from trail_leaves l
    left join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id
    left join trail_payloads p on p.organization_id = l.organization_id and p.entry_id = l.entry_id
    where l.organization_id = ${tx.organisationId}::uuid order by l.seq`);
  return () => tx.query<Leaf>(sql`fetch ${sql.lit(PAGE)} from leaves`);
};

/** Holds each envelope against its leaf, builds the tree anew from the leaves and holds each checkpoint against it. Answers the number of leaves. */
const walkTree = async (
  tx: Tx,
  kept: readonly Checkpoint[],
  held: Checkpoint | null,
  faults: Fault[],
  blanked: Blanked[],
): Promise<number> => {
  const checkpoints = held === null ? kept : [...kept, held];
  const at = Map.groupBy(checkpoints, (checkpoint) => checkpoint.size);
  const subtrees = keptSubtrees();
  const tree = growTree(emptyFrontier, nodeHash, subtrees.take);
  // The size of the last checkpoint that agreed: everything before it is as it was signed.
  let good = 0;
  let broken = false;
  const compare = () => {
    const here = at.get(tree.size()) ?? [];
    const root = tree.root();
    if (broken || here.length === 0 || root === null) return;
    const wrong = here.filter((checkpoint) => !equalHashes(checkpoint.root, root));
    if (wrong.length === 0) good = tree.size();
    else {
      broken = true;
      // Where none but the one from outside disagrees, those of the database before it were made to agree: they vouch for nothing.
      if (wrong.every((checkpoint) => checkpoint === held)) good = 0;
      faults.push({
        what: 'tree',
        entry: good,
        message: `The entries from ${good} to ${tree.size() - 1} are not those under the checkpoint of ${tree.size()} entries`,
      });
    }
  };
  const next = await openLeaves(tx);
  for (let leaves = await next(); leaves.length > 0; leaves = await next()) {
    for (const leaf of leaves) {
      if (leaf.seq !== tree.size()) {
        faults.push({ what: 'tree', entry: tree.size(), message: `Entry ${tree.size()} is missing` });
        return tree.size();
      }
      faults.push(...entryFaults(tx.organisationId, leaf));
      if (isBlank(leaf)) blanked.push({ entry: leaf.entry_id, seq: leaf.seq, erasedBy: leaf.erased_by });
      // Where envelope and leaf disagree the fault is named above; with the leaf as it stands the others can still be judged.
      tree.append(leaf.leaf_hash);
      compare();
    }
  }
  faults.push(...(await subtrees.faults(tx)));
  for (const { size } of checkpoints)
    if (size > tree.size()) {
      faults.push({ what: 'tree', entry: tree.size(), message: `The tree has ${tree.size()} entries; a signed checkpoint covers ${size}` });
      break;
    }
  return tree.size();
};

/** Emptied by an erasure, or so it looks: whether one names it is asked once for all. */
const isBlank = ({ salt, payload }: Leaf): boolean => salt?.length === 0 && payload?.length === 0;

const entryFaults = (organisationId: string, leaf: Leaf): Fault[] => {
  const fault = (what: Fault['what'], message: string): Fault[] => [
    { what, entry: leaf.seq, message: `Entry ${leaf.seq} (${leaf.entry_id}): ${message}` },
  ];
  if (leaf.envelope === null) return fault('entry', 'there is no envelope under its leaf');
  if (!leafHash(leaf.envelope).every((byte, index) => byte === leaf.leaf_hash[index]))
    return fault('entry', 'its envelope is not the one under its leaf');
  const said = JSON.parse(leaf.envelope) as Record<string, unknown>;
  const index = [said['entry'], said['register'], said['record'], said['version'], said['command'], said['actor'], said['time']];
  if (said['organisation'] !== organisationId || JSON.stringify(index) !== JSON.stringify(JSON.parse(leaf.index ?? 'null')))
    return fault('entry', 'its columns say something else than its envelope');
  if (isBlank(leaf)) return [];
  if (leaf.salt === null || leaf.payload === null) return fault('payload', 'its payload is missing');
  if (payloadDigest(leaf.salt, leaf.payload) !== said['digest']) return fault('payload', 'its payload is not the one its envelope names');
  return [];
};

/** Counts what waits. What neither is in the tree nor waits for it was not written by the product. */
const unanchored = async (tx: Tx, faults: Fault[]): Promise<number> => {
  const rows = await tx.query<{ id: string; waits: boolean }>(sql`
    select e.id, exists (select 1 from trail_pending p where p.organization_id = e.organization_id and p.entry_id = e.id) as waits
    from trail_entries e where e.organization_id = ${tx.organisationId}::uuid
      and not exists (select 1 from trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id)`);
  for (const { id, waits } of rows)
    if (!waits) faults.push({ what: 'entry', entry: null, message: `The entry ${id} is in no tree and does not wait for one` });
  return rows.length;
};

const fileFaults = async (tx: Tx, store: FileStore, faults: Fault[]): Promise<number> => {
  const rows = await tx.query<{ sha256: string }>(
    sql`select sha256 from files where organization_id = ${tx.organisationId}::uuid order by sha256`,
  );
  for (const { sha256 } of rows)
    if (!(await store.isIntact(tx.organisationId, sha256)))
      faults.push({ what: 'file', entry: null, message: `The file ${sha256} is missing or damaged` });
  return rows.length;
};
