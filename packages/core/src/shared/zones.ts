/** What a clock on the wall shows; month 1 to 12. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** True for a name of the IANA database that this machine knows. */
export const isZone = (zone: string): boolean => {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
};

// Making one costs more than using it a thousand times.
const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
};

/** What the clocks of a zone show at a moment (milliseconds since 1970). */
export const localTimeOf = (moment: number, zone: string): LocalTime => {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const number = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => Number(parts.get(name));
  return {
    year: parts.get('era') === 'BC' ? 1 - number('year') : number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  };
};

const asUtc = ({ year, month, day, hour, minute, second }: LocalTime): number => {
  const date = new Date(0);
  // Date.UTC takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, 0);
};

const A_DAY = 86_400_000;

/**
 * The moment at which the clocks of a zone show this time. Where they show it twice, the first; where they skip it, as
 * long after the skip as it would have been.
 */
export const momentOf = (local: LocalTime, zone: string): number => {
  const guess = asUtc(local);
  const offsetAt = (moment: number) => asUtc(localTimeOf(moment, zone)) - Math.floor(moment / 1000) * 1000;
  // A day is more than any offset from UTC, and less than two changes of one are apart.
  const before = guess - offsetAt(guess - A_DAY);
  const after = guess - offsetAt(guess + A_DAY);
  const shown = [before, after].filter((moment) => asUtc(localTimeOf(moment, zone)) === guess);
  return shown.length > 0 ? Math.min(...shown) : before;
};

const daysIn = (year: number, month: number): number => new Date(Date.UTC(2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate();

/** So many months later on the same day, or on the last day of a month that has no such day. */
export const addMonths = (local: LocalTime, months: number): LocalTime => {
  const count = local.year * 12 + (local.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return { ...local, year, month, day: Math.min(local.day, daysIn(year, month)) };
};

/** So many days later at the same time on the wall. */
export const addDays = (local: LocalTime, days: number): LocalTime => {
  const date = new Date(asUtc(local) + days * A_DAY);
  return { ...local, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** True for a day and time that the calendar has. */
export const isLocalTime = ({ year, month, day, hour, minute, second }: LocalTime): boolean =>
  year >= 1 &&
  year <= 9999 &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= daysIn(year, month) &&
  hour <= 23 &&
  minute <= 59 &&
  second <= 59;
