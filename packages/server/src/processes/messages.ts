import type { Value, Variables } from '@aimwell/core/processes/instance';
import { refusal } from '@aimwell/core/shared/refusal';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import { refuseGrowth } from './growth.ts';
import { enqueueBatch, enqueueSignal, type Signal } from './leaving.ts';
import { holdRun } from './load.ts';
import { advance, startRun } from './run.ts';

export interface Message {
  readonly name: string;
  readonly correlation?: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What waits for a message: those that name whose it is must name this one; those that do not take any. */
const waitingFor = (tx: Tx, kind: 'message' | 'signal', name: string): RawBuilder<unknown> =>
  sql`s.organization_id = ${tx.organisationId}::uuid and s.kind = ${sql.lit(kind)} and s.name = ${name}`;

/**
 * Hands a message to the one run that waits for it: first to one that names its correlation, then to one that takes any, the oldest
 * first; where nobody waits, the process that begins with it starts. REFUSED (NOBODY_WAITS) otherwise.
 */
export const receiveMessage = async (tx: Tx, context: Context, message: Message): Promise<{ instance: string; started: boolean }> => {
  const variables = message.variables as Variables;
  const correlation = message.correlation === undefined || message.correlation === null ? null : JSON.stringify(message.correlation);
  const taken = await toFirstWaiting(tx, context, message, correlation);
  if (taken !== null) return { instance: taken, started: false };
  const [start] = await startsWith(tx, 'message', message.name);
  if (start === undefined)
    throw refused([
      refusal(
        'NOBODY_WAITS',
        `expected a run or a process that waits for "${message.name}"${correlation === null ? '' : ` of ${correlation}`}, got none`,
        'Check name and correlation; the run may have gone on already.',
        'name',
      ),
    ]);
  const instance = await startRun(tx, context, { versionId: start.version_id, record: null, start: start.node, variables }, 'message');
  return { instance, started: true };
};

/**
 * The run that took the message; null where nobody waits. Another message may have come first to the one that waited longest, or be
 * kept there until it is resumed: then it goes to the next.
 */
const toFirstWaiting = async (tx: Tx, context: Context, message: Message, correlation: string | null): Promise<string | null> => {
  const variables = message.variables as Variables;
  const said = { name: message.name, variables };
  for (const passed: string[] = []; ;) {
    const [waiting] = await tx.query<{ instance_id: string; id: number }>(sql`
      select s.instance_id, s.id from process_subscriptions s where ${waitingFor(tx, 'message', message.name)}
        and (s.correlation is null or s.correlation = ${correlation}::jsonb) and not (s.instance_id || ' ' || s.id) = any(${passed}::text[])
        order by s.correlation is null, s.instance_id, s.id limit 1`);
    if (waiting === undefined) return null;
    const { instance_id: instance, id } = waiting;
    const run = await holdRun(tx, instance);
    refuseGrowth(run.instance, variables);
    try {
      await advance(tx, context, run, { kind: 'fire', subscription: id, variables }, { command: 'message', said });
      return instance;
    } catch (error) {
      // Refused before anything of it is written.
      if (!isGone(error)) throw error;
      passed.push(`${instance} ${id}`);
    }
  }
};

/** What the run does not wait for any more, or cannot keep now; nothing of it was written. */
const isGone = (error: unknown): boolean =>
  error instanceof ProblemError &&
  ['NO_LONGER_WAITING', 'INSTANCE_ENDED', 'RUN_SUSPENDED'].includes(error.details.problems?.[0]?.code ?? '');

const startsWith = (tx: Tx, kind: 'message' | 'signal', name: string) =>
  tx.query<{ version_id: string; node: string }>(
    sql`select s.version_id, s.node from process_starts s where ${waitingFor(tx, kind, name)} order by s.version_id, s.node`,
  );

/** Lets a signal go out to all that wait for it; answers how many do now. */
export const sendSignal = async (tx: Tx, context: Context, { name, variables }: Message): Promise<number> => {
  await enqueueSignal(tx, context, { name, variables: variables as Readonly<Record<string, Value>> });
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*) as count from process_subscriptions s where ${waitingFor(tx, 'signal', name)}`,
  );
  return row?.count ?? 0;
};

/** Runs that one transaction lets a signal come to. */
const BATCH = 50;

/**
 * One batch of a signal: those that wait, in the order of their ids, from `after` on; the rest is the next batch. What the signal starts
 * is a batch of its own, so that a process which cannot begin keeps it from nobody.
 */
export const signalBatch = async (tx: Tx, context: Context, signal: Signal): Promise<void> => {
  const { name, variables, after } = signal;
  if (signal.starts === true) {
    for (const { version_id: versionId, node } of await startsWith(tx, 'signal', name))
      await startRun(tx, context, { versionId, record: null, start: node, variables }, 'signal');
    return;
  }
  if (after === undefined && (await startsWith(tx, 'signal', name)).length > 0)
    await enqueueBatch(tx, context, { name, variables, starts: true });
  const rows = await tx.query<{ instance_id: string }>(sql`
    select distinct s.instance_id from process_subscriptions s where ${waitingFor(tx, 'signal', name)}
      ${after === undefined ? sql`` : sql`and s.instance_id > ${after}::uuid`} order by s.instance_id limit ${BATCH}`);
  for (const { instance_id: id } of rows) await signalRun(tx, context, id, name, variables);
  const last = rows.at(-1);
  if (rows.length === BATCH && last !== undefined) await enqueueBatch(tx, context, { name, variables, after: last.instance_id });
};

/**
 * Every wait for the signal that a run had when it came; what begins to wait because of it waits for the next. A suspended run that
 * keeps one already takes no other.
 */
const signalRun = async (tx: Tx, context: Context, id: string, name: string, variables: Variables): Promise<void> => {
  const waits = (await holdRun(tx, id)).instance.subscriptions.filter((one) => one.kind === 'signal' && one.name === name);
  for (const { id: subscription } of waits) {
    const run = await holdRun(tx, id);
    if (!run.instance.subscriptions.some((one) => one.id === subscription)) continue;
    try {
      await advance(tx, context, run, { kind: 'fire', subscription, variables }, { command: 'signal', said: { name } });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
};
