/** Hour of the day in the organisation's time zone. */
const hourIn = (timeZone: string, moment: Date): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(moment));

const QUARTER_MS = 15 * 60_000;

/**
 * The next moment after `now` at which the hour begins in the time zone. Where the clocks skip that hour on a night, the hour of the
 * night after it; where they repeat it, its first beginning.
 */
export const nextTurn = (now: Date, hour: number, timeZone: string): Date => {
  // Every zone in use lies a multiple of a quarter of an hour from UTC.
  let before = hourIn(timeZone, now);
  for (let at = Math.floor(now.getTime() / QUARTER_MS) * QUARTER_MS + QUARTER_MS; ; at += QUARTER_MS) {
    const moment = new Date(at);
    const here = hourIn(timeZone, moment);
    if (here === hour && before !== hour) return moment;
    before = here;
  }
};
