/** Calendar days as ISO 8601 text ("2026-11-21"). Such texts sort as dates do, so `<` compares them. No clock and no time zone here. */

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

/** True for a day that exists: "2026-02-29" is not one. */
export function isIsoDate(text: string): boolean {
  const parts = parse(text);
  return parts !== null && parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= daysInMonth(parts.year, parts.month);
}

/**
 * The same day so many months later (or earlier); where that month is shorter, its last day: 31 January + 1 month = 28 or 29 February.
 * @throws RangeError when `date` is not a calendar day
 */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = mustParse(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return format(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/**
 * So many days later (or earlier).
 * @throws RangeError when `date` is not a calendar day
 */
export function addDays(date: string, days: number): string {
  return new Date(toUtc(date) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/**
 * Whole days from one day to another; negative when `to` is earlier.
 * @throws RangeError when either is not a calendar day
 */
export const daysBetween = (from: string, to: string): number => Math.round((toUtc(to) - toUtc(from)) / MS_PER_DAY);

/** Negative, zero or positive as `a` is before, on or after `b`; for sorting. */
export const compareDates = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The later of two days. */
export const laterOf = (a: string, b: string): string => (a < b ? b : a);

function parse(text: string): { readonly year: number; readonly month: number; readonly day: number } | null {
  const found = PATTERN.exec(text);
  return found === null ? null : { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
}

function mustParse(text: string): { readonly year: number; readonly month: number; readonly day: number } {
  const parts = parse(text);
  if (parts === null || !isIsoDate(text)) throw new RangeError(`expected a calendar day like 2026-11-21, got ${text}`);
  return parts;
}

function toUtc(text: string): number {
  const { year, month, day } = mustParse(text);
  return Date.UTC(year, month - 1, day);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const format = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
