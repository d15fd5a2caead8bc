import { createHash } from 'node:crypto';
import type { Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { identifyRows } from '../tables/identity.ts';
import type { ColumnMap } from '../tables/mapping.ts';
import type { Header, Table } from '../tables/types.ts';

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

export const headersHash = (headers: readonly Header[]): string => hash(headers.map(({ key }) => key).toSorted());

/** Which import a row belongs to: tables with the same columns and the same external-id columns are one source. */
export const sourceOf = (table: Table, idColumns: readonly string[]): string =>
  `${headersHash(table.headers)}:${hash([...idColumns].toSorted()).slice(0, 16)}`;

/** Row number → the record an earlier import made of it. */
export const knownRows = async (tx: Tx, register: Register, table: Table, idColumns: readonly string[]) => {
  const { identities, duplicates } = identifyRows(table.headers, table.rows, idColumns);
  const source = sourceOf(table, idColumns);
  const rows = await tx.query<{ identity: string; record_id: string }>(sql`
    select i.identity, i.record_id from import_rows i where i.organization_id = ${tx.organisationId}::uuid and i.register = ${register.name} and i.source = ${source}`);
  const records = new Map(rows.map(({ identity, record_id }) => [identity, record_id]));
  return {
    source,
    duplicates,
    identities: new Map(identities.map(({ row, identity, basis }) => [row, { identity, basis, record: records.get(identity) ?? null }])),
  };
};

export const rememberRows = async (
  tx: Tx,
  register: Register,
  source: string,
  rows: readonly { readonly identity: string; readonly record: string }[],
): Promise<void> => {
  if (rows.length === 0) return;
  await tx.query(sql`insert into import_rows (organization_id, register, source, identity, record_id)
    select ${tx.organisationId}::uuid, ${register.name}, ${source}, identity, record from json_to_recordset(${JSON.stringify(rows)}::json) as r(identity text, record uuid)
    on conflict (organization_id, register, source, identity) do update set record_id = excluded.record_id`);
};

/** One import into a register at a time, so that the same file twice at once cannot make its records twice. */
export const waitForTurn = (tx: Tx, register: Register): Promise<unknown> =>
  tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${tx.organisationId} ${register.name}`}, 0))`);

export interface SavedMapping {
  readonly columns: readonly ColumnMap[];
  readonly idColumns?: readonly string[] | undefined;
  readonly dateOrder?: 'dmy' | 'mdy' | undefined;
}

export const loadMapping = async (tx: Tx, register: Register, headers: readonly Header[]): Promise<SavedMapping | null> => {
  const [row] = await tx.query<{ mapping: SavedMapping }>(sql`
    select mapping from import_mappings where organization_id = ${tx.organisationId}::uuid and register = ${register.name} and headers_hash = ${headersHash(headers)}`);
  return row?.mapping ?? null;
};

/** Kept for next time, without what only belongs to this file. */
export const saveMapping = async (tx: Tx, register: Register, headers: readonly Header[], mapping: SavedMapping): Promise<void> => {
  const columns = mapping.columns.map((column) => ({
    ...column,
    samples: [],
    ...(column.values === undefined
      ? {}
      : { values: column.values.filter(({ value }) => value !== undefined).map((entry) => ({ ...entry, count: 0 })) }),
  }));
  await tx.query(sql`insert into import_mappings (organization_id, register, headers_hash, mapping)
    values (${tx.organisationId}::uuid, ${register.name}, ${headersHash(headers)}, ${JSON.stringify({ ...mapping, columns })}::jsonb)
    on conflict (organization_id, register, headers_hash) do update set mapping = excluded.mapping, updated_at = now()`);
};
