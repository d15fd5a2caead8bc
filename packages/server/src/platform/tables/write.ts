import writeWorkbook from 'write-excel-file/universal';
import type { Cell } from 'write-excel-file/universal';
import { disarm } from './formula.ts';
import { LIMITS, overLimit } from './limits.ts';
import { nameColumns } from './sheet.ts';
import { escapeXlsxText } from './xlsx-text.ts';

type Cells = readonly string[];
export type RowSource = Iterable<Cells> | AsyncIterable<Cells>;

/** Parts handed on at once: few enough writes, little enough memory. Characters. */
const CHUNK = 64 * 1024;

async function* inChunks(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const part of parts) {
    waiting += part;
    if (waiting.length >= CHUNK) {
      yield waiting;
      waiting = '';
    }
  }
  if (waiting !== '') yield waiting;
}

const csvLine = (cells: Cells) => `${cells.map((cell) => `"${disarm(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;

/**
 * CSV as text in parts: UTF-8 with byte order mark (Excel needs it), comma, CR LF, every cell quoted, formulas disarmed
 * (formula.ts). `readTable` gives back every cell exactly. Memory stays at one part however many rows there are.
 */
export function writeCsv(headers: Cells, rows: RowSource): AsyncGenerator<string> {
  return inChunks(
    (async function* () {
      yield `\uFEFF${csvLine(headers)}`;
      for await (const row of rows) yield csvLine(row);
    })(),
  );
}

/**
 * JSON as text in parts: `{ columns: [{ key, header }], rows: [{ key: text }] }`. Keys are unique ('Name', 'Name (2)') and
 * `columns` keeps order and the headers as written, so that `readTable` gives back the same table.
 */
export function writeJson(headers: Cells, rows: RowSource): AsyncGenerator<string> {
  const keys = nameColumns(headers, headers.length).map(({ key }) => JSON.stringify(key));
  const columns = headers.map((header, index) => `{"key":${keys[index]},"header":${JSON.stringify(header)}}`);
  // Empty cells are left out: `columns` says that they exist, and wide registers are mostly empty.
  const record = (cells: Cells) =>
    `{${keys.flatMap((key, index) => ((cells[index] ?? '') === '' ? [] : [`${key}:${JSON.stringify(cells[index])}`])).join(',')}}`;
  return inChunks(
    (async function* () {
      yield `{"columns":[${columns.join(',')}],\n"rows":[`;
      let separator = '\n';
      for await (const row of rows) {
        yield separator + record(row);
        separator = ',\n';
      }
      yield '\n]}\n';
    })(),
  );
}

/** A sheet behind the table: names and what they stand for. */
export interface Beside {
  readonly sheet: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
}

/**
 * An XLSX workbook with one sheet, and a second of names and values where one stands beside it; the header stays in view. Every cell is typed as text, so nothing is calculated.
 * The whole workbook is made in memory.
 * @param options.sheet name of the sheet; Excel allows 31 characters without []:*?/\ and others are replaced
 * @throws TableError CELL_TOO_LONG (32,767 characters is the most an XLSX cell holds; CSV and JSON hold more), TOO_MANY_ROWS
 */
export async function writeXlsx(
  headers: Cells,
  rows: RowSource,
  options: { readonly sheet?: string; readonly beside?: () => Promise<Beside | null> } = {},
): Promise<Uint8Array> {
  const data: Cell[][] = [headers.map((header) => textCell(header, 1, { fontWeight: 'bold' }))];
  for await (const row of rows) data.push(row.map((cell) => textCell(cell, data.length + 1)));
  if (data.length > LIMITS.rowsWithBlank)
    throw overLimit('TOO_MANY_ROWS', 'rows in a sheet', LIMITS.rowsWithBlank, data.length, 'Export as CSV.');
  const columns = headers.map((header) => ({ width: Math.min(40, Math.max(12, header.length + 2)) }));
  const table = { data, sheet: sheetName(options.sheet ?? 'Register'), columns, stickyRowsCount: 1 };
  // Asked for when all rows have been read: it speaks of them.
  const beside = (await options.beside?.()) ?? null;
  const second =
    beside === null
      ? []
      : [
          {
            sheet: beside.sheet,
            data: beside.lines.map((line) => line.map((text, at) => textCell(text, at + 1))),
            columns: [{ width: 24 }, { width: 80 }],
          },
        ];
  const blob = await writeWorkbook([table, ...second]).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

function textCell(text: string, row: number, style: { fontWeight?: 'bold' } = {}): Cell {
  if (text === '') return null;
  if (text.length > LIMITS.xlsxCellCharacters) {
    throw overLimit(
      'CELL_TOO_LONG',
      'characters in an XLSX cell',
      LIMITS.xlsxCellCharacters,
      `${text.length} in row ${row}`,
      'Export as CSV or JSON, which hold longer texts.',
    );
  }
  return { value: escapeXlsxText(text), type: String, ...style };
}

/** Excel takes no []:*?/\ in a sheet name, no apostrophe at its ends, and 31 characters at most. */
const sheetName = (wanted: string) =>
  wanted
    .replaceAll(/[[\]:*?/\\\s]+/gu, ' ')
    .slice(0, 31)
    .replaceAll(/^[\s']+|[\s']+$/gu, '') || 'Register';
