import type { Graph } from '@aimwell/core/processes/graph';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { notFound, refused } from '../platform/errors.ts';
import { drawMap } from './map/draw/draw.ts';
import { readMap } from './map/read.ts';
import { shownSteps } from './map/shown-steps.ts';
import { inReach, saidOf, type StepLine } from './step-lines.ts';
import { momentOf } from './moments.ts';
import { mapRefSql, nobodyFor, personSql } from './reads.ts';

const mapColumns = (context: Context) => sql`
  m.id, m.key, m.name, m.description, m.register, m.clauses, m.shipped,
  (select json_build_object('id', v.id, 'number', v.number, 'approvedAt', ${momentOf('v.approved_at')}, 'executable', v.graph is not null)
    from process_versions v where v.organization_id = m.organization_id and v.map_id = m.id and v.state = 'approved') as "inForce",
  (select json_build_object('id', v.id, 'number', v.number, 'state', v.state)
    from process_versions v where v.organization_id = m.organization_id and v.map_id = m.id order by v.number desc limit 1) as newest,
  (select count(*) from process_versions v join process_instances i on i.organization_id = v.organization_id and i.version_id = v.id and i.status in ('active', 'suspended')
    where v.organization_id = m.organization_id and v.map_id = m.id) as running,
  (select count(*) from process_versions v join process_tasks t on t.organization_id = v.organization_id and t.version_id = v.id and t.state = 'open'
    where v.organization_id = m.organization_id and v.map_id = m.id) as "openTasks",
  (select count(*) from process_versions v join process_tasks t on t.organization_id = v.organization_id and t.version_id = v.id and t.state = 'open' and t.due_at < ${context.now.toISOString()}::timestamptz
    where v.organization_id = m.organization_id and v.map_id = m.id) as "overdueTasks",
  (select count(*) from process_versions v join process_tasks t on t.organization_id = v.organization_id and t.version_id = v.id and ${nobodyFor}
    where v.organization_id = m.organization_id and v.map_id = m.id) as "unstaffedTasks",
  (select count(*) from process_incidents c join process_instances i on i.organization_id = c.organization_id and i.id = c.instance_id
    where c.organization_id = m.organization_id and c.closed_at is null and i.map_id = m.id) as incidents`;

const versionColumns = sql`
  v.id, v.number, v.state, v.note, v.file_name as "fileName", v.sha256, v.graph is not null as executable, v.refusals, v.warnings, ${personSql('v.created_by')} as "createdBy",
  (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]') from people p where p.organization_id = v.organization_id and p.id = any(v.authors)) as authors,
  ${momentOf('v.created_at')} as "createdAt", ${momentOf('v.submitted_at')} as "submittedAt", v.approved_name as "approvedBy", ${momentOf('v.approved_at')} as "approvedAt",
  ${momentOf('v.retired_at')} as "retiredAt", v.revision as version,
  (select count(*) from process_instances i where i.organization_id = v.organization_id and i.version_id = v.id and i.status in ('active', 'suspended')) as running`;

/** JSON text of every map, by name. */
export const listMaps = async (tx: Tx, context: Context): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(row_to_json(x) order by x.name, x.key), '[]'))::text as json
    from (select ${mapColumns(context)} from process_maps m where m.organization_id = ${tx.organisationId}::uuid) x`);
  return row?.json ?? '{"items":[]}';
};

/** JSON text of a map with its versions, newest first. */
export const readMapView = async (tx: Tx, context: Context, id: string): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    select row_to_json(x)::text as json from (select ${mapColumns(context)},
      (select coalesce(json_agg(row_to_json(y) order by y.number desc), '[]') from (select ${versionColumns} from process_versions v
        where v.organization_id = m.organization_id and v.map_id = m.id) y) as versions
      from process_maps m where m.organization_id = ${tx.organisationId}::uuid and m.id = ${id}::uuid) x`);
  if (row === undefined) throw notFound('process');
  return row.json;
};

/** JSON text of a version with its XML and its steps, and its revision. */
export const readVersionView = async (tx: Tx, id: string): Promise<{ json: string; version: number }> => {
  const [row] = await tx.query<{ json: string; version: number; xml: string; graph: Graph | null }>(sql`
    select row_to_json(x)::text as json, x.version, x.xml, (select graph from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid) as graph
    from (select ${versionColumns}, ${mapRefSql('m')} as process, v.xml from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
      where v.organization_id = ${tx.organisationId}::uuid and v.id = ${id}::uuid) x`);
  if (row === undefined) throw notFound('version');
  return {
    json: `${row.json.slice(0, -1)},"steps":${JSON.stringify(row.graph === null ? await stepsShown(row.xml) : stepsOf(row.graph))}}`,
    version: row.version,
  };
};

/** The file of a version: as it came, or as this product writes it. */
export const readVersionFile = async (tx: Tx, id: string, form: 'xml' | 'original' | 'svg'): Promise<VersionFile> => {
  const [row] = await tx.query<{ file: Buffer; xml: string; file_name: string; name: string }>(sql`
    select v.file, v.xml, v.file_name, m.name from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.id = ${id}::uuid`);
  if (row === undefined) throw notFound('version');
  const fileName = row.file_name;
  if (form === 'original') return { bytes: row.file, type: 'application/xml', fileName };
  if (form === 'xml') return { bytes: Buffer.from(row.xml, 'utf8'), type: 'application/xml', fileName };
  const picture = await pictureOf(row.xml, row.name);
  return { bytes: Buffer.from(picture, 'utf8'), type: 'image/svg+xml', fileName: `${fileName.replace(/\.(?:bpmn|xml)$/i, '')}.svg` };
};

interface VersionFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly fileName: string;
}

/** The steps of a map that does not run: it is read all the same by whoever cannot see its drawing. */
const stepsShown = async (xml: string): Promise<StepLine[]> => {
  const read = await readMap(Buffer.from(xml, 'utf8'));
  return 'refused' in read ? [] : shownSteps(read.definitions);
};

const pictureOf = async (xml: string, title: string): Promise<string> => {
  const read = await readMap(Buffer.from(xml, 'utf8'));
  const picture = 'refused' in read ? null : drawMap(read.definitions, title);
  if (picture !== null) return picture;
  throw refused([
    refusal(
      'NO_DRAWING',
      'expected a map with a drawing, got one without',
      'Open it in the editor, place its steps and save a version.',
      'form',
    ),
  ]);
};

/** What is done, as a table for whoever cannot see the map: activities, gateways and events in the order in which a run can reach them. */
export const stepsOf = (graph: Graph): StepLine[] =>
  inReach(
    Object.values(graph.nodes).map((node) => ({
      begins: node.incoming.length === 0 && node.kind !== 'boundary',
      within: node.scope === graph.process ? null : node.scope,
      line: {
        id: node.id,
        name: node.name,
        kind: kindOf(node),
        lane: node.lane,
        ...saidOf(node.step),
        next: node.outgoing
          .flatMap((id) => graph.flows[id] ?? [])
          .map(({ to, condition }) => ({ id: to, name: graph.nodes[to]?.name ?? null, condition })),
      },
    })),
  );

const kindOf = (node: Graph['nodes'][string]): string => {
  if (node.kind === 'task') return `${node.task}Task`;
  if (node.kind === 'gateway') return `${node.gateway}Gateway`;
  if ('trigger' in node && node.trigger !== null) return `${node.kind}:${node.trigger.kind}`;
  if ('result' in node && typeof node.result === 'object' && node.result !== null) return `${node.kind}:${node.result.kind}`;
  return node.kind;
};
