import type { Graph, Node } from './graph.ts';
import { boundariesOf } from './subscribe.ts';

/** Where a token can come next from a node: its flows, what begins inside it, its link; `exceptions`: also its boundary events. */
const nextOf = (graph: Graph, node: Node, exceptions: boolean): readonly string[] => {
  const out = node.outgoing.flatMap((flow) => graph.flows[flow]?.to ?? []);
  if (node.kind === 'linkThrow')
    out.push(
      ...Object.values(graph.nodes)
        .filter((other) => other.kind === 'linkCatch' && other.link === node.link && other.scope === node.scope)
        .map(({ id }) => id),
    );
  if (node.kind === 'subProcess') out.push(...beginningsIn(graph, node.id, exceptions));
  if (exceptions) out.push(...boundariesOf({ graph }, node.id).map(({ id }) => id));
  return out;
};

const beginningsIn = (graph: Graph, scope: string, exceptions: boolean): readonly string[] =>
  (graph.scopes[scope]?.nodes ?? []).filter((id) => {
    const node = graph.nodes[id];
    if (node === undefined || node.kind === 'boundary' || node.kind === 'linkCatch') return false;
    if (node.kind === 'subProcess' && node.byEvent) return exceptions;
    return node.incoming.length === 0;
  });

const walk = (graph: Graph, from: readonly string[], exceptions: boolean): Set<string> => {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph.nodes[id];
    if (node === undefined || found.has(id)) continue;
    found.add(id);
    open.push(...nextOf(graph, node, exceptions));
  }
  return found;
};

/** Every node that a run can still come to, given where its tokens stand; those nodes too where it can come back to them. */
export const reachableFrom = (graph: Graph, standing: ReadonlySet<string>): ReadonlySet<string> => {
  const from = [...standing].flatMap((id) => {
    const node = graph.nodes[id];
    if (node === undefined) return [];
    // What is inside a sub-process that runs stands for itself, by its own tokens.
    const next =
      node.kind === 'subProcess'
        ? nextOf(graph, node, true).filter((to) => graph.nodes[to]?.scope === node.scope)
        : nextOf(graph, node, true);
    return [...next, ...listening(graph, node.scope)];
  });
  return walk(graph, from, true);
};

/** Event sub-processes that listen while something stands in a scope or inside one of it. */
const listening = (graph: Graph, scope: string | null): readonly string[] =>
  scope === null ? [] : [...(graph.scopes[scope]?.eventSubProcesses ?? []), ...listening(graph, graph.scopes[scope]?.parent ?? null)];

interface Gone {
  /** Nodes that were done at least once. */
  readonly done: ReadonlySet<string>;
  /** Flows that were taken at least once. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Every node that a run was to come to by the regular way, given which way it went so far: from a node that is done by the flows that
 * were taken, from one that is not by each. Ways that a decision did not take, starts that it did not begin with, and what only an
 * exception leads to were not needed.
 */
export const wantedIn = (graph: Graph, { done, taken }: Gone): ReadonlySet<string> => {
  const begun = (id: string) => done.has(id) && graph.nodes[id]?.kind === 'start';
  const beginnings = beginningsIn(graph, graph.process, false);
  const from = beginnings.some(begun) ? beginnings.filter(begun) : beginnings;
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph.nodes[id];
    if (node === undefined || found.has(id)) continue;
    found.add(id);
    const outgoing = done.has(id) ? node.outgoing.filter((flow) => taken.has(flow)) : node.outgoing;
    open.push(...nextOf(graph, { ...node, outgoing }, false));
  }
  return found;
};
