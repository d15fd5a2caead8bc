import type { Register } from '@aimwell/contract/platform/register';
import { columnOf, identifierOf } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import type { Signature } from '@aimwell/core/identity/erasure';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

/** A signature with the entries of the versions that carry it: where it stays, they stay as they were written. */
export interface StoredSignature extends Signature {
  readonly title: string;
  readonly entries: readonly string[];
}

/** The columns of a register that make up a signature: `approvedBy`, `approvedName`, `approvedOn` and their like. */
const signatureColumns = ({ fields }: Register): { by: string; name: string; on: string }[] =>
  Object.keys(fields).flatMap((name) => {
    const stem = /^(.*[aA]pproved)Name$/.exec(name)?.[1];
    const [by, on] = [fields[`${stem}By`], fields[`${stem}On`]];
    if (stem === undefined || by?.kind !== 'reference' || on === undefined) return [];
    return [{ by: columnOf(`${stem}By`, by), name: columnOf(name, { kind: 'text', max: 1 }), on: columnOf(`${stem}On`, on) }];
  });

interface Version {
  readonly id: string;
  readonly number: number;
  readonly entry_id: string;
  readonly title: string;
  readonly carries: boolean;
  readonly state: string | null;
  readonly signed_on: string | null;
  readonly day: string;
  readonly archived: boolean;
}

/** Every approval that bears the name of a person, with the day on which something else came into force. */
export const signaturesOf = async (tx: Tx, person: string): Promise<StoredSignature[]> => {
  const found: StoredSignature[] = [];
  for (const register of registers)
    for (const columns of signatureColumns(register)) {
      const versions = await versionsSigned(tx, register, columns, person);
      for (const [, ofRecord] of Map.groupBy(versions, ({ id }) => id)) found.push(...signatureIn(register, ofRecord));
    }
  return [...found, ...(await mapsSigned(tx, person))];
};

/** Versions of process maps that bear the name: of each the entry of its approval, since such a version has no history. */
const mapsSigned = (tx: Tx, person: string): Promise<StoredSignature[]> =>
  tx.query<StoredSignature>(sql`
    select 'process-versions' as register, v.id as record, m.key || ' ' || v.number as identifier, m.name as title, v.approved_at::date::text as "approvedOn",
      case when v.state = 'approved' then null else coalesce(v.retired_at, v.approved_at)::date::text end as "endedOn",
      array(select e.id from trail_entries e where e.organization_id = v.organization_id and e.register = 'process-versions' and e.record_id = v.id and e.command = 'approve') as entries
    from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.approved_by_id = ${person}::uuid and v.approved_name <> '[erased]' order by m.key, v.number`);

const versionsSigned = (
  tx: Tx,
  register: Register,
  { by, name, on }: { by: string; name: string; on: string },
  person: string,
): Promise<Version[]> => {
  const twin = sql.table(`${register.table}_history`);
  const state = register.state === undefined ? sql`null` : sql.ref(`h.${register.state}`);
  const carries = sql`h.${sql.ref(by)} = ${person}::uuid and h.${sql.ref(name)} <> '[erased]'`;
  return tx.query<Version>(sql`
    select h.id, h.number, h.entry_id, ${sql.ref(`h.${columnOf(register.title, register.fields[register.title] ?? { kind: 'text', max: 1 })}`)} as title,
      coalesce(${carries}, false) as carries, ${state} as state, h.${sql.ref(on)}::text as signed_on, h.updated_at::date::text as day, h.archived_at is not null as archived
    from ${twin} h where h.organization_id = ${tx.organisationId}::uuid
      and h.id in (select h.id from ${twin} h where h.organization_id = ${tx.organisationId}::uuid and ${carries})
    order by h.id, h.version`);
};

/** What is superseded, closed or archived is in force no more, though it still bears the name. */
const inForce = ({ carries, state, archived }: Version): boolean => carries && !archived && state !== 'superseded' && state !== 'closed';

const signatureIn = (register: Register, versions: readonly Version[]): StoredSignature[] => {
  const signed = versions.filter(({ carries }) => carries);
  const newest = versions.at(-1);
  const last = signed.at(-1);
  if (newest === undefined || last === undefined) return [];
  const end = versions[versions.findLastIndex(inForce) + 1];
  return [
    {
      register: register.name,
      record: newest.id,
      identifier: identifierOf(register, newest.number),
      title: newest.title ?? '',
      approvedOn: last.signed_on ?? last.day,
      endedOn: inForce(newest) ? null : (end?.day ?? newest.day),
      entries: signed.map(({ entry_id: entry }) => entry),
    },
  ];
};
