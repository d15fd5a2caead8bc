import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import type { Message } from './handler.ts';

/** Another worker has taken the message meanwhile: what this one would write must not be committed. */
export class LostMessage extends Error {
  override readonly name = 'LostMessage';
}

export interface Claimed {
  readonly organisationId: string;
  readonly id: string;
}

/** Takes at most so many due messages of any organisation; nobody else gets them before `leaseMs` are over. */
export const claim = async (database: Database, worker: string, most: number, leaseMs: number): Promise<Claimed[]> =>
  (
    await database.callAcross<{ organization_id: string; id: string }>(
      sql`select organization_id, id from claim_outbox_messages(${worker}::uuid, ${most}::integer, ${leaseMs}::integer)`,
    )
  ).map((row) => ({ organisationId: row.organization_id, id: row.id }));

const held = (tx: Tx, worker: string, id: string) =>
  sql`organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid and claimed_by = ${worker}::uuid and done_at is null`;

/** The message, if this worker still holds it. */
export const readClaimed = async (tx: Tx, worker: string, id: string): Promise<Message | null> => {
  const [row] = await tx.query<{ kind: string; payload: Record<string, unknown>; attempts: number }>(
    sql`select kind, payload, attempts from outbox_messages where ${held(tx, worker, id)}`,
  );
  return row === undefined ? null : { organisationId: tx.organisationId, id, kind: row.kind, payload: row.payload, attempt: row.attempts };
};

export const renew = async (tx: Tx, worker: string, id: string, leaseMs: number): Promise<void> => {
  await tx.query(
    sql`update outbox_messages set claimed_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond' where ${held(tx, worker, id)}`,
  );
};

/** Done: its payload is emptied, and what was done a month ago goes. Throws LostMessage, so that the transaction is undone. */
export const settle = async (tx: Tx, worker: string, id: string): Promise<void> => {
  const done = await tx.query(sql`
    update outbox_messages set done_at = clock_timestamp(), claimed_by = null, claimed_until = null, last_error = null, payload = '{}'
    where ${held(tx, worker, id)} returning id`);
  if (done.length === 0) throw new LostMessage(`message ${id} is handled by another worker`);
  await tx.query(
    sql`delete from outbox_messages where organization_id = ${tx.organisationId}::uuid and done_at < clock_timestamp() - interval '30 days'`,
  );
};

/** Not done: due again after `delayMs`, or parked when that is null. */
export const postpone = async (tx: Tx, worker: string, id: string, error: string, delayMs: number | null): Promise<void> => {
  await tx.query(sql`
    update outbox_messages set claimed_by = null, claimed_until = null, last_error = ${error.slice(0, 500)},
      due_at = case when ${delayMs}::float8 is null then due_at else clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond' end,
      parked_at = case when ${delayMs}::float8 is null then clock_timestamp() end
    where ${held(tx, worker, id)}`);
};
