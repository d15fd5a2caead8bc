/** One column of a table. `text` is exactly what the file says; `key` is unique in the table ('Name', then 'Name (2)'). */
export interface Header {
  readonly index: number;
  readonly text: string;
  readonly trimmed: string;
  readonly key: string;
}

/** One row. `number` is the row number a spreadsheet shows (header row = 1 when it is the first); cells keep the original text. */
export interface Row {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Something a person should know about the file. `info` needs nothing, `warning` deserves a look; what cannot be read at all is a TableError. */
export interface TableProblem {
  readonly code: string;
  readonly severity: 'info' | 'warning';
  readonly row?: number;
  readonly column?: string;
  readonly message: string;
  readonly remedy: string;
}

export type TableKind = 'csv' | 'xlsx' | 'json';

export interface Table {
  readonly kind: TableKind;
  readonly encoding: string;
  /** CSV only. */
  readonly delimiter?: string;
  /** XLSX only: every sheet of the workbook in its order, and the one that was read. */
  readonly sheets?: readonly { readonly name: string; readonly rows: number }[];
  readonly sheet?: string;
  /** Row number of the header as a spreadsheet shows it. */
  readonly headerRow: number;
  readonly headers: readonly Header[];
  readonly rows: readonly Row[];
  readonly blankRows: number;
  readonly problems: readonly TableProblem[];
}

/** The cell of a row without surrounding white space; '' where the row is short. */
export const trimmedCell = (row: Row, index: number): string => (row.cells[index] ?? '').trim();
