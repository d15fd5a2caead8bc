import type { runEndpoints } from '@aimwell/contract/processes/runs';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { momentOf } from './moments.ts';
import { mapRefSql, nobodyFor, personSql, readCursor, recordSql, runIdentifierSql, writeCursor } from './reads.ts';
import { attachedSql, taskColumns, taskTables } from './task-reads.ts';

type Query = z.output<(typeof runEndpoints)['list']['query'] & z.ZodType>;

const runColumns = (context: Context): RawBuilder<unknown> => sql`
  i.id, ${runIdentifierSql('i.number')} as identifier, i.title, i.status, ${mapRefSql('m')} as process, json_build_object('id', v.id, 'number', v.number) as "processVersion",
  ${recordSql('i')} as record, i.parent_instance as parent, ${personSql('i.started_by')} as "startedBy", ${momentOf('i.started_at')} as "startedAt", ${momentOf('i.ended_at')} as "endedAt",
  (select count(*) from process_tasks t where t.organization_id = i.organization_id and t.instance_id = i.id and t.state = 'open') as "openTasks",
  (select count(*) from process_tasks t where t.organization_id = i.organization_id and t.instance_id = i.id and t.state = 'open' and t.due_at < ${context.now.toISOString()}::timestamptz) as "overdueTasks",
  (select count(*) from process_tasks t where t.organization_id = i.organization_id and t.instance_id = i.id and ${nobodyFor}) as "unstaffedTasks",
  (select count(*) from process_incidents c where c.organization_id = i.organization_id and c.instance_id = i.id and c.closed_at is null) as incidents,
  case when i.status = 'suspended' then (select json_build_object('reason', l.detail ->> 'reason', 'since', ${momentOf('l.at')}, 'by', ${personSql('l.actor')})
    from process_happenings l where l.organization_id = i.organization_id and l.instance_id = i.id and l.what = 'suspended' order by l.line desc limit 1) end as suspension, i.revision as version`;
const runTables = sql`process_instances i join process_maps m on m.organization_id = i.organization_id and m.id = i.map_id
  join process_versions v on v.organization_id = i.organization_id and v.id = i.version_id`;

/** JSON text of a page of runs, newest first. */
export const listRuns = async (tx: Tx, context: Context, query: Query): Promise<string> => {
  const before = query.cursor === undefined ? null : readCursor(query.cursor)?.[0];
  if (query.cursor !== undefined && (!Number.isSafeInteger(before) || Math.abs(Number(before)) > 2_147_483_647))
    throw invalid([
      {
        code: 'CURSOR',
        field: 'cursor',
        message: 'expected the cursor of a page before, got something else',
        remedy: 'Begin without a cursor.',
      },
    ]);
  const where = [
    sql`i.organization_id = ${tx.organisationId}::uuid`,
    ...(query.process === undefined ? [] : [sql`i.map_id = ${query.process}::uuid`]),
    ...(query.status === undefined ? [] : [sql`i.status = ${query.status}`]),
    ...(query.register === undefined ? [] : [sql`i.register = ${query.register}`]),
    ...(query.record === undefined ? [] : [sql`i.record_id = ${query.record}::uuid`]),
    ...(query.node === undefined
      ? []
      : [
          sql`exists (select 1 from process_tokens k where k.organization_id = i.organization_id and k.instance_id = i.id and k.node = ${query.node})`,
        ]),
    ...(query.cursor === undefined ? [] : [sql`i.number < ${Number(before)}`]),
  ];
  const rows = await tx.query<{ json: string; number: number }>(sql`
    select row_to_json(x)::text as json, n as number from (select ${runColumns(context)} from ${runTables} where ${sql.join(where, sql` and `)} order by i.number desc limit ${query.limit + 1}) x,
      lateral (select number as n from process_instances where organization_id = ${tx.organisationId}::uuid and id = x.id) y order by n desc`);
  const page = rows.slice(0, query.limit);
  const next = rows.length > query.limit ? writeCursor(page.at(-1)?.number) : null;
  return `{"items":[${page.map(({ json }) => json).join(',')}],"next":${JSON.stringify(next)}}`;
};

const mostLines = 2000;
const of = (alias: string) => sql`${sql.ref(`${alias}.organization_id`)} = i.organization_id and ${sql.ref(`${alias}.instance_id`)} = i.id`;

export const incidentSql = (c: string): RawBuilder<unknown> =>
  sql`json_build_object('id', ${sql.ref(`${c}.id`)}, 'instance', ${sql.ref(`${c}.instance_id`)}, 'token', ${sql.ref(`${c}.token`)}, 'node', ${sql.ref(`${c}.node`)}, 'code', ${sql.ref(`${c}.code`)},
    'message', ${sql.ref(`${c}.message`)}, 'openedAt', ${momentOf(`${c}.opened_at`)}, 'closedAt', ${momentOf(`${c}.closed_at`)})`;

/** JSON text of a run with all that runs and happened in it, and its revision. */
export const readRun = async (tx: Tx, context: Context, id: string): Promise<{ json: string; version: number }> => {
  const [row] = await tx.query<{ json: string; version: number }>(sql`
    select row_to_json(x)::text as json, x.version from (select ${runColumns(context)},
      coalesce((select s.variables from process_scopes s where ${of('s')} order by s.id limit 1), '{}') as variables,
      (select coalesce(json_agg(json_build_object('id', k.id, 'node', k.node, 'since', ${momentOf('k.since')}, 'wait', k.wait) order by k.id), '[]') from process_tokens k where ${of('k')}) as tokens,
      (select coalesce(json_agg(json_build_object('id', b.id, 'node', b.node, 'kind', b.kind, 'name', b.name, 'due', ${momentOf('b.due')}) order by b.id), '[]') from process_subscriptions b where ${of('b')}) as waits,
      (select coalesce(json_agg(row_to_json(y) order by y."createdAt", y.id), '[]') from (select ${taskColumns(context)} from ${taskTables}
        where t.organization_id = ${tx.organisationId}::uuid and t.instance_id = ${id}::uuid) y) as tasks,
      (select coalesce(json_agg(${incidentSql('c')} order by c.opened_at, c.id), '[]') from process_incidents c where ${of('c')} and c.closed_at is null) as "openIncidents",
      ${attachedSql(of('e'))} as attached,
      (select coalesce(json_agg(json_build_object('id', h.id, 'identifier', ${runIdentifierSql('h.number')}, 'status', h.status, 'token', h.parent_token) order by h.number), '[]')
        from process_instances h where h.organization_id = i.organization_id and h.parent_instance = i.id) as children,
      (select coalesce(json_agg(json_build_object('line', l.line, 'what', l.what, 'node', l.node, 'flow', l.flow, 'token', l.token, 'detail', l.detail,
          'actor', (select p.name from people p where p.organization_id = l.organization_id and p.id = l.actor), 'at', ${momentOf('l.at')}) order by l.line), '[]')
        from process_happenings l where ${of('l')} and l.line > i.lines - ${mostLines}) as history
      from ${runTables} where i.organization_id = ${tx.organisationId}::uuid and i.id = ${id}::uuid) x`);
  if (row === undefined) throw notFound('run');
  return row;
};

/** JSON text of what stopped and waits for somebody. */
export const listIncidents = async (tx: Tx): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(${incidentSql('c')} order by c.opened_at desc, c.id), '[]'))::text as json
    from (select * from process_incidents where organization_id = ${tx.organisationId}::uuid and closed_at is null order by opened_at desc, id limit 200) c`);
  return row?.json ?? '{"items":[]}';
};
