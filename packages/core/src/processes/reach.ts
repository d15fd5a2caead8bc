import type { Graph } from './graph.ts';

const kept = new WeakMap<Graph, Map<string, ReadonlyMap<string, ReadonlySet<string>>>>();

/**
 * For each node, the incoming flows of a joining gateway that a token standing there could still come by without passing
 * the gateway (BPMN 2.0 §13.4.3). The map never changes, so the answer is kept.
 */
export const reachOf = (graph: Graph, gateway: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const ofGraph = kept.get(graph) ?? new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  kept.set(graph, ofGraph);
  const known = ofGraph.get(gateway);
  if (known !== undefined) return known;
  const reach = new Map<string, Set<string>>();
  const before = predecessors(graph);
  for (const flow of graph.nodes[gateway]?.incoming ?? []) {
    const from = graph.flows[flow]?.from;
    const open = from === undefined ? [] : [from];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === gateway) continue;
      const flows = reach.get(node) ?? new Set<string>();
      if (flows.has(flow)) continue;
      reach.set(node, flows.add(flow));
      open.push(...(before.get(node) ?? []));
    }
  }
  ofGraph.set(gateway, reach);
  return reach;
};

/** Where a token at each node can have come from: flows, the activity of a boundary event, the throw of a link. */
const predecessors = (graph: Graph): ReadonlyMap<string, readonly string[]> => {
  const before = new Map<string, string[]>();
  const add = (node: string, from: string) => before.set(node, [...(before.get(node) ?? []), from]);
  const throws = new Map<string, string[]>();
  for (const flow of Object.values(graph.flows)) add(flow.to, flow.from);
  for (const node of Object.values(graph.nodes)) {
    if (node.kind === 'boundary') add(node.id, node.attachedTo);
    if (node.kind === 'linkThrow') throws.set(linkKey(node), [...(throws.get(linkKey(node)) ?? []), node.id]);
  }
  for (const node of Object.values(graph.nodes))
    if (node.kind === 'linkCatch') for (const from of throws.get(linkKey(node)) ?? []) add(node.id, from);
  return before;
};

const linkKey = ({ scope, link }: { readonly scope: string; readonly link: string }) => `${scope} ${link}`;
