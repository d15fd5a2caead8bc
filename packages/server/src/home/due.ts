import type { DueItem } from '@aimwell/contract/home/endpoints';
import { columnOf } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { dueTasks } from '../processes/reads.ts';
import { type DueSource, dueSources } from './sources.ts';

/** How far ahead dates are shown, in days. */
export const dueWithin = 90;

const dateOf = (tx: Tx, { register, field, owner, open }: DueSource, { actor, today }: Context) => {
  const column = (name: string) => {
    const declared = register.fields[name];
    if (declared === undefined) throw new Error(`${register.name} has no field ${name}`);
    return sql.ref(`t.${columnOf(name, declared)}`);
  };
  return sql`
    select ${sql.lit(register.name)} as register, t.id, ${identifierSql(register)} as identifier, coalesce(${column(register.title)}, '') as title,
      ${sql.lit(field)} as field, ${column(field)} as date, ${column(owner)} as person_id, null::text as role,
      coalesce(${column(owner)} = ${actor.personId}::uuid, false) as mine
    from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${column(field)} <= ${today}::date + ${dueWithin}::integer and ${open}`;
};

export interface Due {
  readonly items: DueItem[];
  readonly total: number;
  readonly late: number;
  readonly mine: number;
}

/** Every date that is late or near, one query over all registers and the tasks of processes; `onlyMine` leaves out what others answer for. */
export const readDueDates = async (tx: Tx, context: Context, limit: number, onlyMine = false): Promise<Due> => {
  const dates = dueSources.map((source) => dateOf(tx, source, context));
  // Tasks have no past: which were open on a day stands in the history of their runs.
  const every = sql.join(tx.asOf === null ? [...dates, dueTasks(tx, context, dueWithin)] : dates, sql` union all `);
  const [row] = await tx.query<Due>(sql`
    with d as materialized (select d.* from (${every}) d ${onlyMine ? sql`where d.mine` : sql``}),
    first as (select * from d order by mine desc, date, register, identifier limit ${limit})
    select (select count(*) from d)::integer as total, (select count(*) from d where date < ${context.today}::date)::integer as late,
      (select count(*) from d where mine)::integer as mine,
      coalesce((select json_agg(json_build_object('register', f.register, 'id', f.id, 'identifier', f.identifier, 'title', f.title, 'field', f.field,
        'date', f.date::text, 'person', p.name, 'role', f.role, 'mine', f.mine) order by f.mine desc, f.date, f.register, f.identifier)
        from first f left join people p on p.organization_id = ${tx.organisationId}::uuid and p.id = f.person_id), '[]'::json) as items`);
  return row ?? { items: [], total: 0, late: 0, mine: 0 };
};
