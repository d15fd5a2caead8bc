import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

/** Keeps the time stamp over the checkpoint of this size; the first one stays, since it proves the earliest time. */
export const keepStamp = async (tx: Tx, size: number, tsr: Uint8Array, authority: string, at: Date): Promise<void> => {
  await tx.query(sql`
    insert into checkpoint_stamps (organization_id, size, tsr, authority, at)
    values (${tx.organisationId}::uuid, ${size}::bigint, ${Buffer.from(tsr)}, ${authority}, ${at.toISOString()}::timestamptz) on conflict do nothing`);
};

/** The time stamp over the signed note of this size, as the authority answered it (DER of a TimeStampResp). */
export const stampOf = async (tx: Tx, size: number): Promise<Buffer | null> => {
  const [row] = await tx.query<{ tsr: Buffer }>(
    sql`select tsr from checkpoint_stamps where organization_id = ${tx.organisationId}::uuid and size = ${size}::bigint`,
  );
  return row?.tsr ?? null;
};
