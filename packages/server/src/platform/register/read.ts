import type { Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { notFound } from '../errors.ts';
import { columnNames, type Row, rowColumns, viewColumns } from './columns.ts';

/** The JSON text of one record as it is answered, with its version. Built in SQL and passed through. */
export const readView = async (tx: Tx, register: Register, id: string): Promise<{ json: string; version: number }> => {
  const [found] = await tx.query<{ json: string; version: number }>(sql`
    select row_to_json(x)::text as json, x.version from (select ${viewColumns(register)} from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid) x`);
  if (found === undefined) throw notFound();
  return found;
};

/** Records as actions work with them, in the order of their numbers. `lock` holds them until the transaction ends. */
export const loadRows = async (tx: Tx, register: Register, ids: readonly string[], options: { lock?: boolean } = {}): Promise<Row[]> => {
  const rows = await tx.query<{ row: Row }>(sql`
    select row_to_json(x) as row from (select ${rowColumns(register)} from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.id = any(${ids as string[]}::uuid[]) order by t.number ${options.lock === true ? sql`for update` : sql``}) x`);
  return rows.map(({ row }) => row);
};

/** One record; NOT_FOUND when this organisation has none with this id. */
export const loadRow = async (tx: Tx, register: Register, id: string, options: { lock?: boolean } = {}): Promise<Row> => {
  const [row] = await loadRows(tx, register, [id], options);
  if (row === undefined) throw notFound();
  return row;
};

/**
 * Records whose fields equal the given values (`null` = empty), archived ones left out, in the order of their numbers.
 * For actions of rooms; lists for people are in list.ts.
 */
export const findRows = async (
  tx: Tx,
  register: Register,
  where: Readonly<Record<string, unknown>>,
  options: { lock?: boolean } = {},
): Promise<Row[]> => {
  const names = columnNames(register);
  const conditions = Object.entries(where).map(([name, value]) => {
    const ref = sql.ref(`t.${names[name] ?? name}`);
    return value === null ? sql`${ref} is null` : Array.isArray(value) ? sql`${ref} = any(${value})` : sql`${ref} = ${value}`;
  });
  const rows = await tx.query<{ row: Row }>(sql`
    select row_to_json(x) as row from (select ${rowColumns(register)} from ${sql.table(register.table)} t
    where ${sql.join([sql`t.organization_id = ${tx.organisationId}::uuid`, sql`t.archived_at is null`, ...conditions], sql` and `)} order by t.number ${options.lock === true ? sql`for update` : sql``}) x`);
  return rows.map(({ row }) => row);
};
