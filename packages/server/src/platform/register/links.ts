import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { identifierSql } from './columns.ts';
import { loadRow } from './read.ts';
import { linkTable } from './ddl.ts';

export interface LinkedRecord {
  readonly register: string;
  readonly field: string;
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
  readonly state: string | null;
}

const ends = (register: Register) =>
  registers.flatMap((other) =>
    Object.entries(other.fields)
      .filter(([, field]) => (field.kind === 'reference' || field.kind === 'references') && field.to === register.name)
      .map(([name, field]) => ({ other, name, field })),
  );

/** Records that name this one, by register and field: the next links of its thread. At most 50 from each field. */
export const readIncomingLinks = async (tx: Tx, register: Register, id: string): Promise<LinkedRecord[]> => {
  await loadRow(tx, register, id);
  const parts = ends(register).map(({ other, name, field }): RawBuilder<unknown> => {
    const title = columnOf(other.title, other.fields[other.title] ?? { kind: 'text', max: 1 });
    const state = other.state === undefined ? sql`null::text` : sql.ref(`t.${columnOf(other.state, { kind: 'text', max: 1 })}`);
    const condition =
      field.kind === 'reference'
        ? sql`${sql.ref(`t.${columnOf(name, field)}`)} = ${id}::uuid`
        : sql`exists (select 1 from ${sql.table(linkTable(other, name, field))} l where l.organization_id = t.organization_id and l.record_id = t.id and l.value = ${id}::uuid)`;
    return sql`(select ${other.name}::text as register, ${name}::text as field, t.id, ${identifierSql(other)} as identifier, coalesce(${sql.ref(`t.${title}`)}, '') collate "C" as title, ${state} as state
      from ${sql.table(other.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${condition} order by t.number desc limit 50)`;
  });
  return parts.length === 0 ? [] : tx.query<LinkedRecord>(sql.join(parts, sql` union all `));
};
