import type { Change } from '@aimwell/contract/home/endpoints';
import { columnOf } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { newId } from '../platform/ids.ts';
import { identifierSql } from '../platform/register/columns.ts';

interface Group {
  readonly register: string;
  readonly id: string;
  readonly command: string;
  readonly by: string | null;
  readonly at: string;
  readonly count: number;
}

/** The first id that an entry after this moment can have, a minute of clocks' difference allowed: ids grow with time. */
const firstIdAfter = (moment: Date): string => `${newId(moment.getTime() - 60_000).slice(0, 13)}-7000-8000-000000000000`;

/**
 * The last fifty deeds of so many days, from the trail. The same deed of the same person on the same kind of record on
 * the same day is one of them, with the number of records: an import of 2,133 systems is one line, not 2,133.
 */
export const readChanged = async (tx: Tx, context: Context, days: number): Promise<Change[]> => {
  const since = new Date(context.now.getTime() - days * 86_400_000);
  const readable = registers.filter((register) => holdsOneOf(context.actor.roles, register.permissions.read)).map(({ name }) => name);
  const groups = await tx.query<Group>(sql`
    select g.register, g.id, g.command, coalesce(p.name, k.name) as by, to_char(g.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, g.count from (
      select e.register, e.command, e.actor, max(e.at) as at, count(distinct e.record_id)::integer as count, (array_agg(e.record_id order by e.id desc))[1] as id
      from trail_entries e where e.organization_id = ${tx.organisationId}::uuid and e.id >= ${firstIdAfter(since)}::uuid and e.at >= ${since.toISOString()}::timestamptz
        and e.register = any(${readable}) and e.record_id is not null and e.command <> 'read'
      group by e.register, e.command, e.actor, (e.at at time zone ${context.organisation.timeZone})::date order by 4 desc limit 50) g
    left join people p on p.organization_id = ${tx.organisationId}::uuid and p.id = g.actor
    left join api_tokens k on k.organization_id = ${tx.organisationId}::uuid and k.id = g.actor order by g.at desc`);
  return withNames(tx, groups);
};

/** Adds identifier and title as they are now; a group whose record is gone is left out. */
const withNames = async (tx: Tx, groups: readonly Group[]): Promise<Change[]> => {
  const names = new Map<string, { readonly identifier: string; readonly title: string }>();
  for (const [name, some] of Map.groupBy(groups, ({ register }) => register)) {
    const register = registers.find((one) => one.name === name);
    const title = register?.fields[register.title];
    if (register === undefined || title === undefined) continue;
    const rows = await tx.query<{ id: string; identifier: string; title: string }>(sql`
      select t.id, ${identifierSql(register)} as identifier, coalesce(${sql.ref(`t.${columnOf(register.title, title)}`)}, '') as title
      from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.id = any(${some.map(({ id }) => id)}::uuid[])`);
    for (const { id, ...rest } of rows) names.set(`${name} ${id}`, rest);
  }
  return groups.flatMap((group) => {
    const about = names.get(`${group.register} ${group.id}`);
    return about === undefined ? [] : [{ ...group, ...about }];
  });
};
