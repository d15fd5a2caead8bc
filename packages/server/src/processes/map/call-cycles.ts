import type { Graph } from '@aimwell/core/processes/graph';

/**
 * Processes that call each other in a circle, each circle once, by the names under which they are called. `maps` are the graphs of
 * an organisation by those names; what is called and not there ends its path,
 * and so does a call pinned to a version, which need not be the one in the circle (a run that goes too deep stops by itself).
 */
export const callCycles = (maps: ReadonlyMap<string, Graph>): readonly (readonly string[])[] => {
  const calls = new Map([...maps].map(([name, graph]) => [name, calledBy(graph)]));
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of calls.keys()) {
    // Depth first without recursion: the path so far, and what each of its members has still to call.
    const path: { readonly name: string; readonly left: string[] }[] = [];
    const enter = (name: string) => path.push({ name, left: [...(calls.get(name) ?? [])] });
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        done.add(top.name);
        path.pop();
      } else {
        const at = path.findIndex(({ name }) => name === next);
        if (at >= 0) cycles.push(path.slice(at).map(({ name }) => name));
        else if (!done.has(next) && calls.has(next)) enter(next);
      }
    }
  }
  return cycles;
};

const calledBy = ({ nodes }: Graph): readonly string[] => [
  ...new Set(Object.values(nodes).flatMap((node) => (node.kind === 'call' && node.version === null ? [node.called] : []))),
];
