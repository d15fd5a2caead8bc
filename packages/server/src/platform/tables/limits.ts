/** What one table may hold at most. The import is one transaction, so these bound its time and memory. */
export const LIMITS = {
  fileBytes: 50 * 1024 * 1024,
  rows: 20_000,
  /** Rows of a sheet with the blank ones among them: as many as Excel has. */
  rowsWithBlank: 1_048_576,
  columns: 200,
  cellCharacters: 100_000,
  /** One CSV record, all cells together. */
  recordCharacters: 4_000_000,
  /** All parts of a workbook after unpacking. */
  unpackedBytes: 200 * 1024 * 1024,
  workbookParts: 2_000,
  /** Rows × columns a sheet may span, so that one far-off cell cannot fill the memory. */
  sheetArea: 8_000_000,
  /** Longest text one XLSX cell can hold (ECMA-376, Excel's own limit). */
  xlsxCellCharacters: 32_767,
} as const;

/** The file cannot be read or written as a table. `message` names what was expected and found, `remedy` what to do. */
export class TableError extends Error {
  readonly code: string;
  readonly remedy: string;
  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'TableError';
    this.code = code;
    this.remedy = remedy;
  }
}

const count = (value: number) => value.toLocaleString('en-US');

/** The error for a limit: it names the limit, so that nobody has to guess. */
export const overLimit = (code: string, what: string, limit: number, got: number | string, remedy: string) =>
  new TableError(code, `expected at most ${count(limit)} ${what}, got ${typeof got === 'number' ? count(got) : got}`, remedy);
