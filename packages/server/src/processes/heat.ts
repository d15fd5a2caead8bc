import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { momentOf } from './moments.ts';

const checkMap = async (tx: Tx, id: string): Promise<void> => {
  const found = await tx.query(
    sql`select id from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
    'kept',
  );
  if (found.length === 0) throw notFound('process');
};

/**
 * JSON text: how many tokens stand at each node of a map, since when, and how many tasks there are overdue. Ends the transaction.
 * Overdue by the clock of the database: of that PostgreSQL knows how few are before it, of a parameter not, and then plans each time.
 */
export const heatOf = async (tx: Tx, mapId: string, versionId?: string): Promise<string> => {
  const versions = sql`select id from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${mapId}::uuid
    ${versionId === undefined ? sql`` : sql`and id = ${versionId}::uuid`}`;
  const [row] = await tx.query<{ found: boolean; json: string }>(
    sql`
    with versions as materialized (${versions}),
    standing as (select node, count(*) as count, min(since) as oldest, count(*) filter (where wait = 'incident') as incidents
      from process_tokens where organization_id = ${tx.organisationId}::uuid and version_id in (select id from versions) group by node),
    late as (select node, count(*) as overdue from process_tasks where organization_id = ${tx.organisationId}::uuid and version_id in (select id from versions)
      and state = 'open' and due_at < now() group by node)
    select json_build_object('items', coalesce(json_agg(json_build_object('node', s.node, 'count', s.count, 'oldest', ${momentOf('s.oldest')}, 'overdue', coalesce(l.overdue, 0), 'incidents', s.incidents)
      order by s.count desc, s.node), '[]'))::text as json,
      exists (select 1 from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${mapId}::uuid) as found
    from standing s left join late l on l.node = s.node`,
    'last',
  );
  if (row?.found !== true) throw notFound('process');
  return row.json;
};

/** JSON text: how long the tasks of a map took, by step. */
export const cycleTimesOf = async (tx: Tx, mapId: string): Promise<string> => {
  await checkMap(tx, mapId);
  const [row] = await tx.query<{ json: string }>(sql`
    with times as (select t.node, max(t.name) as name, count(*) as done, count(*) filter (where t.done_at > t.due_at) as late,
        percentile_cont(0.5) within group (order by extract(epoch from t.done_at - t.created_at)) as median,
        percentile_cont(0.9) within group (order by extract(epoch from t.done_at - t.created_at)) as p90, max(extract(epoch from t.done_at - t.created_at)) as longest
      from process_tasks t join process_versions v on v.organization_id = t.organization_id and v.id = t.version_id
      where t.organization_id = ${tx.organisationId}::uuid and v.map_id = ${mapId}::uuid and t.state = 'done' group by t.node)
    select json_build_object('items', coalesce(json_agg(row_to_json(times) order by median desc, node), '[]'))::text as json from times`);
  return row?.json ?? '{"items":[]}';
};
