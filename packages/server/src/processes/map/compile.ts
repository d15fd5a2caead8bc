import type { Flow, Graph, Node, Place, Scope } from '@aimwell/core/processes/graph';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { bodyOf, calledNode, type Element, labelOf, many, one, shortened, textOf, typeOf } from './element.ts';
import { leftOutOf } from './left-out.ts';
import { misplaced } from './misplaced.ts';
import { isNotExecutable, nodeOf, type NotExecutable } from './nodes.ts';
import { lanesOf, stepOf } from './step.ts';

/** Elements of a process that carry no tokens: drawn, kept, and passed over. */
export const carriesNothing: ReadonlySet<string> = new Set(['DataObject', 'DataObjectReference', 'DataStoreReference', 'SequenceFlow']);

export const processesOf = (definitions: Element): readonly Element[] =>
  many(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Process');

/** The process of a map that is run: the one named, the one marked executable, or the first with steps. */
export const runIn = (definitions: Element, wanted?: string): Element | null => {
  const all = processesOf(definitions);
  return (
    all.find(({ id }) => id === wanted) ??
    all.find((candidate) => candidate['isExecutable'] === true) ??
    all.find((candidate) => many(candidate, 'flowElements').length > 0) ??
    null
  );
};

/**
 * The graph that the engine runs, of one process of a map: the one named, the one marked executable, or the only one. Refused is
 * everything in it that is not executed, each element by its name and id; the map can still be kept and shown.
 */
export const compile = (definitions: Element, wanted?: string): { readonly graph: Graph } | { readonly refused: readonly Refusal[] } => {
  const process = runIn(definitions, wanted);
  if (process?.id === undefined)
    return { refused: [refusal('NO_PROCESS', 'expected a process with steps, got none', 'Draw at least a start, a step and an end.')] };
  const found = collect(process);
  const refused = [
    ...[...leftOutOf(definitions, process), ...found.not].map(({ element, why }) =>
      refusal('NOT_EXECUTABLE', `${element} ${why}`, 'Replace this element, or publish the map as documentation only.', element),
    ),
    ...unsound(found),
    ...misplaced(found),
  ];
  if (refused.length > 0) return { refused };
  return {
    graph: {
      process: process.id,
      name: textOf(process, 'name') ?? process.id,
      scopes: found.scopes,
      nodes: found.nodes,
      flows: found.flows,
    },
  };
};

interface Found extends Pick<Graph, 'process'> {
  readonly scopes: Record<string, Scope>;
  readonly nodes: Record<string, Node>;
  readonly flows: Record<string, Flow>;
  readonly not: NotExecutable[];
}

const collect = (process: Element): Found => {
  const found: Found = { process: process.id ?? '', scopes: {}, nodes: {}, flows: {}, not: [] };
  const lanes = lanesOf(process);
  const flowIds = numberFlows(process, found);
  const walk = (container: Element, parent: string | null) => {
    const id = container.id ?? '';
    const inside = many(container, 'flowElements');
    const flowNodes = inside.filter((element) => !carriesNothing.has(typeOf(element)));
    found.scopes[id] = {
      id,
      parent,
      nodes: flowNodes.flatMap((element) => (element.id === undefined ? [] : [element.id])),
      eventSubProcesses: flowNodes.filter((element) => element['triggeredByEvent'] === true).map((element) => element.id ?? ''),
    };
    for (const element of flowNodes) {
      // Steps inside a sub-process belong to the lane that it stands in.
      const lane = laneAround(element, lanes);
      const place: Place = {
        id: element.id ?? '',
        name: textOf(element, 'name'),
        scope: id,
        lane: lane === null ? null : textOf(lane, 'name'),
        incoming: flowIds.to.get(element) ?? [],
        outgoing: flowIds.from.get(element) ?? [],
        step: stepOf(element, lane),
      };
      if (element.id === undefined) found.not.push({ element: labelOf(element), why: 'has no id' });
      const built = nodeOf(element, place);
      if (isNotExecutable(built)) found.not.push(built);
      else found.nodes[built.id] = built;
      if (typeOf(element) === 'SubProcess') walk(element, id);
    }
  };
  walk(process, null);
  return found;
};

const laneAround = (element: Element, lanes: ReadonlyMap<string, Element>): Element | null =>
  lanes.get(element.id ?? '') ??
  (element.$parent === undefined || element.$parent.$type === 'bpmn:Process' ? null : laneAround(element.$parent, lanes));

interface FlowIds {
  readonly from: Map<Element, string[]>;
  readonly to: Map<Element, string[]>;
}

/** Sequence flows may come without ids; they get the same one each time the map is read. */
const numberFlows = (process: Element, found: Found): FlowIds => {
  const ids: FlowIds = { from: new Map(), to: new Map() };
  const add = (map: Map<Element, string[]>, element: Element, id: string) => {
    const list = map.get(element);
    if (list === undefined) map.set(element, [id]);
    else list.push(id);
  };
  let count = 0;
  const walk = (container: Element) => {
    for (const element of many(container, 'flowElements')) {
      if (typeOf(element) === 'SequenceFlow') {
        const [source, target] = [one(element, 'sourceRef'), one(element, 'targetRef')];
        const id = element.id ?? `flow-${source?.id}-${target?.id}-${count}`;
        const why = whyNoFlow(container, source, target);
        if (why !== null) found.not.push({ element: labelOf(element), why });
        else if (source?.id !== undefined && target?.id !== undefined) {
          count += 1;
          add(ids.from, source, id);
          add(ids.to, target, id);
          const condition = bodyOf(element, 'conditionExpression');
          found.flows[id] = { id, name: textOf(element, 'name'), from: source.id, to: target.id, condition };
        }
      } else if (typeOf(element) === 'SubProcess') walk(element);
    }
  };
  walk(process);
  return ids;
};

const whyNoFlow = (container: Element, source: Element | null, target: Element | null): string | null => {
  if (source?.id === undefined || target?.id === undefined) return 'leads from or to nothing';
  if (source.$parent !== container || target.$parent !== container) return 'leads over the border of its process or sub-process';
  return [source, target].some((end) => carriesNothing.has(typeOf(end))) ? 'leads from or to what is no step' : null;
};

/** What makes a map of executable elements still one that cannot run. */
const unsound = ({ nodes, scopes, flows }: Found): Refusal[] => {
  const all = Object.values(nodes);
  const say = (code: string, node: Node, why: string, remedy: string) => refusal(code, `${calledNode(node)} ${why}`, remedy, node.id);
  return all.flatMap((node): Refusal[] => {
    if (
      node.kind === 'linkThrow' &&
      !all.some((other) => other.kind === 'linkCatch' && other.link === node.link && other.scope === node.scope)
    )
      return [
        say(
          'LINK_LEADS_NOWHERE',
          node,
          `throws the link "${node.link}", which nothing catches beside it`,
          'Add the catching link in the same process.',
        ),
      ];
    if (node.kind === 'gateway' && node.gateway === 'eventBased' && node.outgoing.some((flow) => !waits(nodes[flows[flow]?.to ?? ''])))
      return [say('NOT_AN_EVENT', node, 'leads to something that is no event', 'Let it lead to catching events and receive tasks only.')];
    if (node.kind === 'gateway' && (node.gateway === 'exclusive' || node.gateway === 'inclusive') && node.outgoing.length > 1) {
      const bare = node.outgoing.filter((flow) => flow !== node.defaultFlow && flows[flow]?.condition === null);
      if (bare.length > 0)
        return [
          say(
            'NO_CONDITION',
            node,
            `has ${bare.length === 1 ? 'a way' : `${bare.length} ways`} out without a condition: to ${bare.map((flow) => targetOf(flow, { nodes, flows })).join(', ')}`,
            'Write a condition on each way out, or make one of them the default.',
          ),
        ];
    }
    if (node.kind === 'subProcess' && node.byEvent && startsIn(scopes[node.id], nodes).every((start) => start.trigger === null))
      return [say('NO_START', node, 'has no event that starts it', 'Give its start event a trigger.')];
    return [];
  });
};

const targetOf = (flow: string, { nodes, flows }: Pick<Found, 'nodes' | 'flows'>): string => {
  const to = flows[flow]?.to ?? '';
  return `"${shortened(nodes[to]?.name ?? to)}"`;
};

const waits = (node: Node | undefined): boolean => node?.kind === 'catch' || (node?.kind === 'task' && node.task === 'receive');
const startsIn = (scope: Scope | undefined, nodes: Readonly<Record<string, Node>>) =>
  (scope?.nodes ?? []).flatMap((id) => {
    const node = nodes[id];
    return node?.kind === 'start' ? [node] : [];
  });
