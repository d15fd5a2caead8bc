import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { type BinaryRow, countOf, eachBinaryRow, momentOf, textOf, uuidOf } from '../database/binary-rows.ts';
import type { Tx } from '../database/pool.ts';
import { envelopeMatcher, literalAt } from './envelope-match.ts';
import type { Blanked } from './verify-erasures.ts';
import type { Fault } from './verify-records.ts';

/** Columns of the rows below, by their place. `sealed` is salt and payload, which the digest is taken of; `waits` is known for what is no leaf. */
const at = {
  seq: 0,
  leaf: 1,
  entry: 2,
  register: 3,
  record: 4,
  version: 5,
  command: 6,
  actor: 7,
  at: 8,
  envelope: 9,
  sealed: 10,
  erasedBy: 11,
  waits: 12,
} as const;
const FIELDS = Object.keys(at).length;

export interface EntriesRead {
  /** Entries that wait for the next checkpoint. */
  readonly waiting: number;
  readonly blanked: readonly Blanked[];
  readonly faults: readonly Fault[];
}

/**
 * Holds every entry of the organisation against its leaf, its columns and its payload; whether the leaves are those of the tree is asked
 * elsewhere. A payload that was emptied is handed on. Names at most twice `most` faults, those of the first places among them.
 */
export const readEntries = async (tx: Tx, most: number): Promise<EntriesRead> => {
  const organisation = sql.lit(tx.organisationId);
  const of = (table: string) => sql`(select * from ${sql.table(table)} where organization_id = ${organisation}::uuid)`;
  // All three tables have an index by entry: read side by side they are joined without a sort, in the time that reading them takes.
  // Any other plan holds them in memory or on the disk.
  await tx.query(sql`select set_config(name, value, true) from (values ${sql.join(SIDE_BY_SIDE)}) s(name, value)`);
  const rows = tx.copyOut(sql`
    select l.seq, l.leaf_hash, coalesce(e.id, l.entry_id), e.register, e.record_id, e.version, e.command, e.actor, e.at, e.envelope,
      p.salt || p.payload, p.erased_by,
      case when l.seq is null then e.id in (select entry_id from trail_pending where organization_id = ${organisation}::uuid) end
    from ${of('trail_entries')} e
    left join ${of('trail_payloads')} p on p.entry_id = e.id
    full join ${of('trail_leaves')} l on l.entry_id = e.id`);
  const blanked: Blanked[] = [];
  const faults = lowest(most);
  const agrees = envelopeMatcher(tx.organisationId, at);
  let waiting = 0;
  await eachBinaryRow(rows, FIELDS, (row) => {
    if (isNull(row, at.seq)) waiting += 1;
    if (row.length[at.sealed] === 0)
      blanked.push({ entry: uuidOf(row, at.entry) ?? '', seq: countOf(row, at.seq), erasedBy: uuidOf(row, at.erasedBy) });
    const fault = isSound(row) && agrees(row) ? null : entryFault(tx.organisationId, row);
    if (fault !== null) faults.add(fault);
  });
  await tx.query(sql`select set_config(name, reset_val, true) from pg_settings where name = any(${SIDE_BY_SIDE_NAMES}::text[])`);
  return { waiting, blanked, faults: faults.all() };
};

const SIDE_BY_SIDE_NAMES = ['enable_hashjoin', 'enable_sort', 'max_parallel_workers_per_gather'];
const SIDE_BY_SIDE = SIDE_BY_SIDE_NAMES.map((name) => sql`(${name}, ${name.startsWith('enable') ? 'off' : '0'})`);

const isNull = (row: BinaryRow, field: number) => (row.length[field] ?? -1) < 0;

/** The hash of a field's bytes as a string of 32 or 64 characters; strings of this form cost less than buffers. */
const digestOf = ({ bytes }: BinaryRow, from: number, to: number, encoding: 'binary' | 'hex') =>
  hash('sha256', bytes.subarray(from, to), encoding);

/** True where a leaf is that of its envelope, and its payload that of the digest at the end of the envelope. */
const isSound = (row: BinaryRow): boolean =>
  !isNull(row, at.seq) &&
  !isNull(row, at.envelope) &&
  !isNull(row, at.sealed) &&
  isLeaf(row) &&
  (row.length[at.sealed] === 0 || isSealed(row));

