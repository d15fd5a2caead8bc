import { mustLeave, nextLeaving } from '@aimwell/core/trail/leaving';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { enqueue } from '../outbox/enqueue.ts';
import { LEFT } from './checkpoint.ts';

/** Names of the messages in the outbox. */
export const checkpointKinds = { mail: 'checkpoint-mail', webhook: 'checkpoint-webhook', stamp: 'checkpoint-stamp' } as const;

// Mail and webhook carry the stamp if the authority answers by then, and leave without it otherwise.
const STAMP_HEAD_START_MS = 60_000;

interface Settings {
  readonly hour: number;
  readonly time_zone: string;
  readonly webhook: boolean;
  readonly stamp: boolean;
  readonly next_at: Date | null;
  readonly last_at: Date | null;
  readonly last_size: number | null;
}

export interface Round {
  readonly size: number;
  readonly messages: number;
}

/**
 * One round of an organisation: puts the newest checkpoint into the outbox for everyone who is to get it, and sets the next round.
 * Two servers that come at once: the second finds nothing to do. Null when nothing left: not due, nothing grew, no checkpoint yet.
 * @param asked a person asked for it: whether it is due or anything grew does not matter, and the next round stays where it is
 */
export const runRound = async (tx: Tx, now: Date, asked = false): Promise<Round | null> => {
  const settings = await lockSettings(tx);
  if (settings === null || settings.next_at === null || (!asked && settings.next_at > now)) return null;
  const size = await newestSize(tx);
  const leaves =
    size !== null &&
    (asked || mustLeave(await grewSince(tx, settings.last_size), settings.last_at?.getTime() ?? null, now.getTime(), settings.time_zone));
  const next = asked
    ? settings.next_at
    : new Date(nextLeaving({ hour: settings.hour, timeZone: settings.time_zone }, now.getTime(), now.getTime()));
  await tx.query(sql`
    update checkpoint_leaving set next_at = ${next.toISOString()}::timestamptz,
      last_at = case when ${leaves} then ${now.toISOString()}::timestamptz else last_at end, last_size = case when ${leaves} then ${size}::bigint else last_size end
    where organization_id = ${tx.organisationId}::uuid`);
  return leaves ? { size, messages: await sendAll(tx, settings, size) } : null;
};

const lockSettings = async (tx: Tx): Promise<Settings | null> => {
  const [row] = await tx.query<Settings>(sql`
    select l.hour, o.time_zone, l.webhook_url is not null as webhook, l.stamp, l.next_at, l.last_at, l.last_size
    from checkpoint_leaving l join organizations o on o.id = l.organization_id
    where l.organization_id = ${tx.organisationId}::uuid for update of l`);
  return row ?? null;
};

const newestSize = async (tx: Tx): Promise<number | null> => {
  const [row] = await tx.query<{ size: number }>(
    sql`select size from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size desc limit 1`,
  );
  return row?.size ?? null;
};

/**
 * Whether the tree holds more than the checkpoint that left last, the notes of leavings and those of the nightly check: these
 * alone would go on for ever.
 */
const grewSince = async (tx: Tx, size: number | null): Promise<boolean> => {
  const [row] = await tx.query<{ grew: boolean }>(sql`
    select exists (select 1 from trail_leaves l join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id
      where l.organization_id = ${tx.organisationId}::uuid and l.seq >= ${size ?? 0}::bigint and e.command <> ${LEFT} and e.register <> 'integrity-checks') as grew`);
  return row?.grew === true;
};

const sendAll = async (tx: Tx, settings: Settings, size: number): Promise<number> => {
  const recipients = await tx.query<{ id: string }>(
    sql`select id from checkpoint_recipients where organization_id = ${tx.organisationId}::uuid order by id`,
  );
  const stamped = settings.stamp && (await enqueue(tx, { kind: checkpointKinds.stamp, payload: { size } })) !== '';
  const rest = [
    ...recipients.map(({ id }) => ({ kind: checkpointKinds.mail, payload: { size, recipient: id } })),
    ...(settings.webhook ? [{ kind: checkpointKinds.webhook, payload: { size } }] : []),
  ];
  // By the clock of the database, as all that is due in the outbox.
  const dueAt = stamped ? await inAWhile(tx) : null;
  for (const message of rest) await enqueue(tx, { ...message, ...(dueAt === null ? {} : { dueAt }) });
  return rest.length + (stamped ? 1 : 0);
};

const inAWhile = async (tx: Tx): Promise<Date> => {
  const [row] = await tx.query<{ at: Date }>(sql`select now() + ${STAMP_HEAD_START_MS} * interval '1 millisecond' as at`);
  if (row === undefined) throw new Error('expected the time of the database');
  return row.at;
};
