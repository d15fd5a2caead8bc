import { AlignmentType, BorderStyle, ExternalHyperlink, Paragraph, ShadingType, TableCell, TextRun, VerticalAlignTable } from 'docx';
import type { ParagraphChild } from 'docx';
import { plainCell } from './cells.ts';
import type { Cell, Column, Row, Status } from './model.ts';
import { paper, shapeCharacters, shapeColours } from './shapes.ts';
import { printable } from './text.ts';

const bare = (colour: string): string => colour.slice(1);
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const hair = { style: BorderStyle.SINGLE, size: 4, color: bare(paper.line2) } as const;
const borders = { top: none, left: none, right: none, bottom: hair };
const margins = { top: 60, bottom: 60, left: 80, right: 80 };

/** Text runs with the line ends of the text kept. */
export const runs = (text: string, style: { bold?: boolean; color?: string; size?: number } = {}): TextRun[] =>
  printable(text)
    .split('\n')
    .map((line, at) => new TextRun({ text: line, ...(at > 0 ? { break: 1 } : {}), ...style }));

/** Shape and word: the character is coloured, the word carries the meaning. */
export const statusRuns = (status: Status, bold = false): TextRun[] => [
  new TextRun({ text: `${shapeCharacters[status.shape]}\u00A0`, color: bare(shapeColours[status.shape]), font: 'Segoe UI Symbol' }),
  ...runs(status.word, { bold }),
];

function linkRuns(links: ReturnType<typeof plainCell>['links']): ParagraphChild[] {
  return links.flatMap((link, at): ParagraphChild[] => {
    const gap = at > 0 ? [new TextRun({ text: ', ' })] : [];
    const run = new TextRun({ text: link.text, ...(link.href ? { color: bare(paper.accent) } : {}) });
    return [...gap, link.href ? new ExternalHyperlink({ link: link.href, children: [run] }) : run];
  });
}

/** A cell's paragraphs: what it says, and its quieter second line. */
export function cellParagraphs(cell: Cell, align: Column['align'] = 'left'): Paragraph[] {
  const plain = plainCell(cell);
  const alignment = align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT;
  const head = plain.status
    ? statusRuns(plain.status)
    : plain.links.length > 0
      ? linkRuns(plain.links)
      : runs(plain.text, { bold: plain.strong });
  const note = plain.note === null ? [] : [new Paragraph({ style: 'TableNote', alignment, children: runs(plain.note) })];
  const empty = plain.text === '' && plain.status === null && plain.links.length === 0;
  return empty && note.length > 0 ? note : [new Paragraph({ style: 'TableText', alignment, children: head }), ...note];
}

export const headerCell = (column: Column): TableCell =>
  new TableCell({
    borders: { ...borders, bottom: { style: BorderStyle.SINGLE, size: 8, color: bare(paper.ink) } },
    margins,
    verticalAlign: VerticalAlignTable.BOTTOM,
    children: [
      new Paragraph({
        style: 'TableHeader',
        alignment: column.align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        children: runs(column.header),
      }),
    ],
  });

const shading = (colour: string) => ({ type: ShadingType.CLEAR, color: 'auto', fill: bare(colour) });
const groundOf = (shape: Status['shape']): string => (shape === 'major' || shape === 'late' ? paper.bad : paper.warn);

/** One cell over the whole width, for bands, remarks and "no records". */
export const wideCell = (children: readonly ParagraphChild[], columns: number, ground?: string): TableCell =>
  new TableCell({
    columnSpan: columns,
    borders,
    margins,
    ...(ground ? { shading: shading(ground) } : {}),
    children: [new Paragraph({ style: 'TableText', children })],
  });

/** The cells of one record; a row with a remark stands on its ground colour and leaves its line to the remark below. */
export function recordCells(row: Row & { kind: 'row' }, columns: readonly Column[]): TableCell[] {
  const ground = row.remark ? { shading: shading(groundOf(row.remark.shape)), borders: { ...borders, bottom: none } } : { borders };
  return columns.map((column, at) => new TableCell({ ...ground, margins, children: cellParagraphs(row.cells[at] ?? '', column.align) }));
}

export const remarkCell = (remark: Status & { readonly text: string }, columns: number): TableCell =>
  wideCell([...statusRuns(remark, true), ...runs(`. ${remark.text}`)], columns, groundOf(remark.shape));

/** Fact name and value, in a table without lines. */
export const factCells = (name: string, value: Cell): TableCell[] => [
  new TableCell({
    borders: { top: none, left: none, right: none, bottom: none },
    margins: { ...margins, left: 0 },
    children: [new Paragraph({ style: 'TableText', children: runs(name, { color: bare(paper.ink3) }) })],
  }),
  new TableCell({ borders: { top: none, left: none, right: none, bottom: none }, margins, children: cellParagraphs(value) }),
];
