import type { FlowDefinition, Nodes } from './definition.ts';

/** A flow as the picture sees it: one that leaves a boundary event leaves the activity it stands on. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly width: 0 | 1;
}

/** The activity a boundary event stands on; any other node is itself. */
export const hostOf = (nodes: Nodes, id: string): string => {
  const node = nodes[id];
  return node?.kind === 'boundary' ? node.at : id;
};

/**
 * The column of each node: the longest way to it from where nothing comes before, flows that lead back left aside. A node stands
 * in the same column as what it follows across lanes.
 */
export const columnsOf = (nodes: Nodes, flows: readonly FlowDefinition[]): ReadonlyMap<string, number> => {
  const ids = Object.keys(nodes).filter((id) => nodes[id]?.kind !== 'boundary');
  const steps = forward(
    ids,
    flows.map(({ from, to, across }) => ({ from: hostOf(nodes, from), to: hostOf(nodes, to), width: across === true ? 0 : 1 })),
  );
  const columns = new Map<string, number>();
  const columnOf = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const before = steps.filter(({ to }) => to === id).map(({ from, width }) => columnOf(from) + width);
    const column = Math.max(0, ...before) + (nodes[id]?.later ?? 0);
    columns.set(id, column);
    return column;
  };
  for (const id of ids) columnOf(id);
  return columns;
};

/** The flows without those that close a circle, seen from the nodes in their order. */
const forward = (ids: readonly string[], steps: readonly Step[]): readonly Step[] => {
  const state = new Map<string, 'open' | 'done'>();
  const kept: Step[] = [];
  const walk = (id: string): void => {
    state.set(id, 'open');
    for (const step of steps.filter(({ from }) => from === id)) {
      if (state.get(step.to) === 'open') continue;
      kept.push(step);
      if (!state.has(step.to)) walk(step.to);
    }
    state.set(id, 'done');
  };
  const starts = ids.filter((id) => steps.every(({ to, from }) => to !== id || from === id));
  for (const id of [...starts, ...ids]) if (!state.has(id)) walk(id);
  return kept;
};
