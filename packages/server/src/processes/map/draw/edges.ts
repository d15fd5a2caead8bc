import { type Element, one, textOf, typeOf } from '../element.ts';
import { type Box, figure, ink, paper, path, type Point, svg } from './svg.ts';
import { labelAt } from './words.ts';

/** A line of a drawing: the element and its points from beginning to end. */
export interface Edge {
  readonly element: Element;
  readonly points: readonly Point[];
  readonly label: Box | null;
}

/** Arrow heads and tails, by name; put into the drawing once. */
export const heads = svg(
  'defs',
  {},
  [
    marker('flow', path('M1,1 L11,6 L1,11 Z', { fill: ink, 'stroke-width': 1 }), 11),
    marker('message', path('M1,1 L11,6 L1,11 Z', { fill: paper, 'stroke-width': 1 }), 11),
    marker('open', path('M1,1 L11,6 L1,11', { 'stroke-width': 1.2 }), 11),
    marker('from', svg('circle', { cx: 6, cy: 6, r: 4, fill: paper, stroke: ink }), 2),
    marker('condition', path('M1,6 L8,2 L15,6 L8,10 Z', { fill: paper, 'stroke-width': 1 }), 1),
    marker('default', path('M5,1 L11,11', { 'stroke-width': 1.5 }), 0),
  ].join(''),
);

function marker(name: string, inside: string, refX: number): string {
  return svg(
    'marker',
    {
      id: `map-${name}`,
      viewBox: '0 0 16 12',
      refX,
      refY: 6,
      markerWidth: 16,
      markerHeight: 12,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    inside,
  );
}

type Style = Readonly<Record<string, string | undefined>>;
const by = (name: string) => `url(#map-${name})`;

const styleOf = (element: Element): Style => {
  const type = typeOf(element);
  if (type === 'MessageFlow') return { 'stroke-dasharray': '8 5', 'marker-start': by('from'), 'marker-end': by('message') };
  if (type === 'Association') {
    const direction = textOf(element, 'associationDirection');
    return {
      'stroke-dasharray': '1 4',
      'marker-start': direction === 'Both' ? by('open') : undefined,
      'marker-end': direction === 'One' || direction === 'Both' ? by('open') : undefined,
    };
  }
  if (type.endsWith('Association')) return { 'stroke-dasharray': '1 4', 'marker-end': by('open') };
  const source = one(element, 'sourceRef');
  const isDefault = source !== null && one(source, 'default') === element;
  const byActivity = source !== null && !/Gateway$|Event$/.test(typeOf(source)) && one(element, 'conditionExpression') !== null;
  return { 'marker-start': isDefault ? by('default') : byActivity ? by('condition') : undefined, 'marker-end': by('flow') };
};

/** A line as SVG: sequence flows, message flows, associations. */
export const drawEdge = ({ element, points, label }: Edge): string => {
  if (points.length < 2) return '';
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${figure(x)},${figure(y)}`).join(' ');
  return path(line, styleOf(element)) + labelAt(textOf(element, 'name'), label, halfWay(points));
};

const halfWay = (points: readonly Point[]): Point => {
  const lengths = points.slice(1).map((to, index) => distance(points[index] ?? to, to));
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index], points[index + 1]];
    if (rest <= length && length > 0 && from !== undefined && to !== undefined)
      return { x: from.x + ((to.x - from.x) * rest) / length, y: from.y + ((to.y - from.y) * rest) / length };
    rest -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
};

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
