import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { notFound, refused } from '../errors.ts';
import { tell } from '../identity/founding.ts';

// A payload is nobody's reading: it may name people, and holds sealed secrets.
const view = sql`json_build_object('id', id, 'kind', kind, 'state', case when parked_at is not null then 'parked' when claimed_until > clock_timestamp() then 'running' else 'waiting' end,
  'createdAt', created_at, 'dueAt', due_at, 'attempts', attempts, 'lastError', last_error)`;

/** JSON text of what has not left yet: what is parked first, then what failed, then the newest. */
export const listWaiting = async (tx: Tx): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(item), '[]'))::text as json from (
      select ${view} as item from outbox_messages where organization_id = ${tx.organisationId}::uuid and done_at is null
      order by parked_at is null, last_error is null, id desc limit 200) newest`);
  return row?.json ?? '{"items":[]}';
};

/** Makes a message due now, with all its tries before it. One that is being handled is left alone. */
export const retryMessage = async (tx: Tx, context: Context, id: string): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    update outbox_messages set attempts = 0, parked_at = null, due_at = clock_timestamp()
    where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid and done_at is null
      and (claimed_until is null or claimed_until < clock_timestamp())
    returning ${view}::text as json`);
  if (row !== undefined) {
    await tell(tx, context, 'outbox', id, 'retry', {});
    return row.json;
  }
  const [other] = await tx.query<{ done: boolean }>(
    sql`select done_at is not null as done from outbox_messages where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (other === undefined) throw notFound('message');
  throw refused([
    other.done
      ? { code: 'LEFT_ALREADY', message: 'expected a message that waits, got one that has left', remedy: 'Nothing is left to do.' }
      : { code: 'RUNNING', message: 'expected a message that waits, got one that is being handled', remedy: 'Look again in a minute.' },
  ]);
};

/** Drops a parked message for good. */
export const dismissMessage = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const [row] = await tx.query<{ kind: string; parked: boolean }>(
    sql`select kind, parked_at is not null as parked from outbox_messages where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid for update`,
  );
  if (row === undefined) throw notFound('message');
  if (!row.parked)
    throw refused([
      {
        code: 'NOT_PARKED',
        message: 'expected a parked message, got one that is still tried or has left',
        remedy: 'Wait until its tries are over.',
      },
    ]);
  await tx.query(sql`delete from outbox_messages where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  await tell(tx, context, 'outbox', id, 'dismiss', { kind: row.kind });
};
