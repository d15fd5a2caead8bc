import { type Grid, point, type Port, type Side } from './grid.ts';
import { createHeap } from './heap.ts';

/** How the flows drawn already use each point: 1 level, 2 upright, 3 two that cross, 4 a bend. */
export type Used = Uint8Array;

/** Where a walk begins: at a port, or anywhere along the upper or lower edge, where a partner's pool lies. */
export interface Goal {
  readonly port: Port | { readonly edge: 'above' | 'below' };
  readonly cost: number;
}

export interface Walk {
  /** Indices of lines, from the first point to the last. */
  readonly points: readonly (readonly [number, number])[];
  readonly from: Port;
  readonly to: Port | null;
  readonly cost: number;
}

const BEND = 60;
export const CROSSING = 3000;
const SHARED = 1500;
const directions = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
const outward: Readonly<Record<Side, number>> = { right: 0, bottom: 1, left: 2, top: 3 };

export interface Question {
  readonly starts: readonly { readonly port: Port; readonly cost: number }[];
  readonly goals: readonly Goal[];
  /** Allows lines to run upon each other, at a price: only where there is no other way. */
  readonly shared: boolean;
}

/**
 * The cheapest way over the grid by length, bends and crossings; null when there is none. It passes over no node, and upon no flow
 * unless that is allowed.
 */
export const walk = (grid: Grid, used: Used, { starts, goals, shared }: Question): Walk | null => {
  const count = grid.across * grid.down;
  const best = new Float64Array(count * 4).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(count * 4).fill(-1);
  const heap = createHeap();
  const ends = endsOf(grid, goals);
  for (const { port, cost } of starts) {
    const at = point(grid, port.x, port.y) * 4 + outward[port.side];
    if (cost < (best[at] as number)) {
      best[at] = cost;
      heap.push(at, cost);
    }
  }
  let found: Found | null = null;
  for (let next = heap.pop(); next !== null && (found === null || next.cost < found.cost); next = heap.pop()) {
    const { item: state, cost } = next;
    if (cost > (best[state] as number)) continue;
    const [at, heading] = [state >> 2, state & 3];
    const [x, y] = [at % grid.across, Math.floor(at / grid.across)];
    for (let turn = 0; turn < 4; turn += 1) {
      if (turn === (heading + 2) % 4) continue;
      const price = priceOf(used[at] as number, heading, turn, shared);
      if (price === null) continue;
      const goal = ends.get(at * 4 + turn);
      if (goal !== undefined && (found === null || cost + price + goal.cost < found.cost))
        found = { at: state, cost: cost + price + goal.cost, goal };
      const [dx, dy] = directions[turn] as readonly [number, number];
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= grid.across || ny >= grid.down) continue;
      const to = point(grid, nx, ny);
      if (grid.blocked[to] === 1) continue;
      const total = cost + price + lengthOf(grid, x, y, nx, ny);
      if (total < (best[to * 4 + turn] as number)) {
        best[to * 4 + turn] = total;
        before[to * 4 + turn] = state;
        heap.push(to * 4 + turn, total);
      }
    }
  }
  if (found === null) return null;
  return traced(grid, before, starts, found);
};

interface Found {
  readonly at: number;
  readonly cost: number;
  readonly goal: Goal;
}

/** The points of a walk that was found, back from its last. */
const traced = (grid: Grid, before: Int32Array, starts: Question['starts'], { at: last, cost, goal }: Found): Walk => {
  const points: [number, number][] = [];
  let state = last;
  for (;;) {
    const at = state >> 2;
    points.unshift([at % grid.across, Math.floor(at / grid.across)]);
    const earlier = before[state] as number;
    if (earlier < 0) break;
    state = earlier;
  }
  const [x, y] = points[0] as [number, number];
  const from = starts.find(({ port }) => port.x === x && port.y === y && outward[port.side] === (state & 3));
  if (from === undefined) throw new Error('expected a walk to begin at a port');
  return { points, from: from.port, to: 'key' in goal.port ? goal.port : null, cost };
};

/** Where a walk may end, by point and the direction in which it leaves the grid. */
const endsOf = (grid: Grid, goals: readonly Goal[]): ReadonlyMap<number, Goal> => {
  const ends = new Map<number, Goal>();
  for (const goal of goals) {
    const { port } = goal;
    if ('key' in port) ends.set(point(grid, port.x, port.y) * 4 + ((outward[port.side] + 2) % 4), goal);
    else
      for (let x = 0; x < grid.across; x += 1)
        ends.set(point(grid, x, port.edge === 'above' ? 0 : grid.down - 1) * 4 + (port.edge === 'above' ? 3 : 1), goal);
  }
  return ends;
};

/** What it costs to come to a point with one heading and leave it with another; null: not allowed. */
const priceOf = (use: number, heading: number, turn: number, shared: boolean): number | null => {
  const price = heading === turn ? 0 : BEND;
  if (use === 0) return price;
  if (heading === turn && use === (heading % 2 === 0 ? 2 : 1)) return price + CROSSING;
  return shared ? price + SHARED : null;
};

/** Lines beside the middle of a column are for boundary events: others take the middle. */
const lengthOf = (grid: Grid, x: number, y: number, nx: number, ny: number): number => {
  const within = (x % (grid.tracks + 3)) - grid.tracks;
  const aside = x === nx && (within === 0 || within === 2) ? 1.3 : 1;
  return aside * (Math.abs((grid.x[x] as number) - (grid.x[nx] as number)) + Math.abs((grid.y[y] as number) - (grid.y[ny] as number)));
};
