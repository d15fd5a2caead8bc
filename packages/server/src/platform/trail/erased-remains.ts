import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { readSaid } from './verify-said.ts';

/** Command of the entry in which an erasure says what it left. */
export const REMAINS = 'remains';

/** A row without its columns that are empty, so that a column which is added later changes no hash. */
const hashOfRow = sql`encode(sha256(convert_to((select coalesce(jsonb_object_agg(key, value), '{}')::text
  from jsonb_each(to_jsonb(h)) where key <> 'entry_id' and value not in ('null', '[]', '{}')), 'UTF8')), 'hex')`;

interface Hashed {
  readonly entry: string;
  readonly hash: string;
}

/** Of each entry whose payload was erased: SHA-256 in hex of the version, or of the comments, that it wrote, as they stand now. */
export const remainsNow = async (tx: Tx): Promise<Map<string, string>> => {
  const organisation = sql`${tx.organisationId}::uuid`;
  const [erased] = await tx.query<{ ids: string[] | null }>(
    sql`select array_agg(entry_id) as ids from trail_payloads where organization_id = ${organisation} and erased_by is not null and length(payload) = 0`,
  );
  const ids = sql`${erased?.ids ?? []}::uuid[]`;
  const found = new Map<string, string>();
  const take = (rows: readonly Hashed[]) => rows.forEach(({ entry, hash }) => found.set(entry, hash));
  if (erased?.ids === null || erased === undefined) return found;
  for (const { table } of registers)
    take(
      await tx.query<Hashed>(
        sql`select h.entry_id as entry, ${hashOfRow} as hash from ${sql.table(`${table}_history`)} h where h.organization_id = ${organisation} and h.entry_id = any(${ids})`,
      ),
    );
  // Which comment an erased entry wrote is known by its record and its time alone.
  take(
    await tx.query<Hashed>(sql`
      select e.id as entry, encode(sha256(convert_to(string_agg(h.hash, ' ' order by h.hash), 'UTF8')), 'hex') as hash
      from trail_entries e join (select h.organization_id, h.record_id, h.register, h.created_at, ${hashOfRow} as hash from comments h where h.organization_id = ${organisation}) h
        on h.record_id = e.record_id and h.register = e.register and h.created_at = e.at
      where e.organization_id = ${organisation} and e.id = any(${ids}) and e.command = 'comment' group by e.id`),
  );
  return found;
};

/**
 * What the erasures said that they left, by entry; of two that speak of the same entry, the later counts, by the id that it
 * got when it had the rows: in the tree, entries of one batch stand by record. Each erasure speaks once, so that whoever
 * writes to the trail later cannot say something else in its name.
 */
export const remainsSaid = async (tx: Tx): Promise<Map<string, string>> => {
  const said = new Map<string, string>();
  for (const { left } of await remainsTold(tx)) for (const [entry, hash] of Object.entries(left)) said.set(entry, String(hash));
  return said;
};

interface Remains {
  readonly left: Readonly<Record<string, unknown>>;
  readonly sealed: Readonly<Record<string, unknown>>;
}

const remainsTold = async (tx: Tx): Promise<Remains[]> => {
  const rows = await tx.query<{ id: string; envelope: string; payload: Buffer }>(sql`
    select e.id, e.envelope, p.payload from trail_entries e
    join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'people' and e.command in ('erase', ${REMAINS})
      and (exists (select 1 from trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id)
        or exists (select 1 from trail_pending q where q.organization_id = e.organization_id and q.entry_id = e.id))
    order by e.id`);
  const erasures = new Map<string, unknown>();
  const told: Remains[] = [];
  for (const { id, envelope } of rows) {
    const said = readSaid(envelope);
    if (said?.['command'] === 'erase' && typeof said['version'] === 'number') erasures.set(id, said['record']);
  }
  for (const { envelope, payload } of rows) {
    const said = readSaid(envelope);
    const of = readSaid(payload);
    if (said?.['command'] !== REMAINS || typeof of?.['erasure'] !== 'string') continue;
    if (erasures.get(of['erasure']) !== said['record']) continue;
    erasures.delete(of['erasure']);
    told.push({ left: (of['left'] ?? {}) as Remains['left'], sealed: (of['sealed'] ?? {}) as Remains['sealed'] });
  }
  return told;
};

/**
 * What the erasures said that they left of what is sealed (runs, maps, versions, deviations) and of lines of histories, by key; of two that
 * speak of the same, the later counts. They are told by the same entries as the rest.
 */
export const remainsSealed = async (tx: Tx): Promise<Map<string, unknown>> => {
  const said = new Map<string, unknown>();
  for (const { sealed } of await remainsTold(tx)) for (const [key, seal] of Object.entries(sealed)) said.set(key, seal);
  return said;
};