/** A leaf is hashed with 0x00 before it: that goes where the row had the length of the field, which has been read. */
const isLeaf = (row: BinaryRow): boolean => {
  const { bytes, start, length } = row;
  const [from = 0, size = 0, leaf = 0] = [start[at.envelope], length[at.envelope], start[at.leaf]];
  bytes[from - 1] = 0;
  return digestOf(row, from - 1, from + size, 'binary') === bytes.toString('latin1', leaf, leaf + 32);
};

const BEFORE_DIGEST = Buffer.from('"digest":"');
const AFTER_DIGEST = Buffer.from('"}');
const isSealed = (row: BinaryRow): boolean => {
  const { bytes, start, length } = row;
  const end = (start[at.envelope] ?? 0) + (length[at.envelope] ?? 0);
  const digest = end - AFTER_DIGEST.length - 64;
  const from = start[at.sealed] ?? 0;
  return (
    literalAt(bytes, digest - BEFORE_DIGEST.length, BEFORE_DIGEST) === digest &&
    literalAt(bytes, digest + 64, AFTER_DIGEST) === end &&
    digestOf(row, from, from + (length[at.sealed] ?? 0), 'hex') === bytes.toString('latin1', digest, digest + 64)
  );
};

/** What is wrong with an entry, asked slowly, for the few where not everything agrees byte by byte. */
const entryFault = (organisationId: string, row: BinaryRow): Fault | null => {
  const [seq, id] = [countOf(row, at.seq), uuidOf(row, at.entry)];
  if (seq === null) {
    const waits = !isNull(row, at.waits) && row.bytes[row.start[at.waits] ?? 0] === 1;
    return waits ? null : { what: 'entry', entry: null, message: `The entry ${id} is in no tree and does not wait for one` };
  }
  const fault = (what: Fault['what'], message: string): Fault => ({ what, entry: seq, message: `Entry ${seq} (${id}): ${message}` });
  const envelope = textOf(row, at.envelope);
  if (envelope === null) return fault('entry', 'there is no envelope under its leaf');
  if (!isLeaf(row)) return fault('entry', 'its envelope is not the one under its leaf');
  const said = parsed(envelope);
  if (said === null) return fault('entry', 'its envelope cannot be read');
  if (!agreesWithColumns(organisationId, said, row)) return fault('entry', 'its columns say something else than its envelope');
  if (isNull(row, at.sealed)) return fault('payload', 'its payload is missing');
  const from = row.start[at.sealed] ?? 0;
  const size = row.length[at.sealed] ?? 0;
  if (size > 0 && digestOf(row, from, from + size, 'hex') !== said['digest'])
    return fault('payload', 'its payload is not the one its envelope names');
  return null;
};

const parsed = (envelope: string): Readonly<Record<string, unknown>> | null => {
  try {
    const said: unknown = JSON.parse(envelope);
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const agreesWithColumns = (organisationId: string, said: Readonly<Record<string, unknown>>, row: BinaryRow): boolean => {
  const version = isNull(row, at.version) ? null : row.bytes.readInt32BE(row.start[at.version] ?? 0);
  const moment = momentOf(row, at.at);
  return (
    said['organisation'] === organisationId &&
    said['entry'] === uuidOf(row, at.entry) &&
    said['register'] === textOf(row, at.register) &&
    said['record'] === uuidOf(row, at.record) &&
    said['version'] === version &&
    said['command'] === textOf(row, at.command) &&
    said['actor'] === uuidOf(row, at.actor) &&
    moment !== null &&
    // Infinity and what no Date can hold are not written by the product.
    Number.isInteger(moment) &&
    Math.abs(moment) <= 8.64e15 &&
    said['time'] === new Date(moment).toISOString()
  );
};

/** Keeps the faults of the first places, and of those outside the tree the first found, however many there are. */
const lowest = (most: number) => {
  let placed: Fault[] = [];
  const outside: Fault[] = [];
  const cut = () => (placed = placed.toSorted((a, b) => (a.entry ?? 0) - (b.entry ?? 0)).slice(0, most));
  return {
    add: (fault: Fault) => {
      if (fault.entry === null) {
        if (outside.length < most) outside.push(fault);
        return;
      }
      placed.push(fault);
      if (placed.length >= 2 * most) cut();
    },
    all: (): readonly Fault[] => [...cut(), ...outside],
  };
};
