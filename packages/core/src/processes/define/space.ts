import type { FlowDefinition, Nodes } from './definition.ts';
import { columnLine, COLUMN_LINES, type Grid, levelTrack, rowLine, SIDE_LINE, uprightTrack } from './grid.ts';
import type { Cell, Placement } from './place.ts';
import { isGateway, isLabelledOutside, labelSize } from './shapes.ts';
import type { Walk } from './walk.ts';

/** The px of every line that is used, and where lanes meet. */
export interface Space {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly width: number;
  readonly height: number;
  /** Top of each lane, and the bottom of the last. */
  readonly laneEdges: readonly number[];
}

/** Between the pool and a partner's, where messages pass. */
export const PARTNER_GAP = 60;
const TRACK = 15;
const LABEL_AIR = 5;
const COLUMN_GAP = 46;
const EDGE_GAP = 34;
const ROW_GAP = 14;

export type Sizes = ReadonlyMap<string, { readonly width: number; readonly height: number }>;

export interface Spacing {
  readonly grid: Grid;
  readonly placement: Placement;
  readonly walks: readonly Walk[];
  readonly sizes: Sizes;
  readonly nodes: Nodes;
  readonly flows: readonly FlowDefinition[];
  /** Least height of each lane: its name must fit in. */
  readonly laneHeights: readonly number[];
}

/** Gives every line its place: columns and rows as large as what stands in them, channels as wide as the tracks that are used. */
export const spaceOf = (spacing: Spacing): Space => {
  const columns = columnPositions(spacing);
  return { ...columns, ...rowPositions(spacing) };
};

const columnPositions = ({ grid, placement, walks, sizes, nodes, flows }: Spacing) => {
  const { tracks } = grid;
  const x: number[] = [];
  let at = 0;
  const gaps = flowLabelGaps(placement.cells, nodes, flows, sizes);
  for (let channel = 0; channel <= placement.columns; channel += 1) {
    const used = tracksUsed(tracks, (track) => runsAlong(walks, 0, uprightTrack(tracks, channel, track)));
    const edge = channel === 0 || channel === placement.columns;
    const wide = Math.max(edge ? EDGE_GAP : COLUMN_GAP, (used.length + 1) * TRACK, gaps.get(channel) ?? 0);
    used.forEach((track, index) => {
      x[uprightTrack(tracks, channel, track)] = Math.round(at + ((index + 1) * wide) / (used.length + 1));
    });
    at += wide;
    if (channel === placement.columns) break;
    const inIt = [...placement.cells].filter(([, cell]) => cell.column === channel).map(([id]) => id);
    const width = Math.max(...inIt.map((id) => widthIn(id, nodes, sizes)), 2 * SIDE_LINE + 2);
    for (let line = 0; line < COLUMN_LINES; line += 1)
      x[columnLine(tracks, channel, line)] = Math.round(at + width / 2 + (line - 1) * SIDE_LINE);
    at += width;
  }
  return { x, width: Math.round(at) };
};

const widthIn = (id: string, nodes: Nodes, sizes: Sizes): number => {
  const node = nodes[id];
  const own = sizes.get(id)?.width ?? 0;
  return node !== undefined && isLabelledOutside(node) ? Math.max(own, labelSize(node.name).width) : own;
};

/** The channel right of a gateway holds the name of the way that goes on there. */
const flowLabelGaps = (cells: ReadonlyMap<string, Cell>, nodes: Nodes, flows: readonly FlowDefinition[], sizes: Sizes) => {
  const gaps = new Map<number, number>();
  for (const { from, name } of flows) {
    const [cell, node] = [cells.get(from), nodes[from]];
    if (name === undefined || cell === undefined || node === undefined || !isGateway(node)) continue;
    const slack =
      (Math.max(...[...cells].filter(([, { column }]) => column === cell.column).map(([id]) => widthIn(id, nodes, sizes))) - 50) / 2;
    gaps.set(cell.column + 1, Math.max(gaps.get(cell.column + 1) ?? 0, labelSize(name).width + 34 - slack));
  }
  return gaps;
};

const rowPositions = ({ grid, placement, walks, sizes, nodes, laneHeights }: Spacing) => {
  const { tracks } = grid;
  const y: number[] = [];
  const laneEdges: number[] = [0];
  let at = 0;
  for (let channel = 0; channel <= placement.rows; channel += 1) {
    const used = tracksUsed(tracks, (track) => runsAlong(walks, 1, levelTrack(tracks, channel, track)));
    const lane = placement.laneOfRow[channel];
    const border = channel > 0 && channel < placement.rows && lane !== placement.laneOfRow[channel - 1];
    // The border between two lanes takes the place of a track, so that no flow runs upon it.
    const lines: (number | 'border')[] = [...used];
    if (border) lines.splice(Math.ceil(used.length / 2), 0, 'border');
    const high = Math.max(ROW_GAP, (lines.length + 1) * TRACK * (lines.length === 0 ? 0 : 1));
    lines.forEach((line, index) => {
      const place = Math.round(at + ((index + 1) * high) / (lines.length + 1));
      if (line === 'border') laneEdges.push(place);
      else y[levelTrack(tracks, channel, line)] = place;
    });
    at += high;
    if (channel === placement.rows) break;
    const { above, below } = rowRoom(channel, placement, sizes, nodes);
    const missing = Math.max(0, (laneHeights[lane ?? 0] ?? 0) - ROW_GAP * 2 - (above + below)) / 2;
    const alone = placement.laneOfRow.filter((other) => other === lane).length === 1;
    y[rowLine(tracks, channel)] = Math.round(at + above + (alone ? missing : 0));
    at += above + below + (alone ? missing * 2 : 0);
  }
  return { y, height: Math.round(at), laneEdges: [...laneEdges, Math.round(at)] };
};

/** Room that a row needs above and below its middle: what stands in it with the names beside it. */
const rowRoom = (row: number, { cells }: Placement, sizes: Sizes, nodes: Nodes) => {
  let [above, below] = [40, 40];
  for (const [id, node] of Object.entries(nodes)) {
    const cell = cells.get(node.kind === 'boundary' ? node.at : id);
    if (cell?.row !== row) continue;
    const half = (sizes.get(node.kind === 'boundary' ? node.at : id)?.height ?? 0) / 2;
    const label = isLabelledOutside(node) ? labelSize(node.name).height + LABEL_AIR : 0;
    const onTop = node.kind === 'boundary' && node.side === 'top';
    const beside = node.kind === 'boundary' ? Math.max(20, label) : label;
    below = Math.max(below, half + (onTop ? 0 : beside));
    above = Math.max(above, half + (onTop || isGateway(node) ? beside : 0));
  }
  return { above, below };
};

const tracksUsed = (tracks: number, isUsed: (track: number) => boolean): readonly number[] =>
  Array.from({ length: tracks }, (_, track) => track).filter(isUsed);

/** True when a walk runs along the line: two of its points in a row lie on it. */
const runsAlong = (walks: readonly Walk[], axis: 0 | 1, line: number): boolean =>
  walks.some(({ points }) => points.some((at, index) => at[axis] === line && points[index + 1]?.[axis] === line));
