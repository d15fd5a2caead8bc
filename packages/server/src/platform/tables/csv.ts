import { CsvError, parse } from 'csv-parse/sync';
import { detectDelimiter } from './delimiter.ts';
import { rearm } from './formula.ts';
import { LIMITS, TableError, overLimit } from './limits.ts';
import { createGrid } from './sheet.ts';
import type { Grid } from './sheet.ts';

/** Excel's own first line that names the delimiter; it is no record. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/iu;

/**
 * Text to records: quotes may hold delimiters and line ends, lines may end in CR LF, LF or CR, a stray quote inside an
 * unquoted cell is text. Apostrophes that disarm a formula are undone (formula.ts) and counted.
 * @throws TableError QUOTE_NOT_CLOSED, ROW_TOO_LONG and the limits of sheet.ts
 */
export function readCsv(text: string, wanted?: string): Grid & { delimiter: string } {
  const line = SEPARATOR_LINE.exec(text);
  const body = line === null ? text : text.slice(line[0].length);
  const delimiter = wanted ?? line?.[1] ?? detectDelimiter(body);
  const grid = createGrid();
  let number = line === null ? 0 : 1;
  let rearmed = 0;
  const read = (record: string[]): null => {
    number++;
    const cells = record.map((cell) => {
      const restored = rearm(cell);
      if (restored !== cell) rearmed++;
      return restored;
    });
    grid.push(number, cells);
    return null;
  };
  parseRecords(body, delimiter, read);
  const done = grid.finish();
  if (rearmed > 0) {
    done.problems.push({
      code: 'TEXT_MARKERS_READ',
      severity: 'info',
      message: `expected plain text, got ${rearmed} cells with an apostrophe before a formula sign`,
      remedy: 'Nothing to do: the apostrophe only tells a spreadsheet not to calculate and was left out.',
    });
  }
  return { ...done, delimiter };
}

const rowTooLong = () =>
  overLimit(
    'ROW_TOO_LONG',
    'characters in a row',
    LIMITS.recordCharacters,
    'more',
    'Check the row for a quotation mark that is not closed, or shorten its texts.',
  );

/** The parser counts the text of a record but not its delimiters, so a line of nothing else would fill the memory. */
function holdLineLength(text: string): void {
  let start = 0;
  for (const { index, 0: ends } of text.matchAll(/[\r\n]+/gu)) {
    if (index - start > LIMITS.recordCharacters) throw rowTooLong();
    start = index + ends.length;
  }
  if (text.length - start > LIMITS.recordCharacters) throw rowTooLong();
}

function parseRecords(text: string, delimiter: string, onRecord: (record: string[]) => null): void {
  holdLineLength(text);
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: LIMITS.recordCharacters,
      on_record: onRecord,
    });
  } catch (error) {
    throw error instanceof CsvError ? explain(error) : error;
  }
}

function explain(error: CsvError): TableError {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new TableError(
      'QUOTE_NOT_CLOSED',
      `expected a closing quotation mark, got the end of the file (${error.message})`,
      'Close the quotation mark in the row named, or save the sheet as CSV again.',
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') return rowTooLong();
  return new TableError(
    'NOT_A_TABLE',
    `expected rows and columns, got ${error.message}`,
    'Save the sheet as CSV (UTF-8) or as .xlsx and choose that file.',
  );
}
