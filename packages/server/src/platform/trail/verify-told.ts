import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { canonicalJson } from './envelope.ts';
import type { Fault } from './verify-records.ts';
import { memberFaults } from './verify-members.ts';
import { readSaid } from './verify-said.ts';

/** Holds what is no record of a register, but was told to the trail when it was written, against what was told. */
export const toldFaults = async (tx: Tx): Promise<Fault[]> => [
  ...(await commentFaults(tx)),
  ...(await checkFaults(tx)),
  ...(await fileRowFaults(tx)),
  ...(await memberFaults(tx)),
];

interface Told {
  readonly record: string;
  readonly register: string;
  readonly by: string | null;
  readonly at: string;
  readonly seq: number | null;
  readonly said: Readonly<Record<string, unknown>> | null;
}

/** Entries that tell of something else than a version of a record; `by` is the person of the directory who acted. */
const readTold = async (tx: Tx, which: RawBuilder<unknown>): Promise<Told[]> => {
  const rows = await tx.query<Omit<Told, 'said'> & { readonly payload: Buffer | null }>(sql`
    select e.record_id as record, e.register, (select r.id from people r where r.organization_id = e.organization_id and r.id = e.actor) as by, ${asText('e.at')} as at, l.seq, p.payload
    from trail_entries e left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.record_id is not null and ${which}`);
  return rows.map(({ payload, ...row }) => ({ ...row, said: readSaid(payload) }));
};

const asText = (column: string) => sql`to_char(${sql.ref(column)}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Rows against what was told of each; both by id, as canonical text. */
const faultsOf = (
  what: string,
  rows: ReadonlyMap<string, string>,
  told: ReadonlyMap<string, { readonly text: string; readonly seq: number | null }>,
): Fault[] =>
  [...new Set([...rows.keys(), ...told.keys()])].flatMap((id): Fault[] => {
    const [row, entry] = [rows.get(id), told.get(id)];
    if (row === entry?.text) return [];
    const wrong =
      entry === undefined ? 'has no entry' : row === undefined ? 'has an entry and is not there' : 'says something else than its entry';
    return [{ what: 'record', entry: entry?.seq ?? null, message: `${what} ${id} ${wrong}` }];
  });

/** Comments are never changed. One whose words were erased is known by its record and its time alone. */
const commentFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<{ id: string; register: string; record: string; author: string | null; body: string; at: string }>(
    sql`select c.id, c.register, c.record_id as record, c.author, c.body, ${asText('c.created_at')} as at from comments c where c.organization_id = ${tx.organisationId}::uuid`,
  );
  const entries = await readTold(tx, sql`e.command = 'comment'`);
  const erased = new Set(entries.filter(({ said }) => said === null).map(({ register, record, at }) => `${register} ${record} ${at}`));
  const told = entries.flatMap(({ register, record, by, at, seq, said }): [string, { text: string; seq: number | null }][] =>
    typeof said?.['comment'] === 'string'
      ? [[said['comment'], { text: canonicalJson([register, record, by, said['body'], at]), seq }]]
      : [],
  );
  const known = new Set(told.map(([id]) => id));
  const kept = rows.filter(({ id, register, record, at }) => known.has(id) || !erased.has(`${register} ${record} ${at}`));
  return faultsOf(
    'The comment',
    new Map(kept.map(({ id, register, record, author, body, at }) => [id, canonicalJson([register, record, author, body, at])])),
    new Map(told),
  );
};

/** What earlier checks found stays found. */
const checkFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<Readonly<Record<string, unknown>> & { readonly id: string }>(sql`
    select c.id, c.cause, c.fault_count as "faultCount", c.faults, c.first_bad as "from", c.entries, c.records, c.files, c.held, ${asText('c.ended_at')} as "endedAt"
    from integrity_checks c where c.organization_id = ${tx.organisationId}::uuid`);
  const told = await readTold(tx, sql`e.register = 'integrity-checks'`);
  const text = (check: Readonly<Record<string, unknown>>) => canonicalJson(checkMembers.map((name) => check[name] ?? null));
  return faultsOf(
    'The check',
    new Map(rows.map((row) => [row.id, text(row)])),
    new Map(told.flatMap(({ record, seq, said }) => (said === null ? [] : [[record, { text: text(said), seq }]]))),
  );
};
const checkMembers = ['cause', 'faultCount', 'faults', 'from', 'entries', 'records', 'files', 'held', 'endedAt'];

/** A file that an entry names has its row; size and type beside it are those that the evidence names. */
const fileRowFaults = async (tx: Tx): Promise<Fault[]> => {
  const missing = await tx.query<{ sha256: string; seq: number | null }>(sql`
    select distinct on (substring(e.envelope from '"sha256":"([0-9a-f]{64})"')) substring(e.envelope from '"sha256":"([0-9a-f]{64})"') as sha256, l.seq
    from trail_entries e left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'evidence' and e.envelope like '%"sha256":"%'
      and not exists (select 1 from files f where f.organization_id = e.organization_id and f.sha256 = substring(e.envelope from '"sha256":"([0-9a-f]{64})"'))
    order by 1, l.seq limit 200`);
  const other = await tx.query<{ sha256: string; seq: number | null }>(sql`
    select distinct on (v.sha256) v.sha256, l.seq from evidence_history v
    join files f on f.organization_id = v.organization_id and f.sha256 = v.sha256 and (f.size <> v.file_size or f.type <> v.file_type)
    left join trail_leaves l on l.organization_id = v.organization_id and l.entry_id = v.entry_id
    where v.organization_id = ${tx.organisationId}::uuid order by 1, l.seq limit 200`);
  // Bytes may be gone only where the evidence was purged by that entry, and no other evidence has them.
  const gone = await tx.query<{ sha256: string }>(sql`
    select f.sha256 from files f where f.organization_id = ${tx.organisationId}::uuid and (f.purged_at is not null or f.purged_by is not null)
      and not exists (select 1 from evidence_history h join trail_entries e on e.organization_id = h.organization_id and e.id = h.entry_id and e.at = f.purged_at
        join evidence_history o on o.organization_id = h.organization_id and o.id = h.id and o.sha256 = f.sha256
        where h.organization_id = f.organization_id and h.entry_id = f.purged_by and h.purged_on is not null
          and not exists (select 1 from evidence_history also join evidence t on t.organization_id = also.organization_id and t.id = also.id
            where also.organization_id = f.organization_id and also.sha256 = f.sha256 and also.id <> h.id and t.purged_on is null))
    order by 1 limit 200`);
  return [
    ...gone.map(({ sha256 }): Fault => ({
      what: 'file',
      entry: null,
      message: `The file ${sha256} is marked as deleted, and no entry says so`,
    })),
    ...missing.map(({ sha256, seq }): Fault => ({
      what: 'file',
      entry: seq,
      message: `The file ${sha256} is named by an entry and has no row`,
    })),
    ...other.map(({ sha256, seq }): Fault => ({
      what: 'file',
      entry: seq,
      message: `Size or type of the file ${sha256} are not those that its evidence names`,
    })),
  ];
};
