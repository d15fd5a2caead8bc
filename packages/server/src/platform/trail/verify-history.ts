import type { Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { type Row, rowColumns } from '../register/columns.ts';
import { type Fault, payloadFault } from './verify-records.ts';

const PAGE = 2000;

/** Holds every version against its entry, both ways, and the versions before the newest against what their entries say. */
export const historyFaults = async (tx: Tx, registers: readonly Register[]): Promise<Fault[]> => {
  let faults: readonly Fault[] = [];
  for (const register of registers) faults = [...faults, ...(await unmatched(tx, register)), ...(await olderVersions(tx, register))];
  return [...faults];
};

/** Entries of a version that is not in the history, versions whose entry is none or another's, and other authors or times than the entry's. */
const unmatched = async (tx: Tx, register: Register): Promise<Fault[]> => {
  const twin = sql.table(`${register.table}_history`);
  const rows = await tx.query<{ id: string; version: number; kept: boolean; told: boolean; seq: number | null }>(sql`
    with told as (select e.id, e.record_id, e.version, e.at, (select p.id from people p where p.organization_id = e.organization_id and p.id = e.actor) as by
      from trail_entries e where e.organization_id = ${tx.organisationId}::uuid and e.register = ${register.name} and e.version is not null),
    kept as (select h.entry_id, h.id, h.version, h.updated_at, h.updated_by, h.created_at, h.created_by,
        first_value(h.updated_at) over versions as first_at, first_value(h.updated_by) over versions as first_by
      from ${twin} h where h.organization_id = ${tx.organisationId}::uuid window versions as (partition by h.id order by h.version))
    select coalesce(kept.id, told.record_id) as id, coalesce(kept.version, told.version) as version, kept.id is not null as kept, told.id is not null as told, l.seq
    from told full join kept on kept.entry_id = told.id and kept.id = told.record_id and kept.version = told.version
    left join trail_leaves l on l.organization_id = ${tx.organisationId}::uuid and l.entry_id = coalesce(told.id, kept.entry_id)
    where told.id is null or kept.id is null
      or (kept.updated_at, kept.updated_by, kept.created_at, kept.created_by) is distinct from (told.at, told.by, kept.first_at, kept.first_by)
    order by l.seq limit 200`);
  return rows.map(({ id, version, kept, told, seq }) => ({
    what: 'record',
    entry: seq,
    message: !told
      ? `${register.name} ${id}: version ${version} in its history has no entry of its own`
      : kept
        ? `${register.name} ${id}: author or time of version ${version} are not those of its entry`
        : `${register.name} ${id}: version ${version} has an entry and is not in its history`,
  }));
};

interface Older {
  readonly id: string;
  readonly version: number;
  readonly twin: Row;
  readonly payload: Buffer;
  readonly seq: number | null;
}

const olderVersions = async (tx: Tx, register: Register): Promise<Fault[]> => {
  const faults: Fault[] = [];
  for (let page = await readOlder(tx, register, null); page.length > 0;) {
    for (const { id, version, twin, payload, seq } of page) {
      const wrong = payloadFault(register, twin, payload);
      if (wrong !== null) faults.push({ what: 'record', entry: seq, message: `${register.name} ${id}: of version ${version}, ${wrong}` });
    }
    page = page.length < PAGE ? [] : await readOlder(tx, register, page.at(-1) ?? null);
  }
  return faults;
};

/** Versions that a later one followed, with what their entries say; those whose payload was erased say nothing any more. */
const readOlder = (tx: Tx, register: Register, after: Older | null) => {
  const twin = sql.table(`${register.table}_history`);
  const from = after === null ? sql`true` : sql`(t.id, t.version) > (${after.id}::uuid, ${after.version}::integer)`;
  return tx.query<Older>(sql`
    select t.id, t.version, (select row_to_json(v) from (select ${rowColumns(register)}) v) as twin, p.payload, l.seq
    from ${twin} t
    join ${twin} later on later.organization_id = t.organization_id and later.id = t.id and later.version = t.version + 1
    join trail_payloads p on p.organization_id = t.organization_id and p.entry_id = t.entry_id and length(p.payload) > 0
    left join trail_leaves l on l.organization_id = t.organization_id and l.entry_id = t.entry_id
    where t.organization_id = ${tx.organisationId}::uuid and ${from} order by t.id, t.version limit ${PAGE}`);
};
