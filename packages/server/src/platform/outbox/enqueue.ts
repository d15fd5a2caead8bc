import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';

/** Something that has to happen outside the database, and never less than once. */
export interface NewMessage {
  /** Names the handler, e.g. `invitation-letter`. */
  readonly kind: string;
  /**
   * What the handler needs to find its facts: ids rather than names and addresses, since it reads them when it runs. A secret
   * is sealed (platform/secrets). It is emptied when the message is done.
   */
  readonly payload: Readonly<Record<string, unknown>>;
  /** At once unless given. */
  readonly dueAt?: Date;
}

/** Puts many into the outbox at once, due at once. */
export const enqueueAll = async (tx: Tx, messages: readonly Omit<NewMessage, 'dueAt'>[]): Promise<void> => {
  if (messages.length === 0) return;
  const rows = messages.map(({ kind, payload }) => ({ id: newId(), kind, payload }));
  await tx.query(sql`
    insert into outbox_messages (organization_id, id, kind, payload, due_at)
    select ${tx.organisationId}::uuid, id, kind, payload, now()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, kind text, payload jsonb)`);
};

/** Puts a message into the outbox in the running transaction: it leaves if, and only if, the transaction commits. Answers its id. */
export const enqueue = async (tx: Tx, { kind, payload, dueAt }: NewMessage): Promise<string> => {
  const id = newId();
  await tx.query(sql`
    insert into outbox_messages (organization_id, id, kind, payload, due_at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${kind}, ${JSON.stringify(payload)}::jsonb, coalesce(${dueAt?.toISOString() ?? null}::timestamptz, now()))`);
  return id;
};
