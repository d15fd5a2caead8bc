import { asOfMomentHeader, asOfSizeHeader } from '@aimwell/contract/platform/as-of-headers';
import type { OrganisationAction } from '@aimwell/core/roles/permissions';
import { useSyncExternalStore } from 'react';
import { todayIn } from './dates.ts';

/** Looking at registers as they stood: a day (its end in UTC) or an RFC 3339 moment, kept in the address as `asOf`. */

const isDay = (asOf: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(asOf);

/** The moment that a path of the API asks for, or null. */
export const momentOf = (path: string): string | null => {
  const [, query] = path.split('?');
  return query === undefined ? null : new URLSearchParams(query).get('asOf');
};

/** The day on which dates of then are late or due. A moment counts in the organisation's time zone. */
export const dayOfMoment = (asOf: string, timeZone: string): string => (isDay(asOf) ? asOf : todayIn(timeZone, new Date(asOf)));

/** `31 March 2026, 23:59 UTC`: the moment in words. A day means its end. */
export const momentWords = (asOf: string): string => {
  const at = new Date(isDay(asOf) ? `${asOf}T23:59:00Z` : asOf);
  if (Number.isNaN(at.getTime())) return asOf;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
  const seconds = isDay(asOf) || at.getUTCSeconds() === 0 ? {} : { second: '2-digit' as const };
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...seconds, timeZone: 'UTC' }).format(at);
  return `${day}, ${time} UTC`;
};

const readOnly: readonly OrganisationAction[] = [
  'members.read',
  'settings.read',
  'conformity.read',
  'reports.read',
  'export.run',
  'pack.read',
];
/** What can be done where nothing can be changed. */
export const isReadOnlyAction = (action: OrganisationAction): boolean => readOnly.includes(action);

/** The checkpoint that answers of a moment rest on: its size (0 before the first) and when it was signed. */
export interface Basis {
  readonly size: number;
  readonly at: string | null;
}
const answers = new Map<string, Basis>();
const listeners = new Set<() => void>();

/** Keeps what the headers of an answer of the past say. */
export const noteAnswer = (asOf: string, headers: Headers): void => {
  const size = headers.get(asOfSizeHeader);
  if (size === null || answers.get(asOf)?.size === Number(size)) return;
  answers.set(asOf, { size: Number(size), at: headers.get(asOfMomentHeader) });
  for (const listener of listeners) listener();
};

/** What the answers of this moment rest on, once one has come. */
export const useBasis = (asOf: string | null): Basis | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (asOf === null ? undefined : answers.get(asOf)),
  );
