import type { Effect } from '@aimwell/core/processes/happenings';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import type { Tx } from '../platform/database/pool.ts';
import { enqueue } from '../platform/outbox/enqueue.ts';

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

export const enqueueJob = (tx: Tx, instance: string, { token, node, job }: Job): Promise<string> =>
  enqueue(tx, { kind: processKinds.job, payload: { instance, token, node, job } });

export const enqueueMessage = (tx: Tx, thrown: Thrown): Promise<string> =>
  enqueue(tx, { kind: processKinds.message, payload: { ...thrown } });

/** A signal goes to thousands: in batches, each a message that enqueues the next. */
export interface Signal {
  readonly name: string;
  readonly variables: Variables;
  /** Where the batch before ended; the first batch unless given. */
  readonly after?: string;
  /** The batch that starts what begins with the signal. */
  readonly starts?: true;
}

export const enqueueSignal = (tx: Tx, signal: Signal): Promise<string> =>
  enqueue(tx, { kind: processKinds.signal, payload: { ...signal } });
