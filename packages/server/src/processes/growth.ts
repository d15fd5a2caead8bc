import type { Instance, Variables } from '@aimwell/core/processes/instance';
import { refusal } from '@aimwell/core/shared/refusal';
import { refused } from '../platform/errors.ts';

/** Characters of JSON that all values of a run may come to: every step of it reads them, and its page shows them. */
export const MOST_VALUES = 500_000;

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/** Refuses values that somebody gives to a run which holds too many already, or keeps too many until it goes on: RUN_TOO_LARGE. */
export const refuseGrowth = ({ scopes, held }: Instance, given: Variables): void => {
  const size = scopes.reduce((sum, { variables }) => sum + sizeOf(variables), sizeOf(held)) + sizeOf(given);
  if (size <= MOST_VALUES || Object.keys(given).length === 0) return;
  throw refused([
    refusal(
      'RUN_TOO_LARGE',
      `expected at most ${MOST_VALUES} characters of values in a run, got ${size}`,
      'Keep what is long as evidence or in a record, and give the run what decides.',
      'variables',
    ),
  ]);
};
