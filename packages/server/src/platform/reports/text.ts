/** Text that three file formats can carry: XML 1.0 and PDF forbid most control characters, JSON and XML forbid half surrogates. */
// oxlint-disable-next-line no-control-regex -- naming the control characters is the purpose
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\p{Noncharacter_Code_Point}]/gu;

/** Plain text without characters no report format can hold; line ends become `\n`, half surrogates U+FFFD. */
export const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(unprintable, '').toWellFormed();

const longRun = /[^\s\u200B]{28,}/gu;
const breakAfter = 14;

/**
 * Adds zero-width spaces to runs of 28 and more characters without a space (addresses, hashes, base64), which would otherwise
 * run out of their cell and over the next one. Whole code points only.
 */
export const breakable = (text: string): string =>
  text.replace(longRun, (run) => {
    const points = Array.from(run);
    const pieces: string[] = [];
    for (let at = 0; at < points.length; at += breakAfter) pieces.push(points.slice(at, at + breakAfter).join(''));
    return pieces.join('\u200B');
  });

/** The address if a reader may follow it from a document, else undefined: only http and https, never `javascript:` or `file:`. */
export function safeHref(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const isoDay = /^(\d{4})-(\d{2})-(\d{2})(?=$|T)/;

/** The calendar day as UTC midnight, or undefined where the text is not a day that exists. */
export function dayOf(iso: string): Date | undefined {
  const match = isoDay.exec(iso);
  if (!match) return undefined;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.toISOString().startsWith(match[0]) ? day : undefined;
}

/** "9 November 2026" for 2026-11-09; the text itself where it is not a date, since hiding it would hide the mistake. */
export function longDate(iso: string): string {
  const day = dayOf(iso);
  return day ? `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}` : iso;
}

/** "9 Nov 2026", for cells. */
export function shortDate(iso: string): string {
  const day = dayOf(iso);
  return day ? `${day.getUTCDate()} ${months[day.getUTCMonth()]?.slice(0, 3)} ${day.getUTCFullYear()}` : iso;
}

/** "14 August 2026, 09:12 UTC" for a moment with offset. */
export function longMoment(iso: string): string {
  const moment = new Date(iso);
  if (!/T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso) || Number.isNaN(moment.getTime())) return longDate(iso);
  const utc = moment.toISOString();
  return `${longDate(utc)}, ${utc.slice(11, 16)} UTC`;
}

/** Figures as the reader expects them in English: groups of three, up to three decimals. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? value.toLocaleString('en-GB', { maximumFractionDigits: 3 }) : String(value);
