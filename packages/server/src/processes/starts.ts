import type { Graph } from '@aimwell/core/processes/graph';
import { nextDue, readRule } from '@aimwell/core/processes/timers';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';

interface Timer {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly text: string;
  readonly armed: string;
  readonly turn: number;
}

/** The start events of a version that something outside sets off. FEEL in them has no run to ask, so only plain texts count. */
const startsOf = (graph: Graph, context: Context): object[] =>
  (graph.scopes[graph.process]?.nodes ?? []).flatMap((id): object[] => {
    const node = graph.nodes[id];
    if (node?.kind !== 'start' || node.trigger === null) return [];
    const { trigger } = node;
    if (trigger.kind === 'message' || trigger.kind === 'signal')
      return [{ node: id, kind: trigger.kind, name: trigger.name, due: null, timer: null }];
    if (trigger.kind === 'conditional') return [{ node: id, kind: 'conditional', name: null, due: null, timer: null }];
    if (trigger.kind !== 'timer') return [];
    const { kind } = trigger.rule;
    const text =
      trigger.rule.kind === 'date' ? trigger.rule.at : trigger.rule.kind === 'duration' ? trigger.rule.duration : trigger.rule.cycle;
    const next = dueAfter({ kind, text, armed: context.now.toISOString(), turn: -1 }, context);
    return next === null ? [] : [{ node: id, kind: 'timer' as const, name: null, ...next }];
  });

/** When a timer of a start is due next, after what was missed; null when never again. */
export const dueAfter = (timer: Timer, context: Context): { readonly due: string; readonly timer: Timer } | null => {
  const zone = context.organisation.timeZone;
  const rule = readRule(timer.kind, timer.text, Date.parse(timer.armed), zone);
  const due = rule === null ? null : nextDue(rule, timer.turn + 1, context.now.getTime(), zone);
  return due === null ? null : { due: new Date(due.at).toISOString(), timer: { ...timer, turn: due.turn } };
};

/** Lets timers, messages, signals and conditions over records start runs of a version from now on. */
export const armStarts = async (tx: Tx, context: Context, versionId: string, graph: Graph | null): Promise<void> => {
  const starts = graph === null ? [] : startsOf(graph, context);
  if (starts.length === 0) return;
  await tx.query(sql`
    insert into process_starts (organization_id, version_id, node, kind, name, due, timer, register)
    select ${tx.organisationId}::uuid, ${versionId}::uuid, node, kind, r.name, due, timer, case kind when 'conditional' then m.register end
    from json_to_recordset(${JSON.stringify(starts)}::json) as r(node text, kind text, name text, due timestamptz, timer jsonb),
      process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.id = ${versionId}::uuid`);
};

export const disarmStarts = async (tx: Tx, versionId: string): Promise<void> => {
  await tx.query(sql`delete from process_starts where organization_id = ${tx.organisationId}::uuid and version_id = ${versionId}::uuid`);
};
