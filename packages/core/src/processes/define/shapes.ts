import type { NodeDefinition } from './definition.ts';
import { linesOf } from './text.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export const taskSize = { width: 140, height: 80 };
const eventSize = { width: 36, height: 36 };
const gatewaySize = { width: 50, height: 50 };

export const isEvent = ({ kind }: NodeDefinition): boolean => ['start', 'catch', 'throw', 'end', 'boundary'].includes(kind);
export const isGateway = ({ kind }: NodeDefinition): boolean => ['exclusive', 'parallel', 'inclusive', 'eventBased'].includes(kind);
/** Names of events and gateways stand beside them, those of activities within. */
export const isLabelledOutside = (node: NodeDefinition): boolean => node.name !== '' && (isEvent(node) || isGateway(node));

/** Size of a node as it is drawn, in px. A sub-process is as large as what is in it, so it is not known here. */
export const sizeOf = (node: NodeDefinition): { readonly width: number; readonly height: number } =>
  isEvent(node) ? eventSize : isGateway(node) ? gatewaySize : taskSize;

/** Most width of a text that stands beside what it names; the reader of the file wraps at no less. */
export const LABEL_WIDTH = 90;
const LABEL_LINE = 13.2;

/** Room that a text beside a node or a flow takes, wrapped as the reader of the file wraps it. */
export const labelSize = (name: string): { readonly width: number; readonly height: number } => {
  const lines = linesOf(name, LABEL_WIDTH, 11);
  return { width: Math.ceil(Math.max(...lines.map(({ width }) => width))) + 2, height: Math.ceil(lines.length * LABEL_LINE) + 1 };
};

/**
 * What keeps a name from being read with ease; null: nothing. A task's symbol takes the corner above a third line. A name beside its
 * shape is broken twice when it is drawn, the second time by the width that the first gave it.
 */
export const nameProblem = (name: string, within: boolean): string | null => {
  if (within) {
    const lines = linesOf(name, taskSize.width - 10, 12).length;
    return lines > 2 ? `takes ${lines} lines` : null;
  }
  const [first, again] = [LABEL_WIDTH, labelSize(name).width - 2].map((width) => linesOf(name, width, 11).map(({ text }) => text.trim()));
  return (again?.length ?? 0) <= Math.min(2, first?.length ?? 0) ? null : `is broken as ${(again ?? []).join(' | ')}`;
};

/** True when two boxes share area, with so much air around the first. */
export const overlap = (a: Box, b: Box, air = 0): boolean =>
  a.x - air < b.x + b.width && b.x < a.x + a.width + air && a.y - air < b.y + b.height && b.y < a.y + a.height + air;

export const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** True when an upright or level line touches the inside of a box. */
export const crossesBox = (from: Point, to: Point, box: Box): boolean =>
  Math.max(from.x, to.x) > box.x &&
  Math.min(from.x, to.x) < box.x + box.width &&
  Math.max(from.y, to.y) > box.y &&
  Math.min(from.y, to.y) < box.y + box.height;
