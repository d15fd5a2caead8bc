import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

/** The id of a person by identifier (`PER-0004`) or id; null when nobody here is called so. */
export const personNamed = async (tx: Tx, reference: string): Promise<string | null> => {
  const number = Number(/^PER-(\d{4,9})$/i.exec(reference)?.[1] ?? '0');
  const [row] = await tx.query<{ id: string }>(
    sql`select id from people where organization_id = ${tx.organisationId}::uuid and (id::text = ${reference.toLowerCase()} or number = ${number})`,
  );
  return row?.id ?? null;
};
