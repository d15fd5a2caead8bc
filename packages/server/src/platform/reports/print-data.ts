import { footOf } from './as-of.ts';
import { isLong, plainCell } from './cells.ts';
import { fitColumns } from './column-widths.ts';
import { draftMark, isLandscape, standingOf } from './model.ts';
import type { Block, Report, Row, Table } from './model.ts';
import { breakable, dayOf, longDate, longMoment, printable } from './text.ts';

const words = (text: string): string => breakable(printable(text));
const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : words(text));
const standings = {
  draft: (version: string) => ({ shape: 'draft', word: version }),
  approved: (version: string) => ({ shape: 'approved', word: version }),
  plain: (version: string) => ({ shape: null, word: version }),
} as const;

function cellData(cell: Parameters<typeof plainCell>[0]) {
  const plain = plainCell(cell);
  return {
    ...plain,
    text: breakable(plain.text),
    note: orNull(plain.note ?? undefined),
    status: plain.status && { ...plain.status, word: breakable(plain.status.word) },
    links: plain.links.map((link) => ({ ...link, text: breakable(link.text) })),
  };
}

function rowData(row: Row, columns: number) {
  if (row.kind === 'band') return { kind: 'band', label: words(row.label), text: words(row.text), summary: orNull(row.summary) };
  const cells = Array.from({ length: columns }, (_, at) => cellData(row.cells[at] ?? ''));
  return {
    kind: 'row',
    cells,
    long: isLong(row),
    remark: row.remark ? { shape: row.remark.shape, word: words(row.remark.word), text: words(row.remark.text) } : null,
  };
}

/** Points between the margins of A4, 18 mm on each side. */
const printWidth = { portrait: 493.2, landscape: 739.8 };

function tableData(table: Table, available: number) {
  const { size, widths } = fitColumns(table, available);
  return {
    kind: 'table',
    caption: words(table.caption),
    size,
    columns: table.columns.map((column, at) => ({ header: words(column.header), width: widths[at] ?? 1, align: column.align ?? 'left' })),
    rows: table.rows.map((row) => rowData(row, table.columns.length)),
    empty: words(table.emptyText ?? 'No records.'),
  };
}

function blockData(block: Block, available: number) {
  switch (block.kind) {
    case 'paragraph':
    case 'statement':
      return { kind: block.kind, text: words(block.text) };
    case 'list':
      return { kind: block.kind, items: block.items.map(words) };
    case 'note':
      return {
        kind: block.kind,
        text: words(block.text),
        status: block.status ? { shape: block.status.shape, word: words(block.status.word) } : null,
      };
    case 'facts':
      return { kind: block.kind, rows: block.rows.map(([name, value]) => [words(name), cellData(value)]) };
    case 'picture':
      return { ...block, caption: words(block.caption), alt: printable(block.alt), svg: printable(block.svg) };
    case 'table':
      return tableData(block, available);
  }
}

/** PDF/UA lets no heading skip a level: a second level needs a first one before it. */
function levelOf(report: Report, at: number): 1 | 2 {
  const below = report.sections.slice(0, at).some((section) => section.heading && (section.level ?? 1) === 1);
  return below ? (report.sections[at]?.level ?? 1) : 1;
}

/** The report as the print template reads it: strings only as data, absent parts null, dates in words. */
export function printData(report: Report) {
  const day = dayOf(report.date);
  const { approval, draft } = report;
  const available = printWidth[isLandscape(report) ? 'landscape' : 'portrait'];
  return {
    title: printable(report.title),
    subtitle: orNull(report.subtitle),
    organisation: printable(report.organisation),
    description: printable(`${report.version}, ${longDate(report.date)}${draft ? `. ${draftMark}.` : ''}`),
    version: words(report.version),
    standing: standings[standingOf(report)](words(report.version)),
    draft,
    mark: draftMark,
    day: day ? [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()] : null,
    dateText: words(longDate(report.date)),
    footText: words(footOf(report)),
    language: report.language,
    landscape: isLandscape(report),
    approval:
      approval && !draft
        ? {
            name: words(approval.name),
            function: words(approval.function),
            at: words(longMoment(approval.at)),
            statement: words(approval.statement),
            hash: printable(approval.hash),
          }
        : null,
    sections: report.sections.map((section, at) => ({
      heading: orNull(section.heading),
      level: levelOf(report, at),
      blocks: section.blocks.map((block) => blockData(block, available)),
    })),
  };
}
