import writeExcelFile from 'write-excel-file/node';
import type { CellObject, Feature, Row as SheetRow, Sheet, SheetData } from 'write-excel-file/node';
import { cellText } from './cells.ts';
import { draftMark, standingOf, tablesOf } from './model.ts';
import type { Block, Cell, Column, Report, Row, Table } from './model.ts';
import { paper, shapeColours } from './shapes.ts';
import { dayOf, longDate, longMoment, printable } from './text.ts';
import { sheetNames } from './xlsx-names.ts';

/** Excel's own limit for the text of one cell. */
const cellLimit = 32_767;
type Style = Partial<Omit<CellObject, 'value' | 'type'>>;
const body: Style = { alignVertical: 'top', wrap: true, bottomBorderStyle: 'thin', bottomBorderColor: paper.line };

/** Text typed as text: a value that begins with = + - or @ stays words. Beyond Excel's limit it is cut and says so. */
export function textCell(text: string, style: Style = {}): CellObject {
  const clean = printable(text);
  const ending = ` … [cut: ${clean.length} characters]`;
  return { type: String, value: clean.length > cellLimit ? clean.slice(0, cellLimit - ending.length).toWellFormed() + ending : clean, ...style };
}

function sheetCell(cell: Cell, column: Column | undefined): CellObject {
  const style: Style = column?.align === 'right' ? { ...body, align: 'right' } : body;
  if (typeof cell === 'number' && Number.isFinite(cell)) return { type: Number, value: cell, ...style };
  if (typeof cell === 'object' && cell.kind === 'date' && !cell.note) {
    const day = dayOf(cell.date);
    if (day) return { type: Date, value: day, format: 'yyyy-mm-dd', ...style, align: 'left' };
  }
  const strong = typeof cell === 'object' && cell.kind === 'text' && cell.strong;
  const status = typeof cell === 'object' && cell.kind === 'status' ? { textColor: shapeColours[cell.status.shape] } : {};
  return textCell(cellText(cell), { ...style, ...(strong ? { fontWeight: 'bold' as const } : {}), ...status });
}

const isBand = (row: Row): row is Row & { kind: 'band' } => row.kind === 'band';
const header = (text: string): CellObject => textCell(text, { fontWeight: 'bold', wrap: true, alignVertical: 'bottom', backgroundColor: paper.sunken, bottomBorderStyle: 'thin', bottomBorderColor: paper.ink });

/** One row per record. Bands become a first column and remarks a last one, so that a filter or sort keeps them with their rows. */
export function tableData(table: Table): SheetData {
  const banded = table.rows.some(isBand);
  const remarked = table.rows.some((row) => row.kind === 'row' && row.remark);
  const titles = [...(banded ? [table.bandHeader ?? 'Group'] : []), ...table.columns.map((column) => column.header), ...(remarked ? ['Remark'] : [])];
  let band = '';
  const records: SheetRow[] = [];
  for (const row of table.rows) {
    if (isBand(row)) {
      band = `${row.label} ${row.text}`.trim();
      continue;
    }
    const remark = row.remark ? `${row.remark.word}. ${row.remark.text}` : '';
    const cells = table.columns.map((column, at) => sheetCell(row.cells[at] ?? '', column));
    records.push([...(banded ? [textCell(band, body)] : []), ...cells, ...(remarked ? [textCell(remark, body)] : [])]);
  }
  return [titles.map(header), ...(records.length > 0 ? records : [[textCell(table.emptyText ?? 'No records.')]])];
}

/** Widths in characters: shares of a screen's width, but never narrower than a date. */
function widthsOf(table: Table): { width: number }[] {
  const total = table.columns.reduce((sum, column) => sum + (column.width ?? 1), 0);
  const own = table.columns.map((column) => ({ width: Math.min(70, Math.max(12, Math.round(((column.width ?? 1) / total) * 150))) }));
  const banded = table.rows.some(isBand) ? [{ width: 28 }] : [];
  return [...banded, ...own, ...(table.rows.some((row) => row.kind === 'row' && row.remark) ? [{ width: 50 }] : [])];
}

