import readWorkbook from 'read-excel-file/universal';
import { LIMITS, TableError, overLimit } from './limits.ts';
import { createGrid } from './sheet.ts';
import type { Grid } from './sheet.ts';
import type { TableProblem } from './types.ts';
import { unescapeXlsxText } from './xlsx-text.ts';
import { openWorkbook } from './zip.ts';
import type { ZipPart } from './zip.ts';

export interface XlsxGrid extends Grid {
  readonly sheet: string;
  readonly sheets: { readonly name: string; readonly rows: number }[];
}

/**
 * One sheet of a workbook: the one wanted (name, or number from 1), else the first with any text. Dates become ISO 8601
 * (time only where there is one), numbers the digits Excel shows at full width (15 significant), booleans TRUE or FALSE.
 * A cell's own number format (percent, currency, leading zeros) is not applied.
 * @throws TableError of zip.ts and sheet.ts, SHEET_NOT_FOUND, SHEET_TOO_WIDE, NOT_A_WORKBOOK
 */
export async function readXlsx(bytes: Uint8Array, wanted?: string | number): Promise<XlsxGrid> {
  const parts = openWorkbook(bytes);
  const errors = parts.filter(({ name }) => name.startsWith('xl/worksheets/')).reduce((sum, part) => sum + inspectSheet(part), 0);
  const workbook = await parse(bytes);
  const sheets = workbook.map(({ sheet, data }) => ({ name: sheet, rows: data.length }));
  const found = choose(workbook, wanted);
  const grid = createGrid();
  for (const [index, cells] of found.data.entries()) grid.push(index + 1, cells.map(cellText));
  const done = grid.finish();
  if (errors > 0) done.problems.push(errorCells(errors));
  return { ...done, sheet: found.sheet, sheets };
}

async function parse(bytes: Uint8Array) {
  const copy = new Uint8Array(bytes).buffer;
  try {
    return await readWorkbook<string>(copy, { trim: false, parseNumber: numberText });
  } catch (error) {
    throw new TableError(
      'NOT_A_WORKBOOK',
      `expected an .xlsx workbook, got ${error instanceof Error ? error.message : 'something else'}`,
      'Open the file in a spreadsheet program and save it again as .xlsx.',
    );
  }
}

function choose<S extends { sheet: string; data: unknown[] }>(workbook: readonly S[], wanted?: string | number): S {
  const found =
    wanted === undefined
      ? (workbook.find(({ data }) => data.length > 0) ?? workbook[0])
      : workbook.find(({ sheet }, index) => sheet === wanted || index + 1 === wanted);
  if (found !== undefined) return found;
  const names = workbook.map(({ sheet }) => `“${sheet}”`).join(', ');
  throw new TableError(
    'SHEET_NOT_FOUND',
    `expected one of the sheets ${names}, got “${wanted}”`,
    'Name one of these sheets, or its number.',
  );
}

/**
 * Holds the area of a sheet before the parser fills it with cells: a cell with content at XFD1048576 is 17 billion cells.
 * Answers how many cells hold a formula error (#N/A and the like), which the parser reads as empty.
 */
function inspectSheet({ name, content }: ZipPart): number {
  const xml = content.toString('latin1');
  let rows = 0;
  for (const match of xml.matchAll(/<(?:\w+:)?row\b[^<>]{0,200}?\br="(\d+)"/gu)) rows = Math.max(rows, Number(match[1]));
  let columns = 1;
  let errors = 0;
  let filledRows = 1;
  for (const match of xml.matchAll(/<(?:\w+:)?c\b([^<>]*[^/<>])>/gu)) {
    const attributes = match[1] ?? '';
    const at = /\br="([A-Z]+)(\d+)"/u.exec(attributes);
    if (/\bt="e"/u.test(attributes)) errors++;
    if (at === null) continue;
    columns = Math.max(columns, columnNumber(at[1] ?? ''));
    filledRows = Math.max(filledRows, Number(at[2]));
  }
  if (rows > LIMITS.rowsWithBlank || columns * filledRows > LIMITS.sheetArea) {
    throw overLimit(
      'SHEET_TOO_WIDE',
      'cells in the area of a sheet',
      LIMITS.sheetArea,
      `${Math.max(rows, filledRows)} rows × ${columns} columns in ${name}`,
      'Delete far-off cells, or copy the table alone into a new workbook.',
    );
  }
  return errors;
}

const columnNumber = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const errorCells = (count: number): TableProblem => ({
  code: 'FORMULA_ERRORS',
  severity: 'warning',
  message: `expected values, got ${count} cells with a formula error such as #N/A; they are read as empty`,
  remedy: 'Mend the formulas, or replace them by their values, and choose the file again.',
});

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? unescapeXlsxText(value) : String(value);
}

/** Excel keeps dates as days and fractions; the nearest second undoes the fraction's rounding. Day 0 stands for a time alone. */
function dateText(date: Date): string {
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  const [day = '', time = ''] = iso.slice(0, 19).split('T');
  if (day.startsWith('1899-12-3')) return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}

/** Binary fractions such as 0.30000000000000004 as Excel shows them; whole numbers keep all their digits. */
function numberText(raw: string): string {
  if (/^-?\d+$/u.test(raw)) return raw;
  const value = Number(raw);
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : raw;
}
