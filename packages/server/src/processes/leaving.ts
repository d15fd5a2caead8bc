import type { Effect } from '@aimwell/core/processes/happenings';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { enqueue } from '../platform/outbox/enqueue.ts';
import { Undeliverable } from '../platform/outbox/handler.ts';

/** Names of the messages in the outbox. */
export const processKinds = {
  job: 'process-job',
  message: 'process-message',
  signal: 'process-signal',
  reminder: 'process-reminder',
  conditions: 'process-conditions',
  begin: 'process-begin',
} as const;

/** A message that a process throws; thrown ones go to runs about the same record, or to those that wait for nobody in particular. */
export interface Thrown {
  readonly name: string;
  readonly correlation: Value;
  readonly variables: Variables;
}

type Job = Extract<Effect, { kind: 'job' }>;

/** What messages and signals set off without anybody or any time between; each counts on from the one that set it off. */
const MOST_HOPS = 10;

interface Chained extends Context {
  readonly hops?: number;
}

/** A context for what a message of the outbox sets off. */
export const setOffBy = (context: Context, payload: Readonly<Record<string, unknown>>): Context => {
  const chained: Chained = { ...context, hops: typeof payload['hops'] === 'number' ? payload['hops'] : 0 };
  return chained;
};

const hopsOf = (context: Chained): number => context.hops ?? 0;

/** Throws what parks the message that came last: processes that set each other off would fill the house, twice as fast each time. */
const oneMore = (context: Context): number => {
  const hops = hopsOf(context) + 1;
  if (hops <= MOST_HOPS) return hops;
  throw new Undeliverable(`expected messages and signals to set off at most ${MOST_HOPS} others in turn, got more: they go in a circle`);
};

export const enqueueJob = (tx: Tx, context: Context, instance: string, { token, node, job }: Job): Promise<string> =>
  enqueue(tx, { kind: processKinds.job, payload: { instance, token, node, job, hops: hopsOf(context) } });

export const enqueueMessage = (tx: Tx, context: Context, thrown: Thrown): Promise<string> =>
  enqueue(tx, { kind: processKinds.message, payload: { ...thrown, hops: oneMore(context) } });

/** A signal goes to thousands: in batches, each a message that enqueues the next. */
export interface Signal {
  readonly name: string;
  readonly variables: Variables;
  /** Where the batch before ended; the first batch unless given. */
  readonly after?: string;
  /** The batch that starts what begins with the signal. */
  readonly starts?: true;
}

export const enqueueSignal = (tx: Tx, context: Context, signal: Signal): Promise<string> =>
  enqueue(tx, { kind: processKinds.signal, payload: { ...signal, hops: oneMore(context) } });

/** Another batch of the same signal. */
export const enqueueBatch = (tx: Tx, context: Context, signal: Signal): Promise<string> =>
  enqueue(tx, { kind: processKinds.signal, payload: { ...signal, hops: hopsOf(context) } });
