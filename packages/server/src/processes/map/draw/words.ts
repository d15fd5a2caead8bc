import { linesOf } from '@aimwell/core/processes/define/text';
import { type Box, escapeText, figure, ink, middleOf, paper, type Point, svg } from './svg.ts';

const SIZE = 12;
const LABEL_SIZE = 11;
const LEADING = 1.2;

interface Placing {
  readonly size: number;
  /** Where the first line begins, from the middle of all: 0 puts them in the middle, 0.5 below the point. */
  readonly lift: 'middle' | 'below';
}

const textAt = (text: string, at: Point, width: number, { size, lift }: Placing): string => {
  const lines = text.split('\n').flatMap((part) => linesOf(part.trim(), width, size));
  const top = lift === 'below' ? at.y + size : at.y - ((lines.length - 1) * size * LEADING) / 2 + size * 0.35;
  const spans = lines.map((line, index) =>
    svg('tspan', { x: at.x, y: Number(figure(top + index * size * LEADING)) }, escapeText(line.text.trim()) || ' '),
  );
  // A rim of paper keeps a label readable where a line runs behind it.
  const rim = { stroke: paper, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  return svg('text', { 'font-size': size, 'text-anchor': 'middle', fill: ink, ...rim }, spans.join(''));
};

/** A name in the middle of a box, broken to its width. */
export const nameIn = (name: string | null, box: Box): string =>
  name === null ? '' : textAt(name, middleOf(box), box.width - 12, { size: SIZE, lift: 'middle' });

/** A name at the top of a box: of a sub-process that shows what is inside. */
export const nameAtop = (name: string | null, box: Box): string =>
  name === null ? '' : textAt(name, { x: box.x + box.width / 2, y: box.y + 5 }, box.width - 12, { size: SIZE, lift: 'below' });

/** A label beside an element: within its own box where the map has one, else below the point. */
export const labelAt = (name: string | null, box: Box | null, below: Point): string => {
  if (name === null) return '';
  if (box === null) return textAt(name, below, 90, { size: LABEL_SIZE, lift: 'below' });
  return textAt(name, middleOf(box), Math.max(box.width, 90), { size: LABEL_SIZE, lift: 'middle' });
};

/** A name written upwards along the left side of a pool or lane. */
export const nameUpwards = (name: string | null, { x, y, height }: Box, band: number): string => {
  if (name === null) return '';
  const at = { x: x + band / 2, y: y + height / 2 };
  return svg(
    'g',
    { transform: `rotate(-90 ${figure(at.x)} ${figure(at.y)})` },
    textAt(name, at, height - 12, { size: SIZE, lift: 'middle' }),
  );
};
