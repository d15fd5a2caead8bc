import { settleRefusals } from './log.ts';
import type { Parts } from './parts.ts';

const EVERY_MS = 60_000;

/** Tells of refused attempts that were only counted: of those of an earlier start at once, then each minute. */
export const keepSettling = ({ database, now, report }: Pick<Parts, 'database' | 'now' | 'report'>) => {
  const settle = () =>
    settleRefusals({ database, now }).catch((error: unknown) =>
      report(`Refused attempts that were counted wait to be written down: ${(error as Error).message}.`),
    );
  let running = settle();
  const timer = setInterval(() => {
    running = settle();
  }, EVERY_MS);
  timer.unref();
  return {
    /** Ends after what is under way. */
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await running;
    },
  };
};
