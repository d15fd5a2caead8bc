import type { Nodes } from './definition.ts';
import { columnLine, type Grid, rowLine, SIDE_LINE, type Side } from './grid.ts';
import { type NamedLine, spotOf } from './lines.ts';
import type { DrawnEdge, DrawnNode } from './picture.ts';
import type { Placement } from './place.ts';
import type { Box, Point } from './shapes.ts';
import { PARTNER_GAP, type Sizes, type Space } from './space.ts';
import type { Walk } from './walk.ts';

export interface Drawing {
  readonly nodes: Nodes;
  readonly placement: Placement;
  readonly sizes: Sizes;
  readonly space: Space;
  readonly grid: Grid;
}

/** Every node in the middle of its cell; boundary events on the border of their activity. */
export const drawNodes = ({ nodes, placement, sizes, space, grid }: Drawing): readonly DrawnNode[] => {
  const boxes = new Map<string, Box>();
  for (const [id, { column, row }] of placement.cells) {
    const { width = 0, height = 0 } = sizes.get(id) ?? {};
    const middle = { x: space.x[columnLine(grid.tracks, column, 1)] ?? 0, y: space.y[rowLine(grid.tracks, row)] ?? 0 };
    boxes.set(id, { x: middle.x - width / 2, y: middle.y - height / 2, width, height });
  }
  for (const [id, node] of Object.entries(nodes)) {
    if (node.kind !== 'boundary') continue;
    const host = boxes.get(node.at) as Box;
    const { side, line } = spotOf(nodes, id, node.at);
    const middle = { x: host.x + host.width / 2 + (line - 1) * SIDE_LINE, y: side === 'bottom' ? host.y + host.height : host.y };
    boxes.set(id, { x: middle.x - 18, y: middle.y - 18, width: 36, height: 36 });
  }
  return Object.entries(nodes).map(([id, node]) => ({ id, node, box: boxes.get(id) as Box, inside: null }));
};

/** The points of a flow from border to border, without those on a straight line. */
export const drawEdge = ({ id, from, to, kind, back }: NamedLine, walk: Walk, space: Space, drawn: readonly DrawnNode[]): DrawnEdge => {
  const boxOf = (node: string) => drawn.find((other) => other.id === node)?.box as Box;
  const bends = walk.points.filter((at, index) => isBend(walk, index, at));
  const px = ([x, y]: readonly [number, number]): Point => ({ x: space.x[x] ?? 0, y: space.y[y] ?? 0 });
  const first = walk.points[0] as readonly [number, number];
  const last = walk.points.at(-1) as readonly [number, number];
  const points = [
    atBorder(boxOf(from), walk.from.side, px(first)),
    ...bends.map(px),
    walk.to === null
      ? { x: px(last).x, y: last[1] === 0 ? -PARTNER_GAP : space.height + PARTNER_GAP }
      : atBorder(boxOf(to), walk.to.side, px(last)),
  ];
  return { id, from: back ? to : from, to: back ? from : to, kind, points: back ? points.toReversed() : points };
};

const isLevel = (side: Side): boolean => side === 'left' || side === 'right';

const isBend = ({ points, from, to }: Walk, index: number, [, y]: readonly [number, number]): boolean => {
  const [before, after] = [points[index - 1], points[index + 1]];
  const comes = before === undefined ? isLevel(from.side) : before[1] === y;
  const goes = after === undefined ? to !== null && isLevel(to.side) : after[1] === y;
  return comes !== goes;
};

const atBorder = ({ x, y, width, height }: Box, side: Side, at: Point): Point => {
  if (side === 'right') return { x: x + width, y: at.y };
  if (side === 'left') return { x, y: at.y };
  return side === 'top' ? { x: at.x, y } : { x: at.x, y: y + height };
};
