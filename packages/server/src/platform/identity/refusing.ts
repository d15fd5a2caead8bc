import { type LogEntry, logRefused, type RefusedKind } from './log.ts';
import type { Parts } from './parts.ts';

/**
 * Writes down a refused attempt and answers the refusal, for the caller to throw. A refusal stays one when it cannot be
 * written down; the operator is told then.
 */
export const refuseAndTell = async (
  parts: Pick<Parts, 'database' | 'now' | 'report'>,
  entry: LogEntry<RefusedKind>,
  refusal: unknown,
): Promise<unknown> => {
  await tellRefused(parts, entry);
  return refusal;
};

/** Writes down a refused attempt that is answered elsewhere. */
export const tellRefused = (
  { database, now, report }: Pick<Parts, 'database' | 'now' | 'report'>,
  entry: LogEntry<RefusedKind>,
): Promise<void> =>
  logRefused({ database, now }, entry).catch((error: unknown) =>
    report(`A refused attempt (${entry.kind}) could not be written down: ${(error as Error).message}.`),
  );
