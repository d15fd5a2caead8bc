import type { FlowDefinition, MessageDefinition } from './definition.ts';
import { edgeIds, type DrawnEdge, type DrawnLabel, type DrawnNode, type Picture } from './picture.ts';
import { type Box, crossesBox, isEvent, isLabelledOutside, labelSize, overlap, type Point } from './shapes.ts';

const AIR = 4;
/** The stroke across a default flow lies so far behind its beginning. */
const MARK = 18;

/** Names of events, gateways and flows beside what they name: of several places the first that is free, else the least crowded one. */
export const placeLabels = (
  picture: Pick<Picture, 'nodes' | 'edges'>,
  flows: readonly FlowDefinition[],
  messages: readonly MessageDefinition[],
): readonly DrawnLabel[] => {
  const labels: DrawnLabel[] = [];
  const put = (of: string, places: readonly Box[]) => {
    const crowd = places.map((box) => crowdAt(box, picture, labels));
    const box = places[crowd.indexOf(Math.min(...crowd))];
    if (box !== undefined) labels.push({ of, box });
  };
  for (const drawn of picture.nodes) if (isLabelledOutside(drawn.node)) put(drawn.id, placesBeside(drawn));
  const named = [
    ...edgeIds('flow', flows).map((id, index) => ({ id, name: flows[index]?.name })),
    ...edgeIds('message', messages).map((id, index) => ({ id, name: messages[index]?.name })),
  ];
  for (const { id, name } of named) {
    const edge = picture.edges.find((other) => other.id === id);
    if (name !== undefined && edge !== undefined) put(id, placesAlong(edge, name));
  }
  return labels;
};

/** How much a label at this place would collide with. */
const crowdAt = (box: Box, { nodes, edges }: Pick<Picture, 'nodes' | 'edges'>, labels: readonly DrawnLabel[]): number =>
  nodes.filter((node) => overlap(node.box, box, 1)).length * 3 +
  labels.filter((label) => overlap(label.box, box, 2)).length * 3 +
  edges.flatMap(({ points }) => points.slice(1).map((to, index) => crossesBox(points[index] as Point, to, box))).filter(Boolean).length;

const placesBeside = ({ node, box }: DrawnNode): readonly Box[] => {
  const size = labelSize(node.name);
  const middle = box.x + box.width / 2;
  const at = (x: number, y: number): Box => ({ x: Math.round(x), y: Math.round(y), ...size });
  const [above, below] = [box.y - size.height - AIR, box.y + box.height + AIR];
  const [left, right] = [middle - size.width - AIR - 2, middle + AIR + 2];
  const centred = middle - size.width / 2;
  if (node.kind === 'boundary') {
    const [before, behind] = [box.x - size.width - 2, box.x + box.width + 2];
    const [under, over] = [box.y + box.height / 2 + AIR, box.y + box.height / 2 - size.height - AIR];
    if (node.side === 'top') return [at(behind, over), at(before, over), at(right, above), at(left, above)];
    return [at(behind, under), at(before, under), at(behind, over), at(before, over), at(right, below), at(left, below)];
  }
  const upright = isEvent(node) ? [at(centred, below), at(centred, above)] : [at(centred, above), at(centred, below)];
  // Else beside a flow that leaves at the top or the bottom.
  return [...upright, at(left, above), at(right, above), at(left, below), at(right, below)];
};

/** Above or below the level parts of a line, right or left of the upright ones, near its beginning first. */
const placesAlong = ({ points, kind }: DrawnEdge, name: string): readonly Box[] => {
  const size = labelSize(name);
  const parts = points.slice(1).map((to, index) => ({ from: points[index] as Point, to }));
  return (kind === 'message' ? [...parts, ...parts.toReversed()] : parts).flatMap(({ from, to }): Box[] => {
    const at = (x: number, y: number): Box => ({ x: Math.round(x), y: Math.round(y), ...size });
    if (from.y === to.y) {
      const near = from.x < to.x ? from.x + MARK : from.x - MARK - size.width;
      const half = (from.x + to.x - size.width) / 2;
      return [near, half].flatMap((x) => [at(x, from.y - size.height - 2), at(x, from.y + 3)]);
    }
    const near = from.y < to.y ? from.y + AIR * 2 : from.y - AIR * 2 - size.height;
    const half = (from.y + to.y - size.height) / 2;
    return [near, half].flatMap((y) => [at(from.x + AIR, y), at(from.x - AIR - size.width, y)]);
  });
};
