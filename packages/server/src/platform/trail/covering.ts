import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

export interface Covering {
  /** How many entries it covers. */
  readonly size: number;
  /** Base64, as in the note. */
  readonly root: string;
  readonly at: Date;
  /** The signed note. */
  readonly note: string;
}

/** The checkpoint that goes with what is handed out: the one an as-of read rests on, else the newest; null where there is none yet. */
export const coveringCheckpoint = async (tx: Tx): Promise<Covering | null> => {
  if (tx.asOf !== null && tx.asOf.checkpoint === null) return null;
  const size = tx.asOf?.checkpoint?.size ?? null;
  const [row] = await tx.query<Covering>(sql`
    select size, encode(root, 'base64') as root, at, note from trail_checkpoints
    where organization_id = ${tx.organisationId}::uuid and (${size}::bigint is null or size = ${size}::bigint) order by size desc limit 1`);
  return row ?? null;
};
