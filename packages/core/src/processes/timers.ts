import { addDays, addMonths, isLocalTime, type LocalTime, localTimeOf, momentOf } from '../shared/zones.ts';

/** A duration of ISO 8601. Its calendar part counts on the wall clock of a zone, the rest in seconds. */
export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

export type Rule =
  | { readonly kind: 'once'; readonly at: number }
  /** Fires at anchor + n × every, n from 1 (from 0 where the text names its start). */
  | { readonly kind: 'cycle'; readonly anchor: number; readonly first: 0 | 1; readonly every: Duration; readonly times: number | null };

const durationForm =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/** Reads `P1Y`, `P1M2DT3H`, `PT90S`; null for anything else. */
export const readDuration = (text: string): Duration | null => {
  const found = durationForm.exec(text);
  if (found === null) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(1, 8).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = Number((found[8] ?? '').padEnd(3, '0'));
  return {
    months: years * 12 + months,
    days: weeks * 7 + days,
    milliseconds: (hours * 3600 + minutes * 60 + seconds) * 1000 + fraction,
  };
};

const isNothing = ({ months, days, milliseconds }: Duration) => months === 0 && days === 0 && milliseconds === 0;

/** So many times a duration after a moment: years, months and days on the wall clock of the zone, hours and less as they pass. */
export const addDuration = (moment: number, { months, days, milliseconds }: Duration, zone: string, times = 1): number => {
  if (months === 0 && days === 0) return moment + times * milliseconds;
  const rest = ((moment % 1000) + 1000) % 1000;
  const local = addDays(addMonths(localTimeOf(moment, zone), times * months), times * days);
  return momentOf(local, zone) + rest + times * milliseconds;
};

const momentForm = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Reads a date or moment of ISO 8601; without an offset it is of the zone. Null for what the calendar does not have. */
export const readMoment = (text: string, zone: string): number | null => {
  const found = momentForm.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local: LocalTime = { year, month, day, hour, minute, second };
  if (!isLocalTime(local)) return null;
  const moment = found[7] === undefined ? momentOf(local, zone) : Date.parse(text.includes('T') ? text : `${text}T00:00Z`);
  return Number.isNaN(moment) ? null : moment;
};

/** Reads what a timer of a map says; null when it cannot be read. `now` is when it is armed, in milliseconds. */
export const readRule = (kind: 'date' | 'duration' | 'cycle', text: string, now: number, zone: string): Rule | null => {
  if (kind === 'date') {
    const at = readMoment(text, zone);
    return at === null ? null : { kind: 'once', at };
  }
  if (kind === 'duration') {
    const duration = readDuration(text);
    return duration === null ? null : { kind: 'once', at: addDuration(now, duration, zone) };
  }
  const found = /^R(\d{0,6})\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text);
  const every = readDuration(found?.[3] ?? '');
  if (found === null || every === null || isNothing(every)) return null;
  const anchor = found[2] === undefined ? now : readMoment(found[2], zone);
  if (anchor === null) return null;
  return { kind: 'cycle', anchor, first: found[2] === undefined ? 1 : 0, every, times: found[1] === '' ? null : Number(found[1]) };
};

// Each turn writes a line of history and an entry of the trail.
const SHORTEST_CYCLE = 60_000;

/** True for a cycle of less than a minute. */
export const isTooOften = (rule: Rule): boolean => rule.kind === 'cycle' && addDuration(0, rule.every, 'UTC') < SHORTEST_CYCLE;

/** Where a cycle stands: its next turn and when that is due. */
export interface Due {
  readonly at: number;
  /** Turns before this one, those slept through included. */
  readonly turn: number;
}

/**
 * The next time a rule fires after `now`; null when it never does again. What was missed while nothing ran is one firing, not
 * many: the turn goes on to the first that is still to come. Counted from the anchor each time, so that the yearly 29 February
 * comes back after three years on the 28th.
 */
export const nextDue = (rule: Rule, turn: number, now: number, zone: string): Due | null => {
  if (rule.kind === 'once') return turn === 0 ? { at: rule.at, turn: 0 } : null;
  const at = (n: number) => addDuration(rule.anchor, rule.every, zone, n + rule.first);
  const from = Math.max(turn, turnNear(rule, now));
  const due = (next: number): Due | null => (rule.times !== null && next >= rule.times ? null : { at: at(next), turn: next });
  if (at(from) > now) return due(from);
  // Turns come in order, so what lies between is halved: an anchor centuries back costs no more than one of last year.
  let [past, ahead] = [from, from + 1];
  while (at(ahead) <= now) [past, ahead] = [ahead, ahead + 2 * (ahead - from)];
  while (ahead - past > 1) {
    const middle = Math.floor((past + ahead) / 2);
    if (at(middle) <= now) past = middle;
    else ahead = middle;
  }
  return due(ahead);
};

// At or before the turn at `now`: counted with the longest that the calendar lets a period be.
const turnNear = ({ anchor, every, first }: Extract<Rule, { kind: 'cycle' }>, now: number): number => {
  const longest = every.months * 31 * 86_400_000 + every.days * 90_000_000 + every.milliseconds;
  return Math.max(0, Math.floor((now - anchor) / longest) - first);
};
