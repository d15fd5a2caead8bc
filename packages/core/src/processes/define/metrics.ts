import type { DrawnEdge, Picture } from './picture.ts';
import { type Box, crossesBox, isInside, isLabelledOutside, nameProblem, overlap, type Point } from './shapes.ts';

/** What is wrong with a picture, each in words that name the elements; nothing is what a shipped map must have. */
export interface Faults {
  /** Two lines that cross, touch or run upon each other. */
  readonly crossings: readonly string[];
  readonly edgesOverNodes: readonly string[];
  /** Shapes and names that lie on each other, or names that a line runs through. */
  readonly overlaps: readonly string[];
  /** Nodes that reach out of their lane or sub-process, or stand in two. */
  readonly outside: readonly string[];
  /** Names that nobody can read with ease. */
  readonly names: readonly string[];
}

export const faultsOf = (picture: Picture): Faults => ({
  crossings: pairs(picture.edges).flatMap(([a, b]) =>
    partsOf(a).some((p) => partsOf(b).some((q) => meet(p, q))) ? [`${a.id} × ${b.id}`] : [],
  ),
  edgesOverNodes: picture.edges.flatMap((edge) =>
    picture.nodes
      .filter(({ node, box, id }) => isThrough(edge, box, id) && !(node.kind === 'subProcess' && isWithin(picture, edge, id)))
      .map(({ id }) => `${edge.id} over ${id}`),
  ),
  overlaps: overlapsOf(picture),
  outside: outsideOf(picture),
  names: picture.nodes.flatMap(({ id, node }) => {
    const problem = node.name === '' || node.kind === 'subProcess' ? null : nameProblem(node.name, !isLabelledOutside(node));
    return problem === null ? [] : [`name of ${id} ${problem}`];
  }),
});

const pairs = <T>(all: readonly T[]): readonly (readonly [T, T])[] =>
  all.flatMap((a, index) => all.slice(index + 1).map((b) => [a, b] as const));

type Part = readonly [Point, Point];
const partsOf = ({ points }: DrawnEdge): readonly Part[] => points.slice(1).map((to, index) => [points[index] as Point, to] as const);

/** True when two upright or level lines share a point. */
const meet = ([a, b]: Part, [c, d]: Part): boolean =>
  Math.max(Math.min(a.x, b.x), Math.min(c.x, d.x)) <= Math.min(Math.max(a.x, b.x), Math.max(c.x, d.x)) &&
  Math.max(Math.min(a.y, b.y), Math.min(c.y, d.y)) <= Math.min(Math.max(a.y, b.y), Math.max(c.y, d.y));

/** Through a shape: its border is touched where the line ends, which is not through it. */
const isThrough = (edge: DrawnEdge, box: Box, id: string): boolean => {
  const parts = partsOf(edge);
  const own = edge.from === id || edge.to === id;
  const air = own ? 0 : 2;
  const wider = { x: box.x - air, y: box.y - air, width: box.width + 2 * air, height: box.height + 2 * air };
  return parts.some(([from, to]) => crossesBox(from, to, wider));
};

const isWithin = (picture: Picture, edge: DrawnEdge, subProcess: string): boolean =>
  [edge.from, edge.to].every((end) => chainOf(picture, end).includes(subProcess));

/** The sub-processes around a node, innermost first. */
const chainOf = (picture: Picture, id: string): readonly string[] => {
  const inside = picture.nodes.find((node) => node.id === id)?.inside ?? null;
  return inside === null ? [] : [inside, ...chainOf(picture, inside)];
};

const overlapsOf = (picture: Picture): readonly string[] => {
  const { nodes, labels, edges, partners } = picture;
  const belong = (a: (typeof nodes)[number], b: (typeof nodes)[number]) =>
    chainOf(picture, a.id).includes(b.id) || (a.node.kind === 'boundary' && a.node.at === b.id);
  return [
    ...pairs(nodes).flatMap(([a, b]) => (!belong(a, b) && !belong(b, a) && overlap(a.box, b.box, 2) ? [`${a.id} on ${b.id}`] : [])),
    ...pairs(labels).flatMap(([a, b]) => (overlap(a.box, b.box) ? [`name of ${a.of} on name of ${b.of}`] : [])),
    ...labels.flatMap((label) => [
      ...nodes
        .filter(
          ({ id, node, box }) =>
            overlap(label.box, box) && !(node.kind === 'subProcess' && isInside(label.box, box) && labelIsIn(picture, label.of, id)),
        )
        .map(({ id }) => `name of ${label.of} on ${id}`),
      ...partners.filter(({ box }) => overlap(label.box, box)).map(({ id }) => `name of ${label.of} on ${id}`),
      ...edges
        .filter((edge) => partsOf(edge).some(([from, to]) => crossesBox(from, to, label.box)))
        .map(({ id }) => `${id} through the name of ${label.of}`),
    ]),
  ];
};

const labelIsIn = (picture: Picture, of: string, subProcess: string): boolean => {
  const edge = picture.edges.find(({ id }) => id === of);
  return edge === undefined ? chainOf(picture, of).includes(subProcess) : isWithin(picture, edge, subProcess);
};

const outsideOf = ({ nodes, lanes, labels }: Picture): readonly string[] => [
  ...nodes.flatMap(({ id, box, inside }) => {
    const around = inside === null ? undefined : nodes.find((node) => node.id === inside)?.box;
    const held =
      inside === null ? lanes.length === 0 || lanes.some((lane) => isInside(box, lane.box)) : around !== undefined && isInside(box, around);
    return held ? [] : [`${id} reaches out of its ${inside === null ? 'lane' : 'sub-process'}`];
  }),
  ...labels.flatMap(({ of, box }) =>
    lanes.length === 0 || nodes.every(({ id }) => id !== of) || lanes.some((lane) => isInside(box, lane.box))
      ? []
      : [`name of ${of} reaches out of its lane`],
  ),
];
