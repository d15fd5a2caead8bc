import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { sealedEntry } from '../trail/append.ts';
import { INSTALLATION, INSTALLATION_LOG } from '../trail/installation.ts';

/**
 * Empties what the installation log says of a person, in the transaction of his erasure and before his account goes: networks,
 * and the marks of his address. An `erase` of that log lists the entries and names the erasure. Answers how many were emptied.
 */
export const eraseFromInstallation = async (tx: Tx, context: Context, person: string, erasure: string): Promise<number> => {
  const found = await tx.query<{ entry: string }>(sql`select entry from installation_entries_of(${person}::uuid)`);
  if (found.length === 0) return 0;
  const { envelope, salt, payload } = sealedEntry(INSTALLATION, {
    entry: newId(),
    register: INSTALLATION_LOG,
    record: null,
    version: null,
    command: 'erase',
    actor: null,
    time: context.now.toISOString(),
    request: context.requestId,
    payload: { entries: found.map(({ entry }) => entry).toSorted(), organisation: tx.organisationId, erasure },
  });
  const [row] = await tx.query<{ emptied: number }>(
    sql`select erase_from_installation(${person}::uuid, ${erasure}::uuid, ${envelope}, ${salt}::bytea, ${payload}::bytea) as emptied`,
  );
  return row?.emptied ?? 0;
};
