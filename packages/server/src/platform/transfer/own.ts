import { createHash } from 'node:crypto';
import type { Converted } from '../tables/convert.ts';
import type { ColumnMap } from '../tables/mapping.ts';
import type { Row } from '../tables/types.ts';

const longest = 200;
/** PostgreSQL holds neither the zero character nor half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** The name of an own field: the column's, shortened where it is longer than names may be. */
export const ownName = (key: string): string =>
  key.length <= longest ? storable(key) : `${storable(key).slice(0, 180)}… ${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;

/**
 * What of a row has no place in fields: columns without one, and the cells whose text a field does not say letter for
 * letter. An export carries both in columns of their own, so its own spelling of a field is nothing to keep.
 */
export const ownFields = (given: {
  readonly row: Row;
  readonly columns: readonly ColumnMap[];
  readonly converted: Converted;
  readonly values: Readonly<Record<string, unknown>>;
  readonly exported: boolean;
  readonly ownName: (header: string) => string;
}): Record<string, string> => {
  const { row, columns, converted, values, exported } = given;
  const kept: [string, string][] = [];
  for (const column of columns) {
    const cell = row.cells[column.index] ?? '';
    if (cell.trim() === '') continue;
    if (column.to === 'own') kept.push([ownName(exported ? given.ownName(column.key) : column.key), storable(cell)]);
    if (column.to !== 'field' || column.field === undefined) continue;
    if (isLost(column.field, values, converted, cell) || (!exported && Object.hasOwn(converted.originals, column.key)))
      kept.push([ownName(column.key), storable(cell)]);
  }
  if (exported) kept.push(...fromJson(row, columns));
  return Object.fromEntries(kept);
};

/** True when the field holds nothing of the cell, or a text that was shortened on the way. */
const isLost = (field: string, values: Readonly<Record<string, unknown>>, converted: Converted, cell: string): boolean => {
  const value = values[field];
  if (value === undefined) return true;
  return typeof value === 'string' && converted.values[field] === cell && value !== cell && !isId(value);
};

const isId = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** An export in JSON holds own fields in one object, `custom`. */
const fromJson = (row: Row, columns: readonly ColumnMap[]): [string, string][] => {
  const column = columns.find(({ key }) => key === 'custom');
  const cell = column === undefined ? undefined : row.cells[column.index];
  if (cell === undefined || !cell.startsWith('{')) return [];
  try {
    const read: unknown = JSON.parse(cell);
    return typeof read === 'object' && read !== null
      ? Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      : [];
  } catch {
    return [];
  }
};
