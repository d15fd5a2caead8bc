export type DateOrder = 'dmy' | 'mdy';

/**
 * What a text means as a date: one day, one of two days (3/4/2024), a month or year alone, or nothing.
 * `guessed` names what was inferred beyond the text (a two-digit year, Excel's day count).
 */
export type DateReading =
  | { readonly kind: 'day'; readonly day: string; readonly guessed?: string }
  | { readonly kind: 'ambiguous'; readonly dmy: string; readonly mdy: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'none' };

const NONE: DateReading = { kind: 'none' };

/** Month names by their first letters, English, German, French, Spanish; accents removed. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene'],
  ['feb', 'fev'],
  ['mar', 'mrz'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');

/** An ISO day, or undefined where the calendar has no such day. Two-digit years: 00-69 are 2000s. */
function toDay(yearText: string, month: number, day: number): { day: string; guessed?: string } | undefined {
  const short = yearText.length === 2;
  const year = Number(yearText) + (short ? (Number(yearText) < 70 ? 2000 : 1900) : 0);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2199 || date.getUTCMonth() !== month - 1) return undefined;
  const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return short ? { day: iso, guessed: `the century of ${yearText}` } : { day: iso };
}

const reading = (found: { day: string; guessed?: string } | undefined): DateReading =>
  found === undefined ? NONE : { kind: 'day', ...found };

const monthOf = (word: string): number => {
  const plain = word
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
  return MONTHS.findIndex((names) => names.some((name) => plain.startsWith(name))) + 1;
};

/** Reads one cell as a date. A time behind the day is left out. Slashes and hyphens with the year last may mean two days. */
export function readDate(cell: string): DateReading {
  const text = cell.trim().replace(/[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/iu, '');
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/u.exec(text);
  if (iso) return reading(toDay(iso[1] ?? '', Number(iso[3]), Number(iso[4])));
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/u.exec(text);
  if (compact) return reading(toDay(compact[1] ?? '', Number(compact[2]), Number(compact[3])));
  // Points are written day first wherever they are written at all.
  const points = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/u.exec(text);
  if (points) return reading(toDay(points[3] ?? '', Number(points[2]), Number(points[1])));
  const yearLast = /^(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})$/u.exec(text);
  if (yearLast) return eitherOrder(Number(yearLast[1]), Number(yearLast[3]), yearLast[4] ?? '');
  return readWords(text);
}

function eitherOrder(first: number, second: number, year: string): DateReading {
  const dmy = toDay(year, second, first);
  const mdy = toDay(year, first, second);
  if (dmy !== undefined && mdy !== undefined && dmy.day !== mdy.day) return { kind: 'ambiguous', dmy: dmy.day, mdy: mdy.day };
  return reading(dmy ?? mdy);
}

function readWords(text: string): DateReading {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(\p{L}{3,})\.?[\s,-]+(\d{4}|\d{2})$/u.exec(text);
  if (dayFirst) return named(dayFirst[2] ?? '', dayFirst[1] ?? '', dayFirst[3] ?? '');
  const monthFirst = /^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(text);
  if (monthFirst) return named(monthFirst[1] ?? '', monthFirst[2] ?? '', monthFirst[3] ?? '');
  const monthOnly = /^(\p{L}{3,})\.?[\s-]+(?:\d{4}|\d{2})$/u.exec(text);
  if (monthOnly && monthOf(monthOnly[1] ?? '') > 0) return { kind: 'incomplete' };
  if (
    /^(?:(?:19|20)\d{2}|\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}[/.-]\d{1,2}|(?:Q[1-4]|H[12])[\s/-]*(?:19|20)\d{2}|(?:19|20)\d{2}[\s/-]*(?:Q[1-4]|H[12]))$/iu.test(
      text,
    )
  )
    return { kind: 'incomplete' };
  const serial = /^([3-6]\d{4})$/u.exec(text);
  return serial ? fromSerial(Number(serial[1])) : NONE;
}

const named = (word: string, day: string, year: string): DateReading => {
  const month = monthOf(word);
  return month === 0 ? NONE : reading(toDay(year, month, Number(day)));
};

/** Excel counts days; 25569 is 1 January 1970. Such numbers appear where a date cell lost its format. */
const fromSerial = (serial: number): DateReading => ({
  kind: 'day',
  day: new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10),
  guessed: `the day from Excel's count ${serial}`,
});

/** Which order the slashed dates of a column prove: one that has a 13th or later, unless both orders do. */
export function provenOrder(cells: Iterable<string>): DateOrder | undefined {
  const proven = new Set<DateOrder>();
  for (const cell of cells) {
    const found = /^(\d{1,2})([-/])(\d{1,2})\2(?:\d{4}|\d{2})(?:$|[\sT])/u.exec(cell.trim());
    if (found === null) continue;
    const [first, second] = [Number(found[1]), Number(found[3])];
    if (first > 12 && second <= 12) proven.add('dmy');
    if (second > 12 && first <= 12) proven.add('mdy');
  }
  return proven.size === 1 ? [...proven][0] : undefined;
}
