import type { Cell, RecordLink, Row, Status } from './model.ts';
import { figure, printable, safeHref, shortDate } from './text.ts';

/** One form for all kinds of cell, so that a writer needs a single function to draw any of them. Empty parts are null. */
export interface PlainCell {
  readonly text: string;
  readonly note: string | null;
  readonly strong: boolean;
  readonly figure: boolean;
  readonly status: Status | null;
  readonly links: readonly { readonly text: string; readonly href: string | null }[];
}

const nothing: PlainCell = { text: '', note: null, strong: false, figure: false, status: null, links: [] };
const noteOf = (note: string | undefined): string | null => (note === undefined || note === '' ? null : printable(note));
const linkOf = (item: RecordLink) => ({ text: printable(item.text), href: safeHref(item.href) ?? null });

/** The cell as words, with what surrounds them. */
export function plainCell(cell: Cell): PlainCell {
  if (typeof cell === 'string') return { ...nothing, text: printable(cell) };
  if (typeof cell === 'number') return { ...nothing, text: figure(cell), figure: true };
  const note = noteOf(cell.note);
  switch (cell.kind) {
    case 'text':
      return { ...nothing, text: printable(cell.text), note, strong: cell.strong ?? false };
    case 'date':
      return { ...nothing, text: printable(shortDate(cell.date)), note, figure: true };
    case 'links':
      return { ...nothing, links: cell.items.map(linkOf), note };
    case 'status':
      return { ...nothing, status: { shape: cell.status.shape, word: printable(cell.status.word) }, note };
  }
}

/** All words of a cell on one line, for spreadsheets and for counting. */
export function cellText(cell: Cell): string {
  const plain = plainCell(cell);
  const head = plain.status ? plain.status.word : plain.links.length > 0 ? plain.links.map((link) => link.text).join(', ') : plain.text;
  return [head, plain.note].filter((part) => part !== null && part !== '').join('\n');
}

/** Rows with more characters than this in one cell may break across pages; shorter ones stay whole, which reads better. */
const longCell = 700;

/** Whether a row may be too tall to stay on one page. */
export const isLong = (row: Row): boolean => row.kind === 'row' && row.cells.some((cell) => cellText(cell).length > longCell);
