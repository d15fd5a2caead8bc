import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Tx } from '../database/pool.ts';
import { delayAfter, mostTries } from './backoff.ts';
import { type Handlers, Undeliverable } from './handler.ts';
import { type Claimed, claim, LostMessage, postpone, readClaimed, renew, settle } from './store.ts';

export interface OutboxWorker {
  /** Takes nothing more, and resolves when what runs has ended. */
  stop(): Promise<void>;
}

interface Options {
  readonly database: Database;
  readonly handlers: Handlers;
  /** Told in one sentence what went wrong with the outbox itself; the same trouble is told once until it is over. */
  readonly report: (line: string) => void;
  /** How often it looks; a message leaves at most so much later than it could. */
  readonly pollMs?: number;
  /** How long a message stays with a worker that says nothing more. */
  readonly leaseMs?: number;
  /** At most so many at once. */
  readonly parallel?: number;
}

/** No handler needs as long; one that hangs must not hold up the end of the server for good. */
const LIMIT_MS = 300_000;

/**
 * Handles what waits in the outboxes of all organisations. Any number of servers may run one: a claim skips what others hold,
 * and what a dead one held is free again after its lease.
 */
export const startOutbox = ({ database, handlers, report, pollMs = 1000, leaseMs = 60_000, parallel = 4 }: Options): OutboxWorker => {
  const worker = randomUUID();
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  let told = '';

  const handle = async ({ organisationId, id }: Claimed): Promise<void> => {
    const inOrganisation = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(organisationId, work);
    const message = await inOrganisation((tx) => readClaimed(tx, worker, id));
    if (message === null) return;
    const keep = setInterval(() => void inOrganisation((tx) => renew(tx, worker, id, leaseMs)).catch(() => undefined), leaseMs / 3);
    try {
      if (message.attempt > mostTries) throw new Undeliverable(`handling it was begun ${mostTries} times and never came to an end`);
      const handler = handlers[message.kind];
      if (handler === undefined) throw new Error(`this release has no handler for ${message.kind}`);
      const finish = await limited(handler(message, inOrganisation));
      await inOrganisation(async (tx) => {
        await settle(tx, worker, id);
        await finish?.(tx);
      });
    } catch (error) {
      if (error instanceof LostMessage) return;
      const delay = error instanceof Undeliverable ? null : delayAfter(message.attempt);
      await inOrganisation((tx) => postpone(tx, worker, id, (error as Error).message, delay));
    } finally {
      clearInterval(keep);
    }
  };

  const tick = async (): Promise<number> => {
    const claimed = await claim(database, worker, parallel - running.size, leaseMs);
    for (const one of claimed) {
      // What cannot even be written down stays claimed, and is free again after its lease.
      const work: Promise<void> = handle(one)
        .catch((error: unknown) => report(`A message of the outbox waits: ${(error as Error).message}.`))
        .finally(() => running.delete(work));
      running.add(work);
    }
    return claimed.length;
  };

  const loop = async () => {
    while (!ending.signal.aborted) {
      let pause = pollMs;
      try {
        // Where a message was taken there may be more.
        if (running.size < parallel && (await tick()) > 0) pause = Math.min(pollMs, 20);
        told = '';
      } catch (error) {
        const line = `The outbox waits: ${(error as Error).message}.`;
        if (line !== told) report(line);
        told = line;
      }
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const looping = loop();

  return {
    stop: async () => {
      ending.abort();
      await looping;
      await Promise.all(running);
    },
  };
};

const limited = async <T>(work: Promise<T>): Promise<T> => {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      sleep(LIMIT_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
        throw new Error(`expected an end within ${LIMIT_MS / 1000} seconds, got none`);
      }),
    ]);
  } finally {
    timer.abort();
  }
};
