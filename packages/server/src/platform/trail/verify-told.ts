import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';
import { memberFaults } from './verify-members.ts';

/** Holds what is no record of a register, but was told to the trail when it was written, against what was told. */
export const toldFaults = async (tx: Tx): Promise<Fault[]> => [
  ...(await commentFaults(tx)),
  ...(await checkFaults(tx)),
  ...(await fileRowFaults(tx)),
  ...(await memberFaults(tx)),
];

interface Unequal {
  readonly id: string;
  readonly seq: number | null;
  readonly kept: boolean;
  readonly told: boolean;
}

const faultsOf = (what: string, rows: readonly Unequal[]): Fault[] =>
  rows.map(({ id, seq, kept, told }) => ({
    what: 'record',
    entry: seq,
    message: !told
      ? `${what} ${id} has no entry`
      : kept
        ? `${what} ${id} says something else than its entry`
        : `${what} ${id} has an entry and is not there`,
  }));

/** Comments are never changed. One whose words were erased is known by its record and its time alone. */
const commentFaults = async (tx: Tx): Promise<Fault[]> =>
  faultsOf(
    'The comment',
    await tx.query<Unequal>(sql`
      with entries as (select e.id as entry, e.register, e.record_id, e.actor, e.at, l.seq, case when length(p.payload) > 0 then convert_from(p.payload, 'UTF8')::jsonb end as said
        from trail_entries e left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
        left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
        where e.organization_id = ${tx.organisationId}::uuid and e.command = 'comment' and e.record_id is not null),
      told as (select *, (said ->> 'comment')::uuid as comment from entries where said ? 'comment'),
      kept as (select * from comments where organization_id = ${tx.organisationId}::uuid)
      select coalesce(k.id, t.comment) as id, t.seq, k.id is not null as kept, t.comment is not null as told
      from told t full join kept k on k.id = t.comment
      where (k.id is null or t.comment is null or (k.register, k.record_id, k.body, k.created_at) is distinct from (t.register, t.record_id, t.said ->> 'body', t.at)
        or k.author is distinct from (select r.id from people r where r.organization_id = ${tx.organisationId}::uuid and r.id = t.actor))
        and not (t.comment is null and exists (select 1 from entries b where b.said is null and b.register = k.register and b.record_id = k.record_id and b.at = k.created_at))
      limit 200`),
  );

/** What earlier checks found stays found. */
const checkFaults = async (tx: Tx): Promise<Fault[]> =>
  faultsOf(
    'The check',
    await tx.query<Unequal>(sql`
      with told as (select e.record_id as id, l.seq, convert_from(p.payload, 'UTF8')::jsonb as said
        from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id and length(p.payload) > 0
        left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
        where e.organization_id = ${tx.organisationId}::uuid and e.register = 'integrity-checks'),
      kept as (select * from integrity_checks where organization_id = ${tx.organisationId}::uuid)
      select coalesce(k.id, t.id) as id, t.seq, k.id is not null as kept, t.id is not null as told from told t full join kept k on k.id = t.id
      where k.id is null or t.id is null or (k.cause, k.fault_count, k.faults, k.first_bad, k.entries, k.records, k.files, k.held, k.ended_at) is distinct from
        (t.said ->> 'cause', (t.said ->> 'faultCount')::integer, t.said -> 'faults', (t.said ->> 'from')::bigint, (t.said ->> 'entries')::bigint, (t.said ->> 'records')::bigint,
          (t.said ->> 'files')::bigint, (t.said ->> 'held')::bigint, (t.said ->> 'endedAt')::timestamptz)
      limit 200`),
  );

/** A file that an entry names has its row; size and type beside it are those that the evidence names. */
const fileRowFaults = async (tx: Tx): Promise<Fault[]> => {
  const missing = await tx.query<{ sha256: string; seq: number | null }>(sql`
    select distinct on (e.envelope::json ->> 'sha256') e.envelope::json ->> 'sha256' as sha256, l.seq
    from trail_entries e left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'evidence' and e.envelope like '%"sha256":"%'
      and not exists (select 1 from files f where f.organization_id = e.organization_id and f.sha256 = e.envelope::json ->> 'sha256')
    order by 1, l.seq limit 200`);
  const other = await tx.query<{ sha256: string; seq: number | null }>(sql`
    select distinct on (v.sha256) v.sha256, l.seq from evidence_history v
    join files f on f.organization_id = v.organization_id and f.sha256 = v.sha256 and (f.size <> v.file_size or f.type <> v.file_type)
    left join trail_leaves l on l.organization_id = v.organization_id and l.entry_id = v.entry_id
    where v.organization_id = ${tx.organisationId}::uuid order by 1, l.seq limit 200`);
  return [
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
