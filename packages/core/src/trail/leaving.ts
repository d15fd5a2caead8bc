import { addDays, daysBetween } from '../shared/dates.ts';

/** When an organisation's checkpoints leave: each day at this hour (0–23) of this zone (IANA name). */
export interface LeavingHour {
  readonly hour: number;
  readonly timeZone: string;
}

const DAY = 86_400_000;
/** An unchanged log is sent again after so many days, so that silence means that something is wrong. */
export const quietDays = 7;

/**
 * The moment of the next round, in milliseconds since 1970. Before any round: the next time the hour comes. After one: the next
 * time it comes after that one, also if that is past by now: then a round is due, and one catches up for however many were missed.
 * Where a clock change leaves the hour out, the round comes when the clock goes on; where the hour comes twice, at the first.
 * @param last moment of the last round
 */
export const nextLeaving = ({ hour, timeZone }: LeavingHour, last: number | null, now: number): number => {
  const after = last ?? now;
  const clock = clockOf(timeZone);
  const today = clock(after).slice(0, 10);
  // A day may be missing altogether where a country crosses the date line.
  for (let days = 0; days < 3; days += 1) {
    const moment = momentOf(addDays(today, days), hour, clock);
    if (moment > after) return moment;
  }
  return after + DAY;
};

/**
 * Whether a round that is due sends anything: something was written since, or the last that left is a week old.
 * @param grew whether the log holds more than the last one that left and the notes of its leaving
 */
export const mustLeave = (grew: boolean, last: number | null, now: number, timeZone: string): boolean => {
  if (grew || last === null) return true;
  const clock = clockOf(timeZone);
  return daysBetween(clock(last).slice(0, 10), clock(now).slice(0, 10)) >= quietDays;
};

/** What the clocks of a zone show at a moment, as `2026-03-29T02:00`. */
type Clock = (moment: number) => string;

const clockOf = (timeZone: string): Clock => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (moment) => {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
  };
};

const momentOf = (day: string, hour: number, clock: Clock): number => {
  const wanted = `${day}T${String(hour).padStart(2, '0')}:00`;
  const asUtc = Date.parse(`${wanted}:00Z`);
  const offsetAt = (near: number) => Date.parse(`${clock(near)}:00Z`) - near;
  // By the offsets a day before and a day after: around a change of clocks one of them, both, or neither gives that hour.
  const tries = [asUtc - DAY, asUtc + DAY].map((near) => asUtc - offsetAt(near)).toSorted((a, b) => a - b);
  return tries.find((moment) => clock(moment) === wanted) ?? (tries[1] as number);
};
