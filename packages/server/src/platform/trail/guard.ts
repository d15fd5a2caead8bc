import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { ProblemError } from '../errors.ts';
import { checkOrganisation, type GuardParts } from './guard-check.ts';
import { checkInstallation, installationSentence, isInstallationDue } from './guard-installation.ts';
import { INSTALLATION } from './installation.ts';

export interface Guard {
  /** Ends after the running check. */
  stop(): Promise<void>;
}

interface Options extends GuardParts {
  /** Told in one sentence what kept a check from running. */
  readonly report: (line: string) => void;
  /** Milliseconds until it looks for the first time, and from look to look. */
  readonly firstMs?: number;
  readonly everyMs?: number;
}

/**
 * Checks each organisation and the installation log once a night, and soon after a start when the server that led before was cut off or a night was missed.
 * Any number of servers may run one: a row per organisation says whose turn it is.
 */
export const startGuard = async ({ report, firstMs = 30_000, everyMs = 60_000, ...parts }: Options): Promise<Guard> => {
  const ending = new AbortController();
  const { database, now } = parts;
  const [last] = await database.callAcross<{ cut_off: boolean }>(sql`select cut_off from last_leader_was_cut_off()`);
  const pending = new Set<string>(last?.cut_off === true ? await organisationsDue(parts, new Date('9999-12-31T00:00:00Z')) : []);

  if (last?.cut_off === true) pending.add(INSTALLATION);

  const check = async (organisationId: string, cause: 'start' | 'night') => {
    if (organisationId !== INSTALLATION) return void (await checkOrganisation(parts, { organisationId, cause, context: null }));
    const sentence = installationSentence(await checkInstallation(parts, { cause }));
    if (sentence !== null) report(sentence);
  };

  const look = async () => {
    const due = [...pending, ...(await organisationsDue(parts, now())), ...((await isInstallationDue(parts)) ? [INSTALLATION] : [])];
    for (const organisationId of new Set(due)) {
      if (ending.signal.aborted) return;
      const cause = pending.delete(organisationId) ? 'start' : 'night';
      try {
        await check(organisationId, cause);
      } catch (error) {
        // Another server is at it.
        if (!(error instanceof ProblemError))
          report(`The check of the trail of ${organisationId} could not run: ${(error as Error).message}.`);
      }
    }
  };

  const run = async () => {
    for (let pause = firstMs; !ending.signal.aborted; pause = everyMs) {
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => {});
      if (ending.signal.aborted) return;
      await look().catch((error: unknown) => report(`The guard waits: ${(error as Error).message}.`));
    }
  };
  const running = run();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};

const organisationsDue = async ({ database }: GuardParts, moment: Date): Promise<string[]> =>
  (
    await database.callAcross<{ organization_id: string }>(
      sql`select organization_id from organizations_due_for_check(${moment.toISOString()}::timestamptz)`,
    )
  ).map((row) => row.organization_id);
