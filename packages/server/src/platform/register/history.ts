import type { HistoryEntry, ReferenceView } from '@aimwell/contract/platform/schema';
import type { Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { notFound } from '../errors.ts';
import { identifierSql, viewColumns } from './columns.ts';

interface Version {
  readonly view: Readonly<Record<string, unknown>>;
  readonly entry_id: string;
  readonly seq: number | null;
  readonly command: string;
  readonly at: string;
  readonly payload: string | null;
  readonly by: ReferenceView | null;
  readonly token: string | null;
}

/** Every version of a record, newest first: who, when, by which command, why, and what changed field by field. */
export const readHistory = async (tx: Tx, register: Register, id: string): Promise<HistoryEntry[]> => {
  const people = registerNamed('people');
  const versions = await tx.query<Version>(sql`
    select row_to_json(v) as view, t.entry_id, l.seq, e.command, to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, convert_from(p.payload, 'UTF8') as payload,
      (select json_build_object('id', r.id, 'identifier', ${identifierSql(people, 'r')}, 'title', r.name) from people r where r.organization_id = t.organization_id and r.id = e.actor) as by,
      (select k.name from api_tokens k where k.organization_id = e.organization_id and k.id = e.actor) as token
    from ${sql.table(`${register.table}_history`)} t
    join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    left join trail_leaves l on l.organization_id = t.organization_id and l.entry_id = t.entry_id
    left join trail_payloads p on p.organization_id = t.organization_id and p.entry_id = t.entry_id
    , lateral (select ${viewColumns(register)}) v
    where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid order by t.version`);
  if (versions.length === 0) throw notFound();
  return versions
    .map((version, index): HistoryEntry => ({
      entryId: version.entry_id,
      seq: version.seq,
      version: version.view['version'] as number,
      command: version.command,
      at: version.at,
      by: version.by,
      token: version.token,
      reason: reasonOf(version.payload),
      changes: difference(register, versions[index - 1]?.view, version.view),
    }))
    .toReversed();
};

const reasonOf = (payload: string | null): string | null => {
  // Erased: the twin says so field by field; there is no reason left to tell.
  if (payload === null || payload === '') return null;
  const { reason, input } = JSON.parse(payload) as { reason?: string; input?: { lateReason?: string } };
  const late = input?.lateReason === undefined ? [] : [`Recorded later: ${input.lateReason}`];
  const told = [...(reason === undefined ? [] : [reason]), ...late];
  return told.length === 0 ? null : told.join('\n');
};

const difference = (register: Register, before: Version['view'] | undefined, after: Version['view']): HistoryEntry['changes'] =>
  [...Object.keys(register.fields), 'custom', 'archivedAt'].flatMap((field) => {
    const from = before?.[field] ?? null;
    const to = after[field] ?? null;
    const nothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0) || JSON.stringify(value) === '{}';
    return JSON.stringify(from) === JSON.stringify(to) || (nothing(from) && nothing(to)) ? [] : [{ field, from, to }];
  });
