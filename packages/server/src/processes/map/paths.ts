import type { Graph, Node } from '@aimwell/core/processes/graph';

type Ways = ReadonlyMap<string, readonly string[]>;

/** Where a token can go from each node: along flows, to the boundary events of an activity, from a link to its catch. */
const waysOf = ({ nodes, flows }: Graph): Ways => {
  const all = Object.values(nodes);
  const to = (node: Node): readonly string[] => [
    ...node.outgoing.flatMap((flow) => flows[flow]?.to ?? []),
    ...all.flatMap((other) => (other.kind === 'boundary' && other.attachedTo === node.id ? [other.id] : [])),
    ...(node.kind !== 'linkThrow'
      ? []
      : all.flatMap((other) => (other.kind === 'linkCatch' && other.link === node.link && other.scope === node.scope ? [other.id] : []))),
  ];
  return new Map(all.map((node) => [node.id, to(node)]));
};

const reachedFrom = (starts: readonly string[], ways: Ways): ReadonlySet<string> => {
  const found = new Set(starts);
  for (const id of found) for (const next of ways.get(id) ?? []) found.add(next);
  return found;
};

/** Where a scope begins: at its start events, else at everything that nothing leads to (BPMN 2.0 §13.2). */
const beginnings = (nodes: readonly Node[]): readonly string[] => {
  const starts = nodes.filter(({ kind }) => kind === 'start');
  const free = nodes.filter((node) => node.kind !== 'boundary' && node.kind !== 'linkCatch' && node.incoming.length === 0);
  const byEvent = nodes.filter((node) => node.kind === 'subProcess' && node.byEvent);
  return [...(starts.length > 0 ? starts : free), ...byEvent].map(({ id }) => id);
};

const scopesOf = ({ scopes, nodes }: Graph) =>
  Object.values(scopes).map(({ id, nodes: ids }) => ({ id, nodes: ids.flatMap((node) => nodes[node] ?? []) }));

/** Nodes at which no token can ever come, those inside a sub-process that is not reached included. */
export const unreached = (graph: Graph): ReadonlySet<string> => {
  const ways = waysOf(graph);
  const lost = new Set<string>();
  // Scopes stand outer before inner.
  for (const { id, nodes } of scopesOf(graph)) {
    const reached = lost.has(id) ? new Set<string>() : reachedFrom(beginnings(nodes), ways);
    for (const node of nodes) if (!reached.has(node.id)) lost.add(node.id);
  }
  return lost;
};

/** Nodes from which no way leads to an end, or to a step after which nothing is drawn. */
export const endless = (graph: Graph): ReadonlySet<string> => {
  const back = new Map<string, string[]>();
  for (const [from, next] of waysOf(graph)) for (const to of next) back.set(to, [...(back.get(to) ?? []), from]);
  const all = Object.values(graph.nodes);
  const last = all.filter(({ kind, outgoing }) => outgoing.length === 0 && kind !== 'linkThrow').map(({ id }) => id);
  const ending = reachedFrom(last, back);
  return new Set(all.flatMap(({ id }) => (ending.has(id) ? [] : [id])));
};
