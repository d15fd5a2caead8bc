import type { taskEndpoints } from '@aimwell/contract/processes/tasks';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid } from '../platform/errors.ts';
import { momentOf } from './moments.ts';
import { madeSql, mapRefSql, nobodyFor, personSql, readCursor, recordSql, runIdentifierSql, writeCursor } from './reads.ts';

type Query = z.output<(typeof taskEndpoints)['list']['query'] & z.ZodType>;

/** Columns of a task as it is answered; `t` the task, `i` its run, `m` its map. */
export const taskColumns = (context: Context): RawBuilder<unknown> => sql`
  t.id, t.node, t.name, t.state, t.state = 'open' and i.status = 'suspended' as suspended, t.role, ${nobodyFor} as unstaffed, ${personSql('t.person_id')} as person, ${momentOf('t.claimed_at')} as "claimedAt",
  ${momentOf('t.created_at')} as "createdAt", ${momentOf('t.due_at')} as "dueAt", coalesce(t.due_at < coalesce(t.done_at, ${context.now.toISOString()}::timestamptz), false) as overdue,
  ${personSql('t.done_by')} as "doneBy", ${momentOf('t.done_at')} as "doneAt", t.step ->> 'form' as form, t.step -> 'evidence' as evidence, t.step -> 'references' as "references",
  t.step -> 'notBy' as "notBy", t.revision as version, ${mapRefSql('m')} as process,
  json_build_object('id', i.id, 'identifier', ${runIdentifierSql('i.number')}, 'title', i.title) as instance, coalesce(${madeSql}, ${recordSql('i')}) as record`;

export const taskTables = sql`process_tasks t join process_instances i on i.organization_id = t.organization_id and i.id = t.instance_id
  join process_maps m on m.organization_id = i.organization_id and m.id = i.map_id`;

/** Free for one of the roles, or given to the person. Tasks without a role are free for all who work. */
const mine = ({ actor }: Context) =>
  sql`(t.person_id = ${actor.personId}::uuid or (t.person_id is null and (t.role is null or t.role = any(${actor.roles as string[]}::text[]))))`;

/** JSON text of a page of tasks, by due date, those without one last. The page is found by index alone, then dressed. Ends the transaction. */
export const listTasks = async (tx: Tx, context: Context, query: Query): Promise<string> => {
  const where = [
    sql`t.organization_id = ${tx.organisationId}::uuid`,
    sql`t.state = ${sql.lit(query.state)}`,
    ...(query.role !== undefined
      ? [sql`t.role = ${query.role}`]
      : query.person !== undefined
        ? [sql`t.person_id = ${query.person}::uuid`]
        : query.who === 'me'
          ? [mine(context)]
          : []),
    ...(query.process === undefined
      ? []
      : [
          sql`t.version_id in (select id from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${query.process}::uuid)`,
        ]),
    ...(query.instance === undefined ? [] : [sql`t.instance_id = ${query.instance}::uuid`]),
    ...(query.overdue === undefined ? [] : [sql`t.due_at < ${context.now.toISOString()}::timestamptz`]),
    ...(query.unstaffed === undefined ? [] : [nobodyFor]),
    ...after(query.cursor),
  ];
  const rows = await tx.query<{ json: string; id: string; due: string | null }>(
    sql`
    with page as materialized (select t.id from process_tasks t where ${sql.join(where, sql` and `)} order by t.due_at, t.id limit ${sql.lit(query.limit + 1)})
    select row_to_json(x)::text as json, x.id, x."dueAt" as due from (select ${taskColumns(context)} from ${taskTables}
      where t.organization_id = ${tx.organisationId}::uuid and t.id in (select id from page) order by t.due_at, t.id) x`,
    'last',
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > query.limit && last !== undefined ? writeCursor(last.due, last.id) : null;
  return `{"items":[${page.map(({ json }) => json).join(',')}],"next":${JSON.stringify(next)}}`;
};

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const after = (cursor: string | undefined): RawBuilder<unknown>[] => {
  if (cursor === undefined) return [];
  const [due, id] = readCursor(cursor) ?? [];
  const isDue = due === null || (typeof due === 'string' && moment.test(due) && !Number.isNaN(Date.parse(due)));
  if (!isDue || typeof id !== 'string' || !uuid.test(id))
    throw invalid([
      {
        code: 'CURSOR',
        field: 'cursor',
        message: 'expected the cursor of a page before, got something else',
        remedy: 'Begin without a cursor.',
      },
    ]);
  if (due === null) return [sql`t.due_at is null and t.id > ${id}::uuid`];
  return [sql`(t.due_at > ${due}::timestamptz or t.due_at is null or (t.due_at = ${due}::timestamptz and t.id > ${id}::uuid))`];
};

/** JSON text: how many tasks are open, yours and in all. */
export const countTasks = async (tx: Tx, context: Context): Promise<string> => {
  const late = sql`t.due_at < ${context.now.toISOString()}::timestamptz`;
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('mine', count(*) filter (where ${mine(context)}), 'mineOverdue', count(*) filter (where ${mine(context)} and ${late}), 'open', count(*),
      'overdue', count(*) filter (where ${late}), 'unstaffed', count(*) filter (where ${nobodyFor}))::text as json
    from process_tasks t where t.organization_id = ${tx.organisationId}::uuid and t.state = 'open'`);
  return row?.json ?? '{}';
};

/** JSON text of what is attached to a run or to one of its tasks; `where` speaks of `e`. */
export const attachedSql = (where: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(json_build_object('id', e.evidence_id, 'identifier', s.identifier, 'title', s.title, 'kind', e.kind, 'task', e.task_id, 'node', k.node) order by e.at, e.evidence_id), '[]')
    from process_evidence e join process_tasks k on k.organization_id = e.organization_id and k.id = e.task_id
    join search_documents s on s.organization_id = e.organization_id and s.register = 'evidence' and s.record_id = e.evidence_id where ${where})`;
