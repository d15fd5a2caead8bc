import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { runRound } from './round.ts';

export interface LeavingSchedule {
  stop(): Promise<void>;
}

interface Options {
  readonly database: Database;
  readonly now: () => Date;
  readonly report: (line: string) => void;
  readonly everyMs?: number;
}

/** Runs the rounds that are due, of all organisations. Answers how many sent anything. */
export const runDueRounds = async ({ database, now }: Pick<Options, 'database' | 'now'>): Promise<number> => {
  const moment = now();
  const due = await database.callAcross<{ organization_id: string }>(
    sql`select organization_id from organizations_with_leaving_checkpoints(${moment.toISOString()}::timestamptz)`,
  );
  let sent = 0;
  for (const { organization_id: organisation } of due)
    if ((await database.inOrganisation(organisation, (tx) => runRound(tx, moment))) !== null) sent += 1;
  return sent;
};

/** Looks every half minute whether a round is due. Any number of servers may do so. */
export const startLeaving = ({ database, now, report, everyMs = 30_000 }: Options): LeavingSchedule => {
  const ending = new AbortController();
  const loop = async () => {
    while (!ending.signal.aborted) {
      await runDueRounds({ database, now }).catch((error: unknown) => report(`Checkpoints wait to leave: ${(error as Error).message}.`));
      await sleep(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
    },
  };
};
