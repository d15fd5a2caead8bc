import type { CellObject } from 'write-excel-file/node';
import { cellText } from './cells.ts';
import type { Cell, Column } from './model.ts';
import { paper, shapeColours } from './shapes.ts';
import { dayOf, printable } from './text.ts';

/** Excel's own limit for the text of one cell. */
const cellLimit = 32_767;
export type Style = Partial<Omit<CellObject, 'value' | 'type'>>;
/** Cells of a table: wrapped, from the top, with a quiet line below. */
export const body: Style = { alignVertical: 'top', wrap: true, bottomBorderStyle: 'thin', bottomBorderColor: paper.line };

/** Text typed as text: a value that begins with = + - or @ stays words. Beyond Excel's limit it is cut and says so. */
export function textCell(text: string, style: Style = {}): CellObject {
  // The library drops U+FFFD without a word; a box shows that something could not be read.
  const clean = printable(text).replaceAll('\uFFFD', '□');
  const ending = ` … [cut: ${clean.length} characters]`;
  return {
    type: String,
    value: clean.length > cellLimit ? clean.slice(0, cellLimit - ending.length).toWellFormed() + ending : clean,
    ...style,
  };
}

/** A cell with its own type: figures and days can be calculated with, everything else is text. */
export function sheetCell(cell: Cell, base: Style, align: Column['align'] = 'left'): CellObject {
  const style: Style = { ...base, align };
  if (typeof cell === 'number' && Number.isFinite(cell)) return { type: Number, value: cell, ...style };
  if (typeof cell === 'object' && cell.kind === 'date' && !cell.note) {
    const day = dayOf(cell.date);
    if (day) return { type: Date, value: day, format: 'yyyy-mm-dd', ...style };
  }
  const strong = typeof cell === 'object' && cell.kind === 'text' && cell.strong;
  const status = typeof cell === 'object' && cell.kind === 'status' ? { textColor: shapeColours[cell.status.shape] } : {};
  return textCell(cellText(cell), { ...style, ...(strong ? { fontWeight: 'bold' as const } : {}), ...status });
}

/** Points a row needs: Excel and others do not grow rows of merged or wrapped cells they did not write themselves. */
export function rowHeight(texts: readonly string[], widths: readonly number[], pointsPerLine = 15): number {
  const lines = texts.map((text, at) =>
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 1.03) / (widths[at] ?? 12))), 0),
  );
  return Math.min(409, Math.max(1, ...lines) * pointsPerLine + 2);
}
