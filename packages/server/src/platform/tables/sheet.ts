import { LIMITS, TableError, overLimit } from './limits.ts';
import type { Header, Row, TableProblem } from './types.ts';

export interface Grid {
  readonly headerRow: number;
  readonly headers: Header[];
  readonly rows: Row[];
  readonly blankRows: number;
  readonly problems: TableProblem[];
}

/** How many rows above the header may be a title. */
const TITLE_ROWS = 5;

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');
const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length;

/** Collects records in the order of the file, skips and counts the blank ones, and refuses past the limits as early as possible. */
export function createGrid() {
  const records: Row[] = [];
  let blankRows = 0;
  return {
    push(number: number, cells: readonly string[]): void {
      if (isBlank(cells)) {
        blankRows++;
        if (number > LIMITS.rowsWithBlank)
          throw overLimit('TOO_MANY_ROWS', 'rows with the blank ones', LIMITS.rowsWithBlank, 'more', 'Delete the blank rows.');
        return;
      }
      holdLimits(number, cells);
      records.push({ number, cells });
      if (records.length > LIMITS.rows + TITLE_ROWS + 1) throw tooManyRows(`more than ${LIMITS.rows}`);
    },
    finish: (): Grid => arrange(records, blankRows),
  };
}

const tooManyRows = (got: number | string) =>
  overLimit('TOO_MANY_ROWS', 'rows', LIMITS.rows, got, 'Split the file into parts and import them one after the other.');

function holdLimits(number: number, cells: readonly string[]): void {
  if (cells.length > LIMITS.columns && cells.slice(LIMITS.columns).some((cell) => cell !== '')) {
    throw overLimit(
      'TOO_MANY_COLUMNS',
      'columns',
      LIMITS.columns,
      `${cells.length} in row ${number}`,
      'Remove columns that are not needed, or check the delimiter.',
    );
  }
  for (const [index, cell] of cells.entries()) {
    if (cell.length > LIMITS.cellCharacters) {
      throw overLimit(
        'CELL_TOO_LONG',
        'characters in a cell',
        LIMITS.cellCharacters,
        `${cell.length} in row ${number}, column ${index + 1}`,
        'Shorten the text, or attach it as a file.',
      );
    }
    if (cell.includes('\0')) {
      throw new TableError(
        'NOT_TEXT',
        `expected text, got a zero character in row ${number}, column ${index + 1}`,
        'Remove the character from the cell.',
      );
    }
  }
}

/** Rows above the header that hold one cell only, while a row with three or more follows soon: a title, not a header. */
function titleRows(records: readonly Row[]): number {
  const first = records[0];
  if (first === undefined || filled(first.cells) > 1) return 0;
  const header = records.slice(0, TITLE_ROWS + 1).findIndex((record) => filled(record.cells) >= 3);
  return header === -1 ? 0 : header;
}

function arrange(records: readonly Row[], blankRows: number): Grid {
  const titles = titleRows(records);
  const header = records[titles];
  if (header === undefined) {
    throw new TableError(
      'EMPTY_TABLE',
      'expected a row of headers, got no text at all',
      'Choose a file whose first row names the columns.',
    );
  }
  const body = records.slice(titles + 1);
  if (body.length > LIMITS.rows) throw tooManyRows(body.length);
  const problems: TableProblem[] = records.slice(0, titles).map((record) => ({
    code: 'TITLE_ROW',
    severity: 'info',
    row: record.number,
    message: `expected column headers, got the title “${record.cells.join(' ').trim().slice(0, 80)}”`,
    remedy: 'Nothing to do: the row was read as a title and is not a record.',
  }));
  const headers = nameColumns(header.cells, width(header, body));
  const rows = body.map((record) => fit(record, header.cells.length, headers, problems));
  return { headerRow: header.number, headers, rows, blankRows, problems };
}

/** Columns up to the last one with a header or any text; empty columns to the right are no part of the table. */
function width(header: Row, body: readonly Row[]): number {
  let last = header.cells.findLastIndex((cell) => cell.trim() !== '');
  for (const { cells } of body) {
    if (cells.length - 1 > last)
      last = Math.max(
        last,
        cells.findLastIndex((cell) => cell !== ''),
      );
  }
  return last + 1;
}

/** Equal headers are kept apart by a number that no other header already bears; a column without one is named by its place. */
export function nameColumns(texts: readonly string[], columns: number): Header[] {
  const taken = new Set(texts.map((text) => text.trim()));
  const used = new Set<string>();
  return Array.from({ length: columns }, (_, index) => {
    const text = texts[index] ?? '';
    const trimmed = text.trim();
    const base = trimmed === '' ? `Column ${index + 1}` : trimmed;
    let key = base;
    for (let number = 2; used.has(key) || (key !== base && taken.has(key)); number++) key = `${base} (${number})`;
    used.add(key);
    return { index, text, trimmed, key };
  });
}

function fit(record: Row, expected: number, headers: readonly Header[], problems: TableProblem[]): Row {
  const extra = record.cells.slice(expected).filter((cell) => cell !== '').length;
  if (extra > 0) {
    problems.push({
      code: 'LONG_ROW',
      severity: 'warning',
      row: record.number,
      message: `expected ${expected} cells, got ${record.cells.length}`,
      remedy: 'Check the row for a stray delimiter; the extra cells are kept in columns of their own.',
    });
  } else if (record.cells.length < Math.min(expected, headers.length)) {
    problems.push({
      code: 'SHORT_ROW',
      severity: 'warning',
      row: record.number,
      message: `expected ${expected} cells, got ${record.cells.length}`,
      remedy: 'Check the row for a missing delimiter; the missing cells are read as empty.',
    });
  }
  return { number: record.number, cells: headers.map((header) => record.cells[header.index] ?? '') };
}
