import { type Element, many, one, textOf } from '../element.ts';
import { drawEdge, type Edge, heads } from './edges.ts';
import { drawShape, layerOf, type Shape } from './shapes.ts';
import { type Box, escapeText, figure, paper, type Point, svg } from './svg.ts';

const MARGIN = 20;
/** Far from any drawing, and still a number that a picture can have. */
const FARTHEST = 100_000;

/** A map as it is drawn: what is on the paper, and the part of the plane that it takes. */
export interface Drawing {
  readonly frame: Box;
  /** SVG without the element around it. */
  readonly inside: string;
}

/** What lies over elements of the map, by their ids: SVG from the box of the element. */
export type Overlays = ReadonlyMap<string, (box: Box) => string>;

/** Draws a map from its diagram by the notation of BPMN 2.0, without a browser. Null for a map that holds no drawing. */
export const layOut = (definitions: Element, overlays: Overlays = new Map()): Drawing | null => {
  const diagram = many(definitions, 'diagrams')[0];
  const plane = diagram === undefined ? null : one(diagram, 'plane');
  const parts = plane === null ? [] : many(plane, 'planeElement');
  const shapes = parts.flatMap(shapeOf).toSorted((a, b) => layerOf(a) - layerOf(b));
  const edges = parts.flatMap(edgeOf);
  if (shapes.length === 0) return null;
  const frame = frameOf(shapes, edges);
  // Lines lie over pools and sub-processes and under steps.
  const below = shapes.filter((shape) => layerOf(shape) < 3).map(drawShape);
  const above = shapes.filter((shape) => layerOf(shape) >= 3).map(drawShape);
  const over = shapes.map(({ element, box }) => overlays.get(element.id ?? '')?.(box) ?? '');
  return { frame, inside: [heads, svg('rect', { ...frame, fill: paper }), ...below, ...edges.map(drawEdge), ...above, ...over].join('\n') };
};

interface Letters {
  readonly 'font-family': string;
  readonly 'letter-spacing'?: number;
}
const anywhere: Letters = { 'font-family': 'Arial, Helvetica, "Liberation Sans", sans-serif' };

/** A drawing, or the part of it in `frame`, as a picture in SVG. It needs no font of its own, holds no script and refers to nothing outside. */
export const pictureOf = ({ inside }: Drawing, frame: Box, title: string, letters: Letters = anywhere): string =>
  svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: [frame.x, frame.y, frame.width, frame.height].map(figure).join(' '),
      width: frame.width,
      height: frame.height,
      role: 'img',
      ...letters,
    },
    [svg('title', {}, escapeText(title)), inside].join('\n'),
  );

/** A whole map as a picture in SVG: for reports, PDF and the command line. Null for a map that holds no drawing. */
export const drawMap = (definitions: Element, title: string): string | null => {
  const drawing = layOut(definitions);
  return drawing === null ? null : pictureOf(drawing, drawing.frame, title);
};

/** What a drawing leaves out is nought; what lies too far out is null. */
const numberOf = (element: Element, name: string): number | null => {
  const value = element[name] ?? 0;
  return typeof value === 'number' && Math.abs(value) <= FARTHEST ? value : null;
};

const boxOf = (bounds: Element | null): Box | null => {
  if (bounds === null) return null;
  const [x, y, width, height] = [numberOf(bounds, 'x'), numberOf(bounds, 'y'), numberOf(bounds, 'width'), numberOf(bounds, 'height')];
  if (x === null || y === null || width === null || height === null || width < 0 || height < 0) return null;
  return { x, y, width, height };
};

const labelOf = (part: Element): Box | null => {
  const label = one(part, 'label');
  return label === null ? null : boxOf(one(label, 'bounds'));
};

const shapeOf = (part: Element): readonly Shape[] => {
  const element = one(part, 'bpmnElement');
  const box = boxOf(one(part, 'bounds'));
  if (part.$type !== 'bpmndi:BPMNShape' || element === null || box === null) return [];
  return [{ element, box, label: labelOf(part), expanded: part['isExpanded'] === true, horizontal: part['isHorizontal'] !== false }];
};

const edgeOf = (part: Element): readonly Edge[] => {
  const element = one(part, 'bpmnElement');
  if (part.$type !== 'bpmndi:BPMNEdge' || element === null) return [];
  const points = many(part, 'waypoint').map((point): Point => ({ x: numberOf(point, 'x') ?? 0, y: numberOf(point, 'y') ?? 0 }));
  return [{ element, points, label: labelOf(part) }];
};

/** Everything drawn and a margin around it; a label without a box of its own takes about two lines below its element. */
const frameOf = (shapes: readonly Shape[], edges: readonly Edge[]): Box => {
  const boxes = [
    ...shapes.flatMap(({ element, box, label }) => {
      const hangs = /Event$|Gateway$|Reference$/.test(element.$type) && label === null && textOf(element, 'name') !== null;
      return [box, ...(label === null ? [] : [label]), ...(hangs ? [{ ...box, height: box.height + 30 }] : [])];
    }),
    ...edges.flatMap(({ points, label }) => [
      ...points.map((point) => ({ ...point, width: 0, height: 0 })),
      ...(label === null ? [] : [label]),
    ]),
  ];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes)
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + width), Math.max(bottom, y + height)];
  return { x: left - MARGIN, y: top - MARGIN, width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN };
};
