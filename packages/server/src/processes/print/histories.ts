import type { Graph } from '@aimwell/core/processes/graph';
import { describeRun, type RunDescription, type Told } from '@aimwell/core/processes/overlay';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/database/pool.ts';
import { runnable } from '../graphs.ts';
import { momentOf } from '../moments.ts';
import { told } from '../overlay.ts';
import { mapRefSql, recordSql, runIdentifierSql } from '../reads.ts';

/** Runs of a pack: those of `records`, or all, as they stood at `until` (RFC 3339). */
export interface Chosen {
  readonly records: readonly string[] | null;
  readonly until: string;
}

/** A step that somebody did: who, and what was put there as evidence. */
export interface Done {
  readonly node: string;
  readonly by: string | null;
  readonly at: string | null;
  readonly due: string | null;
  readonly evidence: readonly string[];
}

export interface RunTold {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
  readonly process: { readonly key: string; readonly name: string };
  readonly number: number;
  readonly version: number;
  readonly versionId: string;
  readonly record: { readonly identifier: string; readonly title: string } | null;
  readonly startedBy: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly graph: Graph;
  readonly run: RunDescription;
  readonly done: readonly Done[];
}

/** Runs at once, and lines of their histories at once, unless a single one has more. */
const MOST = { runs: 200, lines: 40_000 };

export const chosenRuns = ({ records, until }: Chosen): RawBuilder<unknown> =>
  sql`i.started_at <= ${until}::timestamptz and ${records === null ? sql`true` : sql`i.id = any(${records as string[]}::uuid[])`}`;

type Head = Omit<RunTold, 'version' | 'versionId' | 'graph' | 'run' | 'done' | 'endedAt'> & {
  readonly lines: number;
  readonly zone: string;
};

const headsAfter = (tx: Tx, chosen: Chosen, after: number): Promise<Head[]> =>
  tx.query<Head>(sql`
    select i.id, ${runIdentifierSql('i.number')} as identifier, i.title, ${mapRefSql('m')} as process, i.number, i.lines, i.zone, ${recordSql('i')} as record,
      (select p.name from people p where p.organization_id = i.organization_id and p.id = i.started_by) as "startedBy", ${momentOf('i.started_at')} as "startedAt"
    from process_instances i join process_maps m on m.organization_id = i.organization_id and m.id = i.map_id
    where i.organization_id = ${tx.organisationId}::uuid and ${chosenRuns(chosen)} and i.number > ${after} order by i.number limit ${MOST.runs}`);

/** As many of them as have few enough lines together, one at least. */
const withFewLines = (heads: readonly Head[]): readonly Head[] => {
  let lines = 0;
  const end = heads.findIndex((head, index) => (lines += head.lines) > MOST.lines && index > 0);
  return end === -1 ? heads : heads.slice(0, end);
};

/** The runs after a number, as each one's history tells it up to the moment; null when there are none. Memory is that of one such page. */
export const runsAfter = async (
  tx: Tx,
  chosen: Chosen,
  after: number,
): Promise<{ readonly runs: readonly RunTold[]; readonly last: number } | null> => {
  const heads = withFewLines(await headsAfter(tx, chosen, after));
  const last = heads.at(-1)?.number;
  if (last === undefined) return null;
  const ids = heads.map(({ id }) => id);
  const until = sql`${chosen.until}::timestamptz`;
  const lines = await tx.query<{ run: string; version: string; line: Told }>(sql`
    select h.instance_id as run, h.version_id as version,
      jsonb_build_object('what', what, 'node', node, 'flow', flow, 'token', token, 'scope', scope, 'at', ${momentOf('at')}) || coalesce(detail, '{}') as line
    from process_happenings as h where organization_id = ${tx.organisationId}::uuid and instance_id = any(${ids}::uuid[])
      and what = any(${[...told, 'migrated']}) and at <= ${until} order by h.instance_id, h.line`);
  const done = await tx.query<Done & { readonly run: string }>(sql`
    select t.instance_id as run, t.node, ${momentOf('t.done_at')} as at, ${momentOf('t.due_at')} as due,
      (select p.name from people p where p.organization_id = t.organization_id and p.id = t.done_by) as by,
      coalesce((select json_agg(s.identifier order by e.at, s.identifier) from process_evidence e join search_documents s
        on s.organization_id = e.organization_id and s.register = 'evidence' and s.record_id = e.evidence_id
        where e.organization_id = t.organization_id and e.task_id = t.id and e.at <= ${until}), '[]') as evidence
    from process_tasks t where t.organization_id = ${tx.organisationId}::uuid and t.instance_id = any(${ids}::uuid[]) and t.state = 'done' and t.done_at <= ${until}
    order by t.done_at, t.id`);
  const linesOf = Map.groupBy(lines, ({ run }) => run);
  const doneOf = Map.groupBy(done, ({ run }) => run);
  const runs: RunTold[] = [];
  for (const { lines: _, zone, ...head } of heads) {
    const own = linesOf.get(head.id) ?? [];
    const version = own.at(-1)?.version;
    if (version === undefined) continue;
    const { graph, number } = await runnable(tx, version);
    const happened = own.map(({ line }) => line);
    const run = describeRun(graph, happened, { now: chosen.until, zone });
    const endedAt = happened.findLast(({ what }) => what === 'ended')?.at ?? null;
    runs.push({ ...head, version: number, versionId: version, graph, run, endedAt, done: doneOf.get(head.id) ?? [] });
  }
  return { runs, last };
};
