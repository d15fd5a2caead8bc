import type { CellObject, Row as SheetRow, SheetData } from 'write-excel-file/node';
import { cellText } from './cells.ts';
import type { Cell, Column, Row, Table } from './model.ts';
import { paper } from './shapes.ts';
import { body, rowHeight, sheetCell, textCell } from './xlsx-cells.ts';

/** One column of the sheet: what it takes from a record and from the band above it. */
interface SheetColumn {
  readonly header: string;
  readonly width: number;
  readonly align: Column['align'];
  readonly cell: (row: Row & { kind: 'row' }, band: string) => Cell;
}

const noteOf = (cell: Cell | undefined): string => (typeof cell === 'object' && cell.kind === 'date' ? (cell.note ?? '') : '');
const withoutNote = (cell: Cell | undefined): Cell =>
  typeof cell === 'object' && cell.kind === 'date' ? { kind: 'date', date: cell.date } : (cell ?? '');

/** Days stay days that can be sorted: their second line gets a column of its own. */
function ownColumns(table: Table): SheetColumn[] {
  const total = table.columns.reduce((sum, column) => sum + (column.width ?? 1), 0);
  return table.columns.flatMap((column, at) => {
    const width = Math.min(70, Math.max(12, Math.round(((column.width ?? 1) / total) * 150)));
    const main: SheetColumn = { header: column.header, width, align: column.align, cell: (row) => withoutNote(row.cells[at]) };
    const noted = table.rows.some((row) => row.kind === 'row' && noteOf(row.cells[at]) !== '');
    return noted
      ? [
          { ...main, align: 'left' as const },
          { header: `${column.header} (note)`, width: 20, align: 'left' as const, cell: (row) => noteOf(row.cells[at]) },
        ]
      : [main];
  });
}

/** Bands become a first column and remarks a last one, so that a filter or sort keeps them with their rows. */
function columnsOf(table: Table): SheetColumn[] {
  const banded = table.rows.some((row) => row.kind === 'band');
  const remarked = table.rows.some((row) => row.kind === 'row' && row.remark);
  const area: SheetColumn = { header: table.bandHeader ?? 'Group', width: 28, align: 'left', cell: (_, band) => band };
  const remark: SheetColumn = {
    header: 'Remark',
    width: 50,
    align: 'left',
    cell: (row) => (row.remark ? `${row.remark.word}. ${row.remark.text}` : ''),
  };
  return [...(banded ? [area] : []), ...ownColumns(table), ...(remarked ? [remark] : [])];
}

const headerStyle = {
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'bottom',
  backgroundColor: paper.sunken,
  bottomBorderStyle: 'thin',
  bottomBorderColor: paper.ink,
} as const;
const header = (column: SheetColumn): CellObject => textCell(column.header, { ...headerStyle, align: column.align ?? 'left' });

/** A table as sheet: one row per record under one header row, with widths in characters. */
export function sheetOf(table: Table): { data: SheetData; columns: { width: number }[] } {
  const columns = columnsOf(table);
  const widths = columns.map((column) => column.width);
  const records: SheetRow[] = [];
  let band = '';
  for (const row of table.rows) {
    if (row.kind === 'band') {
      band = `${row.label} ${row.text}`.trim();
      continue;
    }
    const cells = columns.map((column) => column.cell(row, band));
    const height = rowHeight(cells.map(cellText), widths);
    records.push(cells.map((cell, at) => ({ ...sheetCell(cell, body, columns[at]?.align), height })));
  }
  const nothing: SheetRow = [textCell(table.emptyText ?? 'No records.'), ...columns.slice(1).map(() => null)];
  return { data: [columns.map(header), ...(records.length > 0 ? records : [nothing])], columns: widths.map((width) => ({ width })) };
}
