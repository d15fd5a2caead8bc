import type { Graph, Node } from '@aimwell/core/processes/graph';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { calledNode } from './element.ts';

/** Where BPMN 2.0 lets no flow lead to or from. Drawn all the same, it would mean something else to each reader. */
const noFlowTo = (node: Node): string | null => {
  if (node.kind === 'start') return 'begins, so no flow can lead to it';
  if (node.kind === 'boundary') return 'sits at the border of a step, so no flow can lead to it';
  if (node.kind === 'linkCatch') return 'catches a link, so no flow can lead to it';
  return isByEvent(node) ? 'begins by its event, so no flow can lead to it' : null;
};
const noFlowFrom = (node: Node): string | null => {
  if (node.kind === 'end') return 'ends, so no flow can lead on from it';
  if (node.kind === 'linkThrow') return 'throws a link, so no flow can lead on from it';
  return isByEvent(node) ? 'begins by its event, so no flow can lead on from it' : null;
};
const isByEvent = (node: Node): boolean => node.kind === 'subProcess' && node.byEvent;
const isActivity = (node: Node | undefined): boolean =>
  node !== undefined && (node.kind === 'task' || node.kind === 'call' || (node.kind === 'subProcess' && !node.byEvent));

const faultOf = (
  node: Node,
  { nodes, flows }: Pick<Graph, 'nodes' | 'flows'>,
): readonly [code: string, why: string, remedy: string] | null => {
  const into = node.incoming.length > 0 ? noFlowTo(node) : null;
  if (into !== null) return ['FLOW_MISPLACED', into, 'Let the flow lead to another step.'];
  const out = node.outgoing.length > 0 ? noFlowFrom(node) : null;
  if (out !== null) return ['FLOW_MISPLACED', out, 'Take the flow out.'];
  if (node.kind === 'boundary') {
    const host = nodes[node.attachedTo];
    if (!isActivity(host) || host?.scope !== node.scope)
      return ['ATTACHED_TO_NO_STEP', 'is attached to what is no step beside it', 'Attach it to a task, sub-process or call.'];
  }
  if ('defaultFlow' in node && node.defaultFlow !== null && flows[node.defaultFlow]?.from !== node.id)
    return ['DEFAULT_NOT_ITS_OWN', 'names a way for all other cases that does not lead out of it', 'Choose one of its own ways out.'];
  return null;
};

/** Refusals of elements that stand where they cannot work: flows into starts, events at the border of a gateway, links caught twice. */
export const misplaced = (graph: Pick<Graph, 'nodes' | 'flows'>): Refusal[] => {
  const caught = new Set<string>();
  return Object.values(graph.nodes).flatMap((node): Refusal[] => {
    const fault = faultOf(node, graph);
    if (fault !== null) return [refusal(fault[0], `${calledNode(node)} ${fault[1]}`, fault[2], node.id)];
    if (node.kind !== 'linkCatch') return [];
    const link = JSON.stringify([node.scope, node.link]);
    if (!caught.has(link)) {
      caught.add(link);
      return [];
    }
    return [
      refusal(
        'LINK_CAUGHT_TWICE',
        `${calledNode(node)} catches the link "${node.link}" a second time`,
        'Give the two links names of their own.',
        node.id,
      ),
    ];
  });
};
