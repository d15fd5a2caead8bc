import { workers } from '@aimwell/core/processes/tasks';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';

/** A person as answers name one: null where there is none. `id` is a column such as `t.person_id`. */
export const personSql = (id: string): RawBuilder<unknown> =>
  sql`(select json_build_object('id', p.id, 'name', p.name) from people p where p.organization_id = ${sql.ref(`${id.split('.')[0]}.organization_id`)} and p.id = ${sql.ref(id)})`;

/** The record of a run, by the index of search; null where it has none. `i` is the run. */
export const recordSql = (i: string): RawBuilder<unknown> =>
  sql`(select json_build_object('register', s.register, 'id', s.record_id, 'identifier', s.identifier, 'title', s.title) from search_documents s
    where s.organization_id = ${sql.ref(`${i}.organization_id`)} and s.register = ${sql.ref(`${i}.register`)} and s.record_id = ${sql.ref(`${i}.record_id`)})`;

/** The record that the form of a task made or changed, as the history of its run tells; null where it is open or had no such form. `t` is the task. */
export const madeSql: RawBuilder<unknown> = sql`case when t.state = 'done' and t.step ->> 'form' is not null then
  (select json_build_object('register', s.register, 'id', s.record_id, 'identifier', s.identifier, 'title', s.title) from process_happenings l
    join search_documents s on s.organization_id = l.organization_id and s.register = l.detail -> 'record' ->> 'register' and s.record_id = (l.detail -> 'record' ->> 'id')::uuid
    where l.organization_id = t.organization_id and l.instance_id = t.instance_id and l.token = t.token and l.node = t.node and l.what = 'completed' and l.at = t.done_at
    order by l.line desc limit 1) end`;

/** `RUN-0001` of a number. */
export const runIdentifierSql = (column: string): RawBuilder<unknown> =>
  sql`'RUN-' || lpad(${sql.ref(column)}::text, greatest(4, length(${sql.ref(column)}::text)), '0')`;

export const mapRefSql = (m: string): RawBuilder<unknown> =>
  sql`json_build_object('id', ${sql.ref(`${m}.id`)}, 'key', ${sql.ref(`${m}.key`)}, 'name', ${sql.ref(`${m}.name`)})`;

/**
 * Open tasks that are late or due within so many days, as the home page lists dates: register, id, identifier, title, field, day,
 * person, role, and whether the reader has it or may take it. Tasks without a role are free for all who work. A run that is named
 * after its process and its record lends only the latter to the title.
 */
export const dueTasks = (tx: Tx, { actor, organisation, today }: Context, days: number): RawBuilder<unknown> => {
  const zone = organisation.timeZone;
  const free = holdsOneOf(actor.roles, workers) ? sql`t.role is null or t.role = any(${actor.roles as string[]}::text[])` : sql`false`;
  return sql`
    select 'process-tasks' as register, t.id, ${runIdentifierSql('i.number')} as identifier, t.name || ': ' || case when starts_with(i.title, m.name || ': ') then substr(i.title, length(m.name) + 3) else i.title end as title, 'dueAt' as field,
      (t.due_at at time zone ${zone})::date as date, t.person_id, case when t.person_id is null then t.role end as role,
      case when t.person_id is null then ${free} else coalesce(t.person_id = ${actor.personId}::uuid, false) end as mine
    from process_tasks t join process_instances i on i.organization_id = t.organization_id and i.id = t.instance_id
      join process_maps m on m.organization_id = i.organization_id and m.id = i.map_id
    where t.organization_id = ${tx.organisationId}::uuid and t.state = 'open'
      and t.due_at < ((${today}::date + ${days + 1}::integer)::timestamp at time zone ${zone})`;
};

/** A cursor as it travels: JSON in base64url; null for what is none. */
export const readCursor = (text: string | undefined): readonly unknown[] | null => {
  if (text === undefined) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(read) ? (read as unknown[]) : null;
  } catch {
    return null;
  }
};
export const writeCursor = (...parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

const inOffice = sql`w.status = 'active' and coalesce(w.valid_until, 'infinity') >= current_date`;
const atWork = sql`w.roles && ${workers as unknown as string[]}::text[]`;
const hasAccess = sql`w.organization_id = t.organization_id and ${inOffice}`;
/** Person `p` (alias of a row of people) has access, works with tasks and, unless that is null, holds the role. */
export const mayBeGiven = (p: RawBuilder<unknown>, role: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select 1 from memberships w where w.organization_id = ${p}.organization_id and w.person_id = ${p}.id and ${inOffice} and ${atWork} and (${role} is null or ${role} = any(w.roles)))`;
/** The task `t` is open and would wait for ever: nobody holds its role, or whoever has it has no access any more, or none that lets him do tasks. */
export const nobodyFor: RawBuilder<unknown> = sql`(t.state = 'open' and case when t.person_id is null
  then t.role is not null and not exists (select 1 from memberships w where ${hasAccess} and t.role = any(w.roles))
  else not exists (select 1 from memberships w where ${hasAccess} and ${atWork} and w.person_id = t.person_id) end)`;
