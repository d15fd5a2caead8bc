import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frontier } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import pg from 'pg';
import { createDatabase } from '../database/pool.ts';
import { LostLease, sequenceBatch } from './batch.ts';
import { openLogKey } from './keys.ts';
import type { LogKey } from './signing.ts';

export interface Sequencer {
  /** True while this server holds the lease. */
  isLeading(): boolean;
  /** Ends after the running batch and gives the lease back, so that another takes over at once. */
  stop(): Promise<void>;
}

interface Options {
  /** Login of aimwell_sequencer. */
  readonly connection: pg.ClientConfig;
  /** Where the private key lies. */
  readonly keys: string;
  readonly now: () => Date;
  /** Told in one sentence what went wrong; the same trouble is told once until it is over. */
  readonly report: (line: string) => void;
}

const TICK_MS = 100;
// Whoever leads renews well before the lease ends; whoever waits takes it within LEASE_MS + TICK_MS: below two seconds.
const RENEW_MS = 400;
const LEASE_MS = 1200;
const BATCH = 5000;

/**
 * Makes leaves of the entries that wait, for all organisations of the database. Any number of servers may run one; the lease
 * row lets one of them lead, and its epoch stands in every checkpoint. An error ends a tick, never the sequencer.
 */
export const startSequencer = ({ connection, keys, now, report }: Options): Sequencer => {
  // A server that is cut off must not hold the lease row for others: PostgreSQL ends its transaction.
  const guarded = { ...connection, idle_in_transaction_session_timeout: 5000, statement_timeout: 60_000 };
  const database = createDatabase(guarded, { max: 1 });
  const pool = new pg.Pool({ ...guarded, max: 1 });
  pool.on('error', () => {});
  const holder = randomUUID();
  const ending = new AbortController();
  const frontiers = new Map<string, Frontier>();
  let key: LogKey | null = null;
  let epoch: number | null = null;
  let renewed = 0;
  let told = '';

  const tell = (line: string) => {
    if (line !== '' && line !== told) report(line);
    told = line;
  };

  /** Takes or renews the lease. Its loss in a crash harms nobody, so it need not wait for the disk. */
  const claim = async (): Promise<void> => {
    const results = (await pool.query(`
      begin; set local synchronous_commit = off;
      update trail_lease set epoch = case when holder = '${holder}' then epoch else epoch + 1 end, holder = '${holder}',
        until = clock_timestamp() + interval '${LEASE_MS} milliseconds' where holder = '${holder}' or until < clock_timestamp() returning epoch;
      commit`)) as unknown as pg.QueryResult<{ epoch: string }>[];
    const row = results.find((result) => result.command === 'UPDATE')?.rows[0];
    const next = row === undefined ? null : Number(row.epoch);
    // What another one appended meanwhile is not in our memory.
    if (next !== epoch) frontiers.clear();
    epoch = next;
    renewed = performance.now();
  };

  const tick = async (): Promise<void> => {
    if (key === null) {
      key = await openLogKey(keys, pool, now());
      if (key === null) throw new Error(`the key of the log is not in ${keys}; copy the keys folder of the server that signs`);
    }
    if (epoch === null || performance.now() - renewed > RENEW_MS) await claim();
    if (epoch === null) return;
    const waiting = await database.callAcross<{ organization_id: string }>(
      sql`select organization_id from organizations_with_pending_entries()`,
    );
    for (const { organization_id: organisation } of waiting) {
      for (let full = true; full && !ending.signal.aborted;) {
        const batch = { holder, epoch, leaseMs: LEASE_MS, key, now, limit: BATCH, frontier: frontiers.get(organisation) };
        const done = await database.inOrganisation(organisation, (tx) => sequenceBatch(tx, batch));
        frontiers.set(organisation, done.frontier);
        renewed = performance.now();
        full = done.taken === BATCH;
      }
    }
  };

  const run = async () => {
    while (!ending.signal.aborted) {
      let pause = TICK_MS;
      try {
        await tick();
        tell('');
      } catch (error) {
        frontiers.clear();
        if (error instanceof LostLease) [epoch, key] = [null, null];
        else {
          tell(`The trail's sequencer waits: ${(error as Error).message}.`);
          // With the lease at its end another server may try what this one cannot.
          epoch = null;
          pause = 1000;
        }
      }
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    isLeading: () => epoch !== null,
    stop: async () => {
      ending.abort();
      await running;
      await pool.query("update trail_lease set until = '-infinity' where holder = $1", [holder]).catch(() => {});
      await Promise.all([pool.end(), database.end()]);
    },
  };
};
