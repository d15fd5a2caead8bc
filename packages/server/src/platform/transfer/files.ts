import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { invalid, notFound, ProblemError } from '../errors.ts';
import type { Received } from '../files/receive.ts';
import { damagedFile } from '../files/damaged.ts';
import type { FileStore } from '../files/store.ts';
import { LIMITS, TableError } from '../tables/limits.ts';
import { readTable } from '../tables/read.ts';
import type { Table } from '../tables/types.ts';

/** Reads a table; what cannot be read becomes a problem of the request. */
export const tableOf = async (bytes: Uint8Array, name: string, sheet?: string): Promise<Table> => {
  try {
    return await readTable(bytes, name, sheet === undefined ? {} : { sheet });
  } catch (error) {
    if (error instanceof TableError) throw invalid([{ code: error.code, field: 'file', message: error.message, remedy: error.remedy }]);
    throw error;
  }
};

/** Keeps the bytes of a table in the organisation's files, so that dry run and import read what was brought. */
export const keepTable = async (tx: Tx, { sha256, size }: Pick<Received, 'sha256' | 'size'>): Promise<string> => {
  await tx.query(
    sql`insert into files (organization_id, sha256, size, type) values (${tx.organisationId}::uuid, ${sha256}, ${size}, 'application/x-import-table') on conflict do nothing`,
  );
  return sha256;
};

/** Bytes of a table that was brought to this organisation; NOT_FOUND for any other. */
export const bytesOf = async (tx: Tx, store: FileStore, sha256: string): Promise<Uint8Array> => {
  const [known] = await tx.query<{ size: number }>(
    sql`select size from files where organization_id = ${tx.organisationId}::uuid and sha256 = ${sha256}`,
  );
  if (known === undefined) throw notFound('file');
  if (known.size > LIMITS.fileBytes) throw new ProblemError('TOO_LARGE');
  if (!(await store.isIntact(tx.organisationId, sha256))) throw damagedFile(sha256);
  const parts: Uint8Array[] = [];
  for await (const part of await store.get(tx.organisationId, sha256)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
};
