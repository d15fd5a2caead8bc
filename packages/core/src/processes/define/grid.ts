import type { Cell, Placement } from './place.ts';

/**
 * The lines along which flows may run: between columns and between rows several tracks, through each column its middle and two beside
 * it, through each row its middle. A flow is a walk over the points where they meet; which px they get is settled afterwards.
 */
export interface Grid {
  readonly tracks: number;
  readonly across: number;
  readonly down: number;
  /** Where a line would stand if all tracks were used: what lengths are measured by. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Points under nodes, by `point`. */
  readonly blocked: Uint8Array;
}

const TRACK_GAP = 8;
export const COLUMN_LINES = 3;
/** How far beside its middle the outer lines of a column run, in px. */
export const SIDE_LINE = 34;

export const point = (grid: Grid, x: number, y: number): number => y * grid.across + x;
/** Index of a line of a column: 0 left of the middle, 1 the middle, 2 right of it. */
export const columnLine = (tracks: number, column: number, line: number): number => column * (tracks + COLUMN_LINES) + tracks + line;
export const rowLine = (tracks: number, row: number): number => row * (tracks + 1) + tracks;
/** Index of a track in the channel left of a column; the channel after the last column counts too. */
export const uprightTrack = (tracks: number, channel: number, track: number): number => channel * (tracks + COLUMN_LINES) + track;
export const levelTrack = (tracks: number, channel: number, track: number): number => channel * (tracks + 1) + track;

export const gridOf = (placement: Placement, tracks: number): Grid => {
  const { columns, rows } = placement;
  const across = columns * (tracks + COLUMN_LINES) + tracks;
  const down = rows * (tracks + 1) + tracks;
  const grid: Grid = {
    tracks,
    across,
    down,
    x: positions(across, tracks, [130 / 2 - SIDE_LINE, SIDE_LINE, SIDE_LINE, 130 / 2 - SIDE_LINE]),
    y: positions(down, tracks, [45, 45]),
    blocked: new Uint8Array(across * down),
  };
  for (const { column, row } of placement.cells.values())
    for (let line = 0; line < COLUMN_LINES; line += 1)
      grid.blocked[point(grid, columnLine(tracks, column, line), rowLine(tracks, row))] = 1;
  return grid;
};

/** Lines of a channel stand close, those of a cell by the steps given; the same again for each cell. */
const positions = (count: number, tracks: number, steps: readonly number[]): readonly number[] => {
  const period = tracks + steps.length - 1;
  const found: number[] = [];
  for (let index = 0, at = 0; index < count; index += 1) {
    found.push(at);
    const within = index % period;
    at += within < tracks - 1 ? TRACK_GAP : (steps[within - tracks + 1] ?? TRACK_GAP);
  }
  return found;
};

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** A place at the border of a node where a flow may begin or end. */
export interface Port {
  /** Two flows never share a port. */
  readonly key: string;
  readonly side: Side;
  readonly x: number;
  readonly y: number;
}

/** The four ports of a node; or, for a boundary event, its one port on the line it stands on. */
export const portsOf = (grid: Grid, id: string, { column, row }: Cell): readonly Port[] => {
  const { tracks } = grid;
  const middle = columnLine(tracks, column, 1);
  return [
    { key: `${id} right`, side: 'right', x: uprightTrack(tracks, column + 1, 0), y: rowLine(tracks, row) },
    { key: `${id} left`, side: 'left', x: uprightTrack(tracks, column, tracks - 1), y: rowLine(tracks, row) },
    { key: `${id} bottom`, side: 'bottom', x: middle, y: levelTrack(tracks, row + 1, 0) },
    { key: `${id} top`, side: 'top', x: middle, y: levelTrack(tracks, row, tracks - 1) },
  ];
};

/** Where a boundary event stands: the border, and the line of the column, right of the middle first, then left of it. */
export interface BorderSpot {
  readonly side: 'top' | 'bottom';
  readonly line: 0 | 2;
}
export const borderLines = [2, 0] as const;

export const borderPort = (grid: Grid, id: string, { column, row }: Cell, { side, line }: BorderSpot): Port => ({
  key: `${id} ${side}`,
  side,
  x: columnLine(grid.tracks, column, line),
  y: side === 'bottom' ? levelTrack(grid.tracks, row + 1, 0) : levelTrack(grid.tracks, row, grid.tracks - 1),
});
