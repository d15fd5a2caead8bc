import type { Picture } from '../../platform/reports/model.ts';
import { type Drawing, pictureOf } from '../map/draw/draw.ts';
import type { Box } from '../map/draw/svg.ts';

/** Points between the margins of A4 landscape, less the line above the drawing. */
const sheet = { width: 739, height: 430 };
/** Points for a pixel: names are 12 pixels high, so 6 points at the smallest; parts are drawn larger. */
const scales = { largest: 0.85, smallest: 0.5, part: 0.62 };
/** A step is 100 pixels wide: with this much on both parts, each step is whole on one. */
const SHARED = 130;
/** The typeface of print is a little wider than the one that names are broken into lines by. */
const letters = { 'font-family': 'Inter', 'letter-spacing': -0.3 };
const MOST_PARTS = 40;

/** Where parts begin along one side, and how long each is. */
const cut = (from: number, length: number, most: number): { readonly size: number; readonly starts: readonly number[] } => {
  if (length <= most) return { size: length, starts: [from] };
  const count = Math.ceil((length - SHARED) / (most - SHARED));
  return { size: most, starts: Array.from({ length: count }, (_, at) => from + (at * (length - most)) / (count - 1)) };
};

/** How large parts are drawn: as large as reads well, or a little smaller where that saves a cut. */
const partScale = ({ width, height }: Box): number => {
  const uncut = [sheet.width / width, sheet.height / height].filter((scale) => scale >= scales.smallest);
  return Math.min(scales.part, ...uncut);
};

/** The parts of a frame that is too large for one sheet, row by row. */
export const partsOf = (frame: Box): readonly Box[] => {
  const scale = partScale(frame);
  const across = cut(frame.x, frame.width, sheet.width / scale);
  const down = cut(frame.y, frame.height, sheet.height / scale);
  return down.starts.flatMap((y) => across.starts.map((x) => ({ x, y, width: across.size, height: down.size })));
};

/**
 * A drawing on sheets of A4 landscape: whole where its names can be read then, else whole as an overview and in parts that share a
 * strip with their neighbours. A drawing of more parts than anybody reads on paper is only the overview.
 */
export const picturesOf = (drawing: Drawing, caption: string, alt: string): Picture[] => {
  const at = (frame: Box, scale: number, told: string): Picture => ({
    kind: 'picture',
    svg: pictureOf(drawing, frame, told, letters),
    caption: told,
    alt,
    width: frame.width * scale,
    height: frame.height * scale,
  });
  const { frame } = drawing;
  const scale = Math.min(sheet.width / frame.width, sheet.height / frame.height, scales.largest);
  const whole = at(frame, scale, caption);
  if (scale >= scales.smallest) return [whole];
  const parts = partsOf(frame);
  if (parts.length > MOST_PARTS) return [whole];
  return [whole, ...parts.map((part, index) => at(part, partScale(frame), `${caption}, part ${index + 1} of ${parts.length}`))];
};