const wrapped: Style = { wrap: true, alignVertical: 'top' };
const line = (text: string, style: Style = {}): SheetRow => [textCell(text, { ...wrapped, ...style, columnSpan: 2 }), null];
const fact = (name: string, value: Cell): SheetRow => [textCell(name, { ...wrapped, textColor: paper.ink3 }), { ...sheetCell(value, undefined), bottomBorderStyle: undefined, bottomBorderColor: undefined, align: 'left' } as CellObject];

function coverBlock(block: Block, nameOf: (table: Table) => string): SheetRow[] {
  switch (block.kind) {
    case 'paragraph':
    case 'statement':
      return [line(block.text)];
    case 'list':
      return block.items.map((item) => line(`• ${item}`));
    case 'note':
      return [line(block.status ? `${block.status.word}. ${block.text}` : block.text, { backgroundColor: paper.sunken })];
    case 'facts':
      return block.rows.map(([name, value]) => fact(name, value));
    case 'table':
      return [fact('Sheet', `${nameOf(block)}: ${block.caption}, ${block.rows.filter((row) => row.kind === 'row').length} rows`)];
  }
}

/** The first sheet: what the document is, where it stands, and all its words outside of tables. */
function coverData(report: Report, nameOf: (table: Table) => string): SheetData {
  const { approval } = report;
  const approved = approval && standingOf(report) === 'approved';
  return [
    line(report.title, { fontWeight: 'bold', fontSize: 18 }),
    ...(report.subtitle ? [line(report.subtitle, { textColor: paper.ink2 })] : []),
    ...(report.draft ? [line(draftMark, { fontWeight: 'bold', textColor: shapeColours.major })] : []),
    fact('Organisation', report.organisation),
    fact('Version', report.version),
    fact('Date', longDate(report.date)),
    ...(approved ? [fact('Approved by', `${approval.name}, ${approval.function}`), fact('Approved at', longMoment(approval.at)), fact('Statement', approval.statement), fact('SHA-256 of the approved version', approval.hash)] : []),
    ...report.sections.flatMap((section) => [[null], ...(section.heading ? [line(section.heading, { fontWeight: 'bold', fontSize: section.level === 2 ? 11 : 13 })] : []), ...section.blocks.flatMap((block) => coverBlock(block, nameOf))]),
  ];
}

/** Print header with standing and footer with page numbers; `&` begins a code there, so it is doubled. Order of elements as the schema wants. */
function printMargins(report: Report): Feature<never> {
  const escape = (text: string): string => printable(text).replace(/&/g, '&&').replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`).slice(0, 110);
  const left = report.draft ? `${draftMark} · ${longDate(report.date)}` : longDate(report.date);
  const xml = `<headerFooter><oddHeader>&amp;L${escape(report.organisation)} · ${escape(report.title)}&amp;R${escape(report.version)}</oddHeader><oddFooter>&amp;L${escape(left)}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>`;
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { insert: () => xml } } } };
}

/** The report as a workbook (OOXML): a cover sheet, then one sheet per table with frozen header and typed cells. */
export async function renderXlsx(report: Report): Promise<Uint8Array> {
  const tables = tablesOf(report);
  const names = sheetNames(tables.map((table) => table.caption), ['Report']);
  const nameOf = (table: Table): string => names[tables.indexOf(table)] ?? table.caption;
  const cover: Sheet<never> = { sheet: 'Report', data: coverData(report, nameOf), columns: [{ width: 32 }, { width: 90 }], showGridLines: false };
  const sheets = tables.map((table): Sheet<never> => ({ sheet: nameOf(table), data: tableData(table), columns: widthsOf(table), stickyRowsCount: 1, orientation: 'landscape' }));
  const workbook = writeExcelFile([cover, ...sheets] as Parameters<typeof writeExcelFile>[0] & Sheet<never>[], { fontFamily: 'Calibri', fontSize: 11, features: [printMargins(report)] });
  return new Uint8Array(await workbook.toBuffer());
}
