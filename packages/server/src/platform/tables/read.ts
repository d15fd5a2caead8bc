import { readCsv } from './csv.ts';
import { decodeText } from './encoding.ts';
import { readJson } from './json.ts';
import { LIMITS, TableError, overLimit } from './limits.ts';
import type { Table } from './types.ts';
import { readXlsx } from './xlsx.ts';

export interface ReadOptions {
  /** XLSX: name of the sheet, or its number from 1. */
  readonly sheet?: string | number;
  /** CSV: one character. */
  readonly delimiter?: string;
  /** CSV and JSON: such as utf-8, utf-16le, windows-1252. */
  readonly encoding?: string;
}

/** First bytes of files people mistake for tables, with the way out. */
const REFUSED: readonly { readonly starts: readonly number[]; readonly is: string; readonly remedy: string }[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old .xls or a password-protected workbook',
    remedy: 'Save it as .xlsx without a password, or as CSV.',
  },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', remedy: 'Choose the spreadsheet the PDF was made from.' },
  { starts: [0x1f, 0x8b], is: 'a gzip archive', remedy: 'Unpack it and choose the table inside.' },
];

const startsWith = (bytes: Uint8Array, starts: readonly number[]) => starts.every((byte, index) => bytes[index] === byte);

/**
 * Reads a table from CSV, XLSX or JSON. The content decides which it is, never the name. Every cell keeps its original
 * text; rows without any text are skipped and counted; what deserves a look is in `problems`.
 * @param bytes the whole file, at most LIMITS.fileBytes
 * @param fileName only for messages, and to tell broken JSON from CSV
 * @throws TableError when a limit is passed or the file is no table; code, message and remedy are meant for people
 */
export async function readTable(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Promise<Table> {
  if (bytes.length > LIMITS.fileBytes) {
    throw overLimit('FILE_TOO_LARGE', 'bytes', LIMITS.fileBytes, bytes.length, 'Split the file, or remove columns that are not needed.');
  }
  const refused = REFUSED.find(({ starts }) => startsWith(bytes, starts));
  if (refused !== undefined) throw new TableError('WRONG_KIND', `expected CSV, XLSX or JSON, got ${refused.is}`, refused.remedy);
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    return { kind: 'xlsx', encoding: 'utf-8', ...(await readXlsx(bytes, options.sheet)) };
  }
  const { text, encoding, problems } = decodeText(bytes, options.encoding);
  const json = parseJson(text, fileName);
  if (json !== undefined) {
    const grid = readJson(json.value);
    return { kind: 'json', encoding, ...grid, problems: [...problems, ...grid.problems] };
  }
  if (/^\s*<(?:!doctype|html|\?xml|table)/iu.test(text.slice(0, 200))) {
    throw new TableError(
      'WRONG_KIND',
      'expected CSV, XLSX or JSON, got a web page or XML',
      'Open it in a spreadsheet program and save it as .xlsx or CSV.',
    );
  }
  const grid = readCsv(text, options.delimiter);
  return { kind: 'csv', encoding, ...grid, problems: [...problems, ...grid.problems] };
}

/** A CSV header may begin with a bracket too, so only text that parses is JSON; a name that says .json makes it an error. */
function parseJson(text: string, fileName: string): { value: unknown } | undefined {
  if (!/^\s*[[{]/u.test(text.slice(0, 1000))) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!fileName.toLowerCase().endsWith('.json')) return undefined;
    throw new TableError(
      'JSON_BROKEN',
      `expected JSON, got ${error instanceof Error ? error.message : 'broken text'}`,
      'Mend the file, or export it again.',
    );
  }
}
