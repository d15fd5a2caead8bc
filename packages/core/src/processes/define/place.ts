import { columnsOf, hostOf } from './columns.ts';
import type { FlowDefinition, LaneDefinition, Nodes } from './definition.ts';

export interface Cell {
  readonly column: number;
  readonly row: number;
}

export interface Placement {
  /** Boundary events have none: they stand on their activity. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly columns: number;
  readonly rows: number;
  /** Index of the lane of each row; all 0 without lanes. */
  readonly laneOfRow: readonly number[];
}

/** A cell for each node: its column, and in its lane the line asked for, else that of what comes before it, else the first free. */
export const place = (nodes: Nodes, flows: readonly FlowDefinition[], lanes: readonly LaneDefinition[]): Placement => {
  const columns = columnsOf(nodes, flows);
  const laneOf = (id: string) =>
    Math.max(
      0,
      lanes.findIndex((lane) => lane.id === nodes[id]?.lane),
    );
  const lines = new Map<string, number>();
  const taken = new Set<string>();
  const spot = (id: string, line: number) => `${laneOf(id)}/${columns.get(id)}/${line}`;
  const take = (id: string, wanted: number) => {
    let line = wanted;
    while (taken.has(spot(id, line))) line += 1;
    lines.set(id, line);
    taken.add(spot(id, line));
  };
  const lineBefore = (id: string): number => {
    const before = flows
      .filter(({ to }) => to === id)
      .map(({ from }) => hostOf(nodes, from))
      .flatMap((from) => (laneOf(from) === laneOf(id) ? (lines.get(from) ?? []) : []));
    return before.length === 0 ? 0 : Math.min(...before);
  };
  const inOrder = [...columns.keys()].sort((a, b) => (columns.get(a) ?? 0) - (columns.get(b) ?? 0));
  for (const id of inOrder) if (nodes[id]?.line !== undefined) take(id, nodes[id].line);
  for (const id of inOrder) if (!lines.has(id)) take(id, lineBefore(id));

  const heights = Array.from({ length: Math.max(1, lanes.length) }, (_, lane) =>
    Math.max(1, ...inOrder.filter((id) => laneOf(id) === lane).map((id) => (lines.get(id) ?? 0) + 1)),
  );
  const firstRow = heights.map((_, lane) => heights.slice(0, lane).reduce((sum, height) => sum + height, 0));
  return {
    cells: new Map(inOrder.map((id) => [id, { column: columns.get(id) ?? 0, row: (firstRow[laneOf(id)] ?? 0) + (lines.get(id) ?? 0) }])),
    columns: Math.max(0, ...columns.values()) + 1,
    rows: heights.reduce((sum, height) => sum + height, 0),
    laneOfRow: heights.flatMap((height, lane) => Array.from({ length: height }, () => lane)),
  };
};
