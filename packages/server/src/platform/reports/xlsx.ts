import writeExcelFile from 'write-excel-file/node';
import { tablesOf } from './model.ts';
import type { Report, Table } from './model.ts';
import { coverData, coverWidths } from './xlsx-cover.ts';
import { sheetNames } from './xlsx-names.ts';
import { printSetup } from './xlsx-print.ts';
import { inheritedNames } from './xlsx-repair.ts';
import { sheetOf } from './xlsx-sheet.ts';

/** The report as a workbook (OOXML): a cover sheet, then one sheet per table with frozen header, filters and typed cells. */
export async function renderXlsx(report: Report): Promise<Uint8Array> {
  const tables = tablesOf(report);
  const names = sheetNames(
    tables.map((table) => table.caption),
    ['Report'],
  );
  const nameOf = (table: Table): string => names[tables.indexOf(table)] ?? table.caption;
  const cover = {
    sheet: 'Report',
    data: coverData(report, nameOf),
    columns: coverWidths.map((width) => ({ width })),
    showGridLines: false,
  };
  const sheets = tables.map((table) => ({
    sheet: nameOf(table),
    ...sheetOf(table),
    stickyRowsCount: 1,
    orientation: 'landscape' as const,
  }));
  const sizes = sheets.map(({ data, columns }) => ({ columns: columns.length, rows: data.length }));
  const workbook = writeExcelFile([cover, ...sheets], {
    fontFamily: 'Calibri',
    fontSize: 11,
    features: [inheritedNames, printSetup(report, [null, ...sizes])],
  });
  return new Uint8Array(await workbook.toBuffer());
}
