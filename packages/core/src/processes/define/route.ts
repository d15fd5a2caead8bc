import { borderPort, type BorderSpot, type Grid, point, type Port, portsOf, type Side } from './grid.ts';
import type { Cell } from './place.ts';
import { CROSSING, type Used, type Walk, walk } from './walk.ts';

/** One end of a line: a node of the map, or the pool of a partner. */
export type End =
  | { readonly kind: 'node'; readonly id: string; readonly cell: Cell; readonly gateway: boolean }
  | { readonly kind: 'border'; readonly id: string; readonly cell: Cell; readonly spot: BorderSpot }
  | { readonly kind: 'partner'; readonly edge: 'above' | 'below' };

export interface Line {
  readonly id: string;
  readonly from: Exclude<End, { kind: 'partner' }>;
  readonly to: End;
}

const leaving = (gateway: boolean): Readonly<Record<Side, number>> => ({
  right: 0,
  bottom: gateway ? 2 : 40,
  top: gateway ? 3 : 45,
  left: 400,
});
const entering = (gateway: boolean): Readonly<Record<Side, number>> => ({
  left: 0,
  bottom: gateway ? 10 : 40,
  top: gateway ? 9 : 39,
  right: 400,
});

const ROUNDS = 10;

export interface Routed {
  readonly walks: ReadonlyMap<string, Walk>;
  readonly cost: number;
}

/**
 * A walk for each line, drawn one after another; then the lines that cross others are drawn first, again and again, and the best
 * picture is kept. Always the same for the same map.
 */
export const route = (grid: Grid, lines: readonly Line[]): Routed => {
  let order = [...lines].sort((a, b) => span(a) - span(b));
  let best: Routed | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const routed = routeInOrder(grid, order);
    if (best === null || routed.cost < best.cost) best = routed;
    const costly = order.filter(({ id }) => (routed.walks.get(id)?.cost ?? 0) >= CROSSING / 3);
    if (costly.length === 0) break;
    order = [...costly, ...order.filter((line) => !costly.includes(line))];
    // A second time the same order would give the same picture.
    if (round % 2 === 1) order = [...order.slice(1), ...order.slice(0, 1)];
  }
  return best as Routed;
};

/** Short lines and those that run straight ahead first: they are what the eye follows. */
const span = ({ from, to }: Line): number => {
  if (to.kind === 'partner') return 4;
  const [columns, rows] = [to.cell.column - from.cell.column, Math.abs(to.cell.row - from.cell.row)];
  return Math.abs(columns) + rows * 1.5 + (columns < 0 ? 20 : 0) + (from.kind === 'border' ? 3 : 0);
};

const routeInOrder = (grid: Grid, order: readonly Line[]): Routed => {
  const used: Used = new Uint8Array(grid.across * grid.down);
  const busy = new Set<string>();
  const walks = new Map<string, Walk>();
  let cost = 0;
  for (const line of order) {
    const found = routeOne(grid, used, busy, line);
    walks.set(line.id, found);
    cost += found.cost;
    busy.add(found.from.key);
    if (found.to !== null) busy.add(found.to.key);
    mark(grid, used, found);
  }
  return { walks, cost };
};

const routeOne = (grid: Grid, used: Used, busy: ReadonlySet<string>, { from, to, id }: Line): Walk => {
  for (const shared of [false, true]) {
    const price = (port: Port) => (busy.has(port.key) ? 1500 : 0);
    const open = (port: Port) => shared || !busy.has(port.key);
    const starts = portsAt(grid, from)
      .filter(open)
      .map((port) => ({ port, cost: (from.kind === 'border' ? 0 : leaving(from.gateway)[port.side]) + price(port) }));
    const goals =
      to.kind === 'partner'
        ? [{ port: { edge: to.edge }, cost: 0 }]
        : portsAt(grid, to)
            .filter(open)
            .map((port) => ({ port, cost: (to.kind === 'border' ? 0 : entering(to.gateway)[port.side]) + price(port) }));
    const found = walk(grid, used, { starts, goals, shared });
    if (found !== null) return found;
  }
  throw new Error(`expected a way for ${id}, found none`);
};

const portsAt = (grid: Grid, end: Exclude<End, { kind: 'partner' }>): readonly Port[] =>
  end.kind === 'border' ? [borderPort(grid, end.id, end.cell, end.spot)] : portsOf(grid, end.id, end.cell);

const mark = (grid: Grid, used: Used, { points, from, to }: Walk): void => {
  const level = (side: Side) => side === 'left' || side === 'right';
  points.forEach(([x, y], index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    const comes = before === undefined ? level(from.side) : before[1] === y;
    const goes = after === undefined ? (to === null ? false : level(to.side)) : after[1] === y;
    const at = point(grid, x, y);
    used[at] = comes !== goes ? 4 : (used[at] as number) | (comes ? 1 : 2);
  });
};
