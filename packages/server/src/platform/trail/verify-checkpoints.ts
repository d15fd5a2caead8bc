import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';

interface CheckpointRow {
  readonly size: number;
  readonly note: string;
  readonly epoch: number;
  readonly at: Date;
}

/** Holds what stands beside each checkpoint against its signed text, and the checkpoints against each other: none may be missing. */
export const checkpointFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<CheckpointRow>(
    sql`select size, note, epoch, at from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size`,
  );
  const [tree] = await tx.query<{ size: number }>(
    sql`select count(*) as size from trail_leaves where organization_id = ${tx.organisationId}::uuid`,
  );
  const faults = rows.flatMap((row, index) => checkpointFault(row, rows[index - 1]?.size ?? 0));
  const newest = rows.at(-1)?.size ?? 0;
  const leaves = tree?.size ?? 0;
  // Leaves and their checkpoint are one transaction.
  return leaves > newest
    ? [...faults, { what: 'checkpoint', entry: newest, message: `The entries from ${newest} to ${leaves - 1} stand under no checkpoint` }]
    : faults;
};

const checkpointFault = ({ size, note, epoch, at }: CheckpointRow, before: number): Fault[] => {
  const line = (name: string) => new RegExp(`^${name} (.+)$`, 'm').exec(note)?.[1];
  const fault = (entry: number | null, message: string): Fault[] => [{ what: 'checkpoint', entry, message }];
  if (line('epoch') !== String(epoch) || line('time') !== at.toISOString())
    return fault(null, `The row of the checkpoint of ${size} entries names another time or epoch than its signed text`);
  // Checkpoints of older releases do not name the one before.
  const previous = line('previous');
  return previous === undefined || previous === String(before)
    ? []
    : fault(Number(previous), `The checkpoint before that of ${size} entries covered ${previous}; it is not there`);
};
