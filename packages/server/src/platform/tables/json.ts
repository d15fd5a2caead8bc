import { TableError } from './limits.ts';
import { createGrid } from './sheet.ts';
import type { Grid } from './sheet.ts';

const notRecords = (got: string) =>
  new TableError(
    'JSON_NOT_RECORDS',
    `expected a list of records, got ${got}`,
    'Give an array of objects, or an object with “rows”, “records”, “items” or “data” that holds one.',
  );

/**
 * JSON to records: our own form `{ columns: [{ key, header }], rows: [{ key: text }] }` (keeps order and equal headers),
 * an array of objects, or such an array under rows, records, items or data. Row numbers count as if the headers were row 1.
 * @throws TableError JSON_NOT_RECORDS and the limits of sheet.ts
 */
export function readJson(value: unknown): Grid {
  const records = findRecords(value);
  const columns = ownColumns(value) ?? keysOf(records).map((key) => ({ key, header: key }));
  const grid = createGrid();
  grid.push(
    1,
    columns.map(({ header }) => header),
  );
  for (const [index, record] of records.entries()) {
    grid.push(
      index + 2,
      columns.map(({ key }) => (Object.hasOwn(record, key) ? cellText(record[key]) : '')),
    );
  }
  return grid.finish();
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function findRecords(value: unknown): Record<string, unknown>[] {
  const list = Array.isArray(value)
    ? value
    : isRecord(value)
      ? ['rows', 'records', 'items', 'data'].map((name) => value[name]).find(Array.isArray)
      : undefined;
  if (!Array.isArray(list)) throw notRecords(value === null ? 'null' : typeof value);
  const odd = list.findIndex((record) => !isRecord(record));
  if (odd !== -1) throw notRecords(`something else at place ${odd + 1} of the list`);
  return list as Record<string, unknown>[];
}

function ownColumns(value: unknown): { key: string; header: string }[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['columns'])) return undefined;
  const columns = value['columns'] as unknown[];
  const named = columns.filter(
    (column): column is { key: string; header: string } =>
      isRecord(column) && typeof column['key'] === 'string' && typeof column['header'] === 'string',
  );
  return named.length === columns.length ? named : undefined;
}

/** Every key of any record, in the order in which they first appear. */
function keysOf(records: readonly Record<string, unknown>[]): string[] {
  const keys = new Set<string>();
  for (const record of records) for (const key of Object.keys(record)) keys.add(key);
  return [...keys];
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return value.map(String).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
