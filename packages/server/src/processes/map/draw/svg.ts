type Attributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeText = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => escapes[letter] ?? letter);

const attributesIn = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeText(typeof value === 'number' ? figure(value) : value)}"`))
    .join('');

/** An element of SVG; `inside` is SVG already. */
export const svg = (name: string, attributes: Attributes, inside = ''): string =>
  inside === '' ? `<${name}${attributesIn(attributes)}/>` : `<${name}${attributesIn(attributes)}>${inside}</${name}>`;

/** A number with at most two digits after the point. */
export const figure = (value: number): string => String(Math.round(value * 100) / 100);

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
export const ink = '#22242a';
export const paper = '#ffffff';
export const rect = ({ x, y, width, height }: Box, attributes: Attributes = {}): string =>
  svg('rect', { x, y, width, height, fill: paper, stroke: ink, 'stroke-width': 1.5, ...attributes });
export const path = (d: string, attributes: Attributes = {}): string =>
  svg('path', { d, fill: 'none', stroke: ink, 'stroke-width': 1.5, 'stroke-linejoin': 'round', ...attributes });
export const moved = ({ x, y }: Point, inside: string, scale = 1): string =>
  inside === ''
    ? ''
    : svg('g', { transform: `translate(${figure(x)} ${figure(y)})${scale === 1 ? '' : ` scale(${figure(scale)})`}` }, inside);
