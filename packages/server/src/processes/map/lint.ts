import type { Graph, Node } from '@aimwell/core/processes/graph';
import { processesOf, runIn } from './compile.ts';
import { type Element, extensionOf, labelOf, many, one, textOf, typeOf } from './element.ts';
import { endless, unreached } from './paths.ts';

/** What is wrong or could be better in a map. Errors keep it from running; warnings are advice. */
export interface MapProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Id of the element. */
  readonly element: string;
  readonly message: string;
  readonly remedy: string;
}

type Say = Omit<MapProblem, 'element'>;
const warning = (code: string, message: string, remedy: string): Say => ({ severity: 'warning', code, message, remedy });

/**
 * Judges a map that could run, in the order of its elements: steps that nothing leads to or from which no way ends (errors); steps
 * for nobody in particular, names that readers miss, ways that stop short (warnings). What cannot be compiled is `compile`'s to say.
 */
export const lintMap = (graph: Graph, definitions: Element): readonly MapProblem[] => {
  const nodes = Object.values(graph.nodes);
  const [lost, caught] = [unreached(graph), endless(graph)];
  const labelled = (node: Node, { message, ...rest }: Say): MapProblem => ({
    ...rest,
    element: node.id,
    message: `${nameOf(node)} ${message}`,
  });
  return [
    ...nodes.flatMap((node) => [
      ...(lost.has(node.id) ? [labelled(node, unreachable)] : caught.has(node.id) ? [labelled(node, neverEnds)] : []),
      ...[...ofPerson(node), ...ofGateway(node, graph), ...ofName(node), ...ofEnd(node)].map((say) => labelled(node, say)),
    ]),
    ...ofLanes(definitions, graph),
  ];
};

const nameOf = (node: Node): string => (node.name === null ? `"${node.id}"` : `"${node.name.slice(0, 80)}" (${node.id})`);

const unreachable: Say = {
  severity: 'error',
  code: 'UNREACHABLE',
  message: 'is never reached: nothing that starts leads to it',
  remedy: 'Draw a flow to it, or take it out.',
};
const neverEnds: Say = {
  severity: 'error',
  code: 'NEVER_ENDS',
  message: 'never comes to an end: every way from it leads back',
  remedy: 'Draw a way out of the circle.',
};

const ofPerson = (node: Node): readonly Say[] =>
  node.kind === 'task' && (node.task === 'user' || node.task === 'manual') && node.step.role === null
    ? [warning('NO_ROLE', 'names no role, so anybody may do it', 'Name a role for the step or for its lane.')]
    : [];

const ofGateway = (node: Node, { flows }: Graph): readonly Say[] => {
  if (node.kind !== 'gateway' || (node.gateway !== 'exclusive' && node.gateway !== 'inclusive') || node.outgoing.length < 2) return [];
  const bare = node.outgoing.filter((flow) => flows[flow]?.name === null);
  return [
    ...(node.name === null
      ? [warning('NO_QUESTION', 'does not say what is decided', 'Write the question as the name of the gateway.')]
      : []),
    ...(bare.length > 0
      ? [
          warning(
            'NO_ANSWER',
            `has ${bare.length === 1 ? 'a way' : `${bare.length} ways`} out without a name (${bare.join(', ')})`,
            'Write the answer on each way out.',
          ),
        ]
      : []),
    ...(node.defaultFlow === null
      ? [warning('NO_DEFAULT', 'stops as an incident when none of its conditions holds', 'Make one of its ways out the default.')]
      : []),
  ];
};

const ofName = (node: Node): readonly Say[] =>
  node.name === null && ['task', 'subProcess', 'call', 'catch', 'boundary'].includes(node.kind)
    ? [warning('NO_NAME', 'has no name', 'Name what is done or waited for.')]
    : [];

const ofEnd = (node: Node): readonly Say[] => {
  const aside = node.kind === 'end' || node.kind === 'linkThrow' || (node.kind === 'subProcess' && node.byEvent);
  return aside || node.outgoing.length > 0 ? [] : [warning('NO_END', 'leads nowhere', 'Draw a flow to the next step or to an end event.')];
};

const ofLanes = (definitions: Element, graph: Graph): readonly MapProblem[] => {
  const process = processesOf(definitions).find(({ id }) => id === graph.process);
  const walk = (set: Element): readonly Element[] =>
    many(set, 'lanes').flatMap((lane) => {
      const inner = one(lane, 'childLaneSet');
      return inner === null ? [lane] : walk(inner);
    });
  return many(process ?? definitions, 'laneSets')
    .flatMap(walk)
    .filter((lane) => hasPeople(lane) && textOf(extensionOf(lane, 'aims:Lane') ?? lane, 'role') === null)
    .map((lane) => ({
      ...warning('LANE_WITHOUT_ROLE', `${labelOf(lane)} stands for no role of the product`, 'Name the role of the lane.'),
      element: lane.id ?? '',
    }));
};

const hasPeople = (lane: Element): boolean =>
  many(lane, 'flowNodeRef').some((step) => ['UserTask', 'ManualTask', 'SubProcess'].includes(typeOf(step)));

/** Processes of the file beside the one that runs: a collaboration shows what partners do, and only one of them is ours to run. */
export const notRun = (definitions: Element): readonly MapProblem[] => {
  const run = runIn(definitions);
  return processesOf(definitions)
    .filter((process) => process !== run && many(process, 'flowElements').length > 0)
    .map((process) => ({
      ...warning(
        'OTHER_PROCESS',
        `${labelOf(process)} is kept and shown, not run: of a map one process runs, here ${run === null ? 'none' : labelOf(run)}`,
        'Where it is to run too, make it a map of its own.',
      ),
      element: process.id ?? '',
    }));
};
