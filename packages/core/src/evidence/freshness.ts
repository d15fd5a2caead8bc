import { daysBetween } from '../shared/dates.ts';

export const freshnessStates = ['current', 'due_soon', 'overdue', 'expired', 'not_yet_valid', 'no_end'] as const;
/**
 * `due_soon`: its validity ends, or it is to be collected anew, within `soonDays`. `overdue`: it still holds and should
 * have been collected anew. `no_end`: nobody said until when it holds nor when it is due again.
 */
export type FreshnessState = (typeof freshnessStates)[number];

/** Days before an end from which evidence counts as due soon: time to collect it without a gap. */
export const soonDays = 60;

export interface Validity {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly nextDue: string | null;
}

export interface Freshness {
  readonly state: FreshnessState;
  /** The day the state is about: start, end, or due day. Null without one. */
  readonly on: string | null;
}

/** How a piece of evidence stands on a day. All days are calendar days (ISO 8601); both ends of its validity are inside. */
export function freshnessOf({ validFrom, validUntil, nextDue }: Validity, today: string): Freshness {
  if (validUntil !== null && validUntil < today) return { state: 'expired', on: validUntil };
  if (validFrom !== null && validFrom > today) return { state: 'not_yet_valid', on: validFrom };
  if (nextDue !== null && nextDue < today) return { state: 'overdue', on: nextDue };
  const next = [validUntil, nextDue].filter((day) => day !== null).toSorted()[0];
  if (next === undefined) return { state: 'no_end', on: null };
  return { state: daysBetween(today, next) <= soonDays ? 'due_soon' : 'current', on: next };
}
