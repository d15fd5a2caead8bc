import { isMany } from '@aimwell/contract/platform/field';
import { identifierOf, type Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { type Row, rowColumns } from '../register/columns.ts';
import { canonicalJson } from './envelope.ts';
import { readSaid } from './verify-said.ts';

/** What does not verify. `entry` is the place in the tree, from 0, or null where the fault lies outside it. */
export interface Fault {
  readonly what: 'tree' | 'entry' | 'payload' | 'checkpoint' | 'record' | 'file';
  readonly entry: number | null;
  readonly message: string;
}

/** Holds each record against the newest row of its history, and that row against the payload of its entry. */
export const recordFaults = async (
  tx: Tx,
  registers: readonly Register[],
): Promise<{ readonly checked: number; readonly faults: Fault[] }> => {
  const faults: Fault[] = [];
  let checked = 0;
  for (const register of registers) {
    const rows = await newest(tx, register);
    checked += rows.length;
    for (const row of rows) {
      const wrong = faultOf(register, row);
      if (wrong !== null) faults.push({ what: 'record', entry: row.seq, message: `${register.name} ${row.id}: ${wrong}` });
    }
  }
  return { checked, faults };
};

interface Newest {
  readonly id: string;
  readonly live: boolean;
  readonly same: boolean;
  readonly twin: Row | null;
  readonly version: number | null;
  readonly envelope: string | null;
  readonly payload: Buffer | null;
  readonly seq: number | null;
}

const newest = (tx: Tx, register: Register): Promise<Newest[]> => {
  const twin = sql.table(`${register.table}_history`);
  // All in one statement: a record and its history are read as of the same moment.
  return tx.query<Newest>(sql`
    with newest as (select distinct on (h.id) h.* from ${twin} h where h.organization_id = ${tx.organisationId}::uuid order by h.id, h.version desc),
    live as (select * from ${sql.table(register.table)} where organization_id = ${tx.organisationId}::uuid)
    select coalesce(live.id, t.id) as id, live.id is not null as live, to_jsonb(live) = to_jsonb(t) - 'entry_id' as same,
      case when t.id is null then null else (select row_to_json(v) from (select ${rowColumns(register)}) v) end as twin, t.version,
      e.envelope, p.payload, l.seq
    from newest t full join live on live.id = t.id
    left join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    left join trail_payloads p on p.organization_id = t.organization_id and p.entry_id = t.entry_id
    left join trail_leaves l on l.organization_id = t.organization_id and l.entry_id = t.entry_id`);
};

const faultOf = (register: Register, row: Newest): string | null => {
  if (!row.live) return 'its history is there, the record is not';
  if (row.twin === null) return 'the record has no history';
  if (!row.same) return 'the record differs from the newest version in its history';
  if (row.envelope === null) return `version ${row.version} has no entry`;
  const envelope = readSaid(row.envelope);
  if (envelope?.['register'] !== register.name || envelope['record'] !== row.id || envelope['version'] !== row.version)
    return `version ${row.version} names the entry of another change`;
  // An erased payload says nothing more; whether an erasure names it is asked elsewhere.
  return row.payload === null || row.payload.length === 0 ? null : payloadFault(register, row.twin, row.payload);
};

interface SaidRecord {
  readonly identifier?: unknown;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly custom?: unknown;
  readonly archivedAt?: unknown;
  readonly archivedReason?: unknown;
}

/** Fields that were declared after the entry was written are not in its payload and must be empty. */
export const payloadFault = (register: Register, twin: Row, payload: Uint8Array): string | null => {
  const said = readSaid(payload)?.['record'] as SaidRecord | null | undefined;
  const values = said?.values;
  if (said === null || said === undefined || typeof values !== 'object' || values === null)
    return 'the payload of its version tells no record';
  const differing = Object.entries(register.fields).filter(([name, field]) => {
    const empty = isMany(field) ? [] : null;
    const written = values[name] ?? empty;
    const kept = twin[name] ?? empty;
    return field.kind === 'moment' ? !sameMoment(written, kept) : canonicalJson(written) !== canonicalJson(kept);
  });
  if (differing.length > 0) return `${differing.map(([name]) => name).join(', ')} differ from what its newest entry says`;
  const whole =
    said.identifier === identifierOf(register, twin.number) &&
    canonicalJson(said.custom ?? {}) === canonicalJson(twin['custom'] ?? {}) &&
    sameMoment(said.archivedAt, twin['archivedAt']) &&
    (said.archivedReason ?? null) === (twin['archivedReason'] ?? null);
  return whole ? null : 'identifier, own columns or archiving differ from what its newest entry says';
};

/** PostgreSQL writes a moment in its own way. */
const sameMoment = (a: unknown, b: unknown): boolean =>
  (a ?? null) === (b ?? null) || (typeof a === 'string' && typeof b === 'string' && Date.parse(a) === Date.parse(b));
