import { plainCell } from './cells.ts';
import type { Cell, Table } from './model.ts';
import { printable } from './text.ts';

/** Type size and column widths in points. */
export interface Fit {
  readonly size: number;
  readonly widths: readonly number[];
}

/** Below 6.5 points print is not readable; there words may touch the next column. */
const sizes = [8, 7.5, 7, 6.5];
/** Of the type size: a letter of Inter on average, wide ones included; a shape with its space; the padding of a cell and of a framed id. */
const em = { letter: 0.57, shape: 1.5, padding: 1.25, frame: 0.7 };
/** Longer runs are broken by the writer, so no column needs to be wider for their sake. */
const longestRun = 24;

const longestWord = (text: string): number =>
  printable(text)
    .split(/\s+/)
    .reduce((longest, word) => Math.max(longest, Math.min(word.length, longestRun)), 0);

/** What a cell needs at least, in ems: its longest word, or the whole of a date, figure or id, which do not break. */
function needOf(cell: Cell): number {
  const plain = plainCell(cell);
  const note = plain.note === null ? 0 : longestWord(plain.note) * em.letter;
  if (plain.status) return Math.max(note, longestWord(plain.status.word) * em.letter + em.shape);
  if (plain.figure) return Math.max(note, Math.min(plain.text.length, longestRun) * em.letter);
  const links = plain.links.map(
    (link) => (link.text.length > longestRun ? longestWord(link.text) : link.text.length) * em.letter + em.frame,
  );
  return Math.max(note, longestWord(plain.text) * em.letter, ...links);
}

const needsOf = (table: Table): number[] =>
  table.columns.map((column, at) => {
    const cells = table.rows.map((row) => (row.kind === 'row' ? needOf(row.cells[at] ?? '') : 0));
    return em.padding + cells.reduce((most, need) => Math.max(most, need), longestWord(column.header) * em.letter);
  });

/** Shares of the width, but no column below its minimum: what the narrow ones lack the others give. */
export function distribute(shares: readonly number[], minimums: readonly number[], available: number): number[] {
  const held = new Set<number>();
  for (;;) {
    const taken = Array.from(held).reduce((sum, at) => sum + (minimums[at] ?? 0), 0);
    const free = shares.reduce((sum, share, at) => (held.has(at) ? sum : sum + share), 0);
    const widths = shares.map((share, at) => (held.has(at) ? (minimums[at] ?? 0) : ((available - taken) * share) / free));
    const short = widths.flatMap((width, at) => (!held.has(at) && width < (minimums[at] ?? 0) ? [at] : []));
    if (short.length === 0) return widths;
    for (const at of short) held.add(at);
  }
}

/** The largest type at which every word of the table fits its column, and the widths; scaled down together where even the smallest does not fit. */
export function fitColumns(table: Table, available: number): Fit {
  const needs = needsOf(table);
  const total = needs.reduce((sum, need) => sum + need, 0);
  const size = sizes.find((candidate) => total * candidate <= available) ?? 6.5;
  const minimums = needs.map((need) => need * Math.min(size, available / total));
  return {
    size,
    widths: distribute(
      table.columns.map((column) => column.width ?? 1),
      minimums,
      available,
    ),
  };
}
