import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import copy from 'pg-copy-streams';
import pg from 'pg';
import type { TableHead } from './content.ts';

export const quoted = (table: Pick<TableHead, 'schema' | 'name'>): string =>
  `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`;
const columnsOf = (table: TableHead): string => table.columns.map((name) => pg.escapeIdentifier(name)).join(', ');

/**
 * A session in which values are written the same whatever the server's settings. A policy that would leave rows out unseen is an
 * error here (row_security off): an owner whom policies hold could not have run the migrations either.
 */
export const steady = `set datestyle = 'ISO'; set intervalstyle = 'iso_8601'; set timezone = 'UTC'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set client_encoding = 'UTF8'; set synchronize_seqscans = off; set row_security = off; set statement_timeout = 0; set lock_timeout = 0`;

const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** All tables of the database but system's and extensions', with the columns that hold data of their own. */
export const listTables = async (client: pg.ClientBase): Promise<TableHead[]> => {
  const { rows } = await client.query<TableHead>(`
    select n.nspname as schema, c.relname as name,
      (select coalesce(array_agg(a.attname::text order by a.attnum), '{}') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${ours} order by n.nspname collate "C", c.relname collate "C"`);
  return rows;
};

export const listSequences = async (client: pg.ClientBase): Promise<{ schema: string; name: string; last: string }[]> => {
  const { rows } = await client.query<{ schema: string; name: string; last: string | null }>(`
    select s.schemaname as schema, s.sequencename as name, s.last_value::text as last from pg_sequences s
    join pg_namespace n on n.nspname = s.schemaname join pg_class c on c.relnamespace = n.oid and c.relname = s.sequencename
    where ${ours} order by 1, 2`);
  return rows.flatMap(({ last, ...sequence }) => (last === null ? [] : [{ ...sequence, last }]));
};

/** Sends the rows of a table as COPY writes them (text format); answers how many there were. */
export const copyOut = async (
  client: pg.ClientBase,
  table: TableHead,
  append: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<{ rows: number }> => {
  const stream = client.query(copy.to(`copy ${quoted(table)} (${columnsOf(table)}) to stdout`));
  await append(stream);
  return { rows: stream.rowCount };
};

/** Takes in what copyOut sent; answers how many rows came. */
export const copyIn = async (client: pg.ClientBase, table: TableHead, content: AsyncIterable<Buffer>): Promise<number> => {
  const stream = client.query(copy.from(`copy ${quoted(table)} (${columnsOf(table)}) from stdin`));
  await pipeline(content, stream);
  return stream.rowCount;
};

/** Size and SHA-256 of a table as copyOut would send it now. */
export const sumOf = async (client: pg.ClientBase, table: TableHead): Promise<{ bytes: number; sha256: string; rows: number }> => {
  const sum = createHash('sha256');
  let bytes = 0;
  const { rows } = await copyOut(client, table, async (all) => {
    for await (const part of all) {
      sum.update(part);
      bytes += part.length;
    }
  });
  return { bytes, sha256: sum.digest('hex'), rows };
};
