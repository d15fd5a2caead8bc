/** Calendar days and moments as people read them: absolute, with the distance from today beside it. */
const locale = 'en-GB';
const dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const nb = (text: string): string => text.replaceAll(' ', '\u00a0');

/** Today's calendar day (ISO 8601) in a time zone. */
export const todayIn = (timeZone: string, now: Date = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);

/** `2026-11-30` → `30 Nov 2026`, unbreakable. A text that is no date comes back as it is. */
export const formatDay = (iso: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(iso) ? nb(dayFormat.format(new Date(`${iso}T00:00:00Z`))) : iso;

/** A moment in the organisation's time zone: `30 Nov 2026, 08:40`. `zone` adds its short name. */
export const formatMoment = (iso: string, timeZone: string, zone = false): string => {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return nb(
    new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
      ...(zone ? { timeZoneName: 'short' as const } : {}),
    }).format(moment),
  );
};

/** Whole days from `from` to `to`, both ISO days; negative when `to` lies before. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** "in 10 days", "yesterday", "3 months ago". */
export const formatDistance = (days: number): string => {
  const size = Math.abs(days);
  if (size < 45) return relative.format(days, 'day');
  if (size < 540) return relative.format(Math.round(days / 30.44), 'month');
  return relative.format(Math.round(days / 365.25), 'year');
};

/** How long ago a moment was, in the largest unit that says something. */
export const formatAgo = (iso: string, now: Date = new Date()): string => {
  const minutes = Math.round((Date.parse(iso) - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 1) return 'just now';
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 36 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return formatDistance(Math.round(minutes / 1440));
};

/** Bytes for people: `1.4 MB`. */
export const formatBytes = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1000).toFixed(0)} kB`
      : bytes < 1_000_000_000
        ? `${(bytes / 1_000_000).toFixed(1)} MB`
        : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
