import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isLocalTime, localTimeOf, momentOf } from '../shared/zones.ts';
import { addDuration, nextDue, readDuration, readMoment, readRule, type Rule } from './timers.ts';

const at = (text: string) => Date.parse(text);
const iso = (moment: number) => new Date(moment).toISOString().replace('.000Z', 'Z');
const rule = (kind: 'date' | 'duration' | 'cycle', text: string, armed: string, zone = 'UTC') => readRule(kind, text, at(armed), zone);
/** The first turns of a rule, each asked for a second after the one before. */
const turns = (text: string, armed: string, zone: string, count: number): string[] => {
  const read = rule('cycle', text, armed, zone) as Rule;
  const found: string[] = [];
  for (let [turn, now] = [0, at(armed)]; found.length < count;) {
    const due = nextDue(read, turn, now, zone);
    if (due === null) break;
    found.push(iso(due.at));
    [turn, now] = [due.turn + 1, due.at + 1000];
  }
  return found;
};

describe('a duration', () => {
  it.each([
    { text: 'P90D', from: '2026-01-01T09:00:00Z', zone: 'UTC', to: '2026-04-01T09:00:00Z' },
    { text: 'P25D', from: '2026-01-01T09:00:00Z', zone: 'UTC', to: '2026-01-26T09:00:00Z' },
    { text: 'PT2160H', from: '2026-01-01T09:00:00Z', zone: 'Europe/Berlin', to: '2026-04-01T09:00:00Z' },
    { text: 'P90D', from: '2026-01-01T09:00:00Z', zone: 'Europe/Berlin', to: '2026-04-01T08:00:00Z' },
    { text: 'P1M', from: '2026-01-31T12:00:00Z', zone: 'UTC', to: '2026-02-28T12:00:00Z' },
    { text: 'P1M', from: '2028-01-31T12:00:00Z', zone: 'UTC', to: '2028-02-29T12:00:00Z' },
    { text: 'P3M', from: '2026-11-30T12:00:00Z', zone: 'UTC', to: '2027-02-28T12:00:00Z' },
    { text: 'P1Y', from: '2028-02-29T12:00:00Z', zone: 'UTC', to: '2029-02-28T12:00:00Z' },
    { text: 'P4Y', from: '2028-02-29T12:00:00Z', zone: 'UTC', to: '2032-02-29T12:00:00Z' },
    { text: 'P1Y2M3DT4H5M6S', from: '2026-01-01T00:00:00Z', zone: 'UTC', to: '2027-03-04T04:05:06Z' },
    { text: 'P2W', from: '2026-01-01T00:00:00Z', zone: 'UTC', to: '2026-01-15T00:00:00Z' },
    { text: 'PT0S', from: '2026-01-01T00:00:00Z', zone: 'UTC', to: '2026-01-01T00:00:00Z' },
  ])('$text after $from in $zone is $to', ({ text, from, zone, to }) => {
    const read = readDuration(text);
    expect(read === null ? null : iso(addDuration(at(from), read, zone))).toBe(to);
  });

  // The end of the month is of the zone: in Auckland it is 1 February while UTC still has 31 January.
  it('counts months on the wall of the zone', () => {
    const month = readDuration('P1M') ?? { months: 0, days: 0, milliseconds: 0 };
    expect(iso(addDuration(at('2026-01-31T12:00:00Z'), month, 'Pacific/Auckland'))).toBe('2026-02-28T12:00:00Z');
    expect(iso(addDuration(at('2026-01-31T12:00:00Z'), month, 'UTC'))).toBe('2026-02-28T12:00:00Z');
    expect(iso(addDuration(at('2026-01-30T12:00:00Z'), month, 'Pacific/Auckland'))).toBe('2026-02-27T12:00:00Z');
  });

  it('keeps milliseconds', () =>
    expect(addDuration(at('2026-01-01T00:00:00.123Z'), { months: 1, days: 0, milliseconds: 5 }, 'Europe/Berlin')).toBe(
      at('2026-02-01T00:00:00.128Z'),
    ));

  it.each(['', 'P', 'PT', 'P1', '1D', 'P1S', 'P-1D', 'P1DT', 'P1.5D', 'PT1.2345S', 'p1d', 'P1H', 'P12345Y', ' P1D'])(
    'cannot be read from "%s"',
    (text) => expect(readDuration(text)).toBeNull(),
  );
});

describe('clocks that change', () => {
  it.each([
    { name: 'Berlin skips 02:30', zone: 'Europe/Berlin', from: '2026-03-28T01:30:00Z', to: '2026-03-29T01:30:00Z' },
    { name: 'Berlin has 02:30 twice: the first', zone: 'Europe/Berlin', from: '2026-10-24T00:30:00Z', to: '2026-10-25T00:30:00Z' },
    {
      name: 'a day in Berlin over the spring night is 23 hours',
      zone: 'Europe/Berlin',
      from: '2026-03-28T11:00:00Z',
      to: '2026-03-29T10:00:00Z',
    },
    { name: 'New York skips 02:30', zone: 'America/New_York', from: '2026-03-07T07:30:00Z', to: '2026-03-08T07:30:00Z' },
    { name: 'New York has 01:30 twice: the first', zone: 'America/New_York', from: '2026-10-31T05:30:00Z', to: '2026-11-01T05:30:00Z' },
    {
      name: 'a day in New York over the autumn night is 25 hours',
      zone: 'America/New_York',
      from: '2026-10-31T16:00:00Z',
      to: '2026-11-01T17:00:00Z',
    },
    { name: 'Lord Howe skips half an hour', zone: 'Australia/Lord_Howe', from: '2026-10-02T15:45:00Z', to: '2026-10-03T15:45:00Z' },
    { name: 'Lord Howe has 01:45 twice: the first', zone: 'Australia/Lord_Howe', from: '2026-04-03T14:45:00Z', to: '2026-04-04T14:45:00Z' },
    {
      name: 'a day there over the autumn night is 24 and a half hours',
      zone: 'Australia/Lord_Howe',
      from: '2026-04-04T01:00:00Z',
      to: '2026-04-05T01:30:00Z',
    },
  ])('$name', ({ zone, from, to }) => expect(iso(addDuration(at(from), { months: 0, days: 1, milliseconds: 0 }, zone))).toBe(to));

  it('hours pass as they pass', () => {
    expect(iso(addDuration(at('2026-03-28T11:00:00Z'), { months: 0, days: 0, milliseconds: 86_400_000 }, 'Europe/Berlin'))).toBe(
      '2026-03-29T11:00:00Z',
    );
  });

  it('what a clock shows is found again, in any zone at any moment', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
    fc.assert(
      fc.property(
        fc.integer({ min: at('1971-01-01T00:00:00Z') / 1000, max: at('2100-01-01T00:00:00Z') / 1000 }),
        fc.constantFrom(...zones),
        (second, zone) => {
          const local = localTimeOf(second * 1000, zone);
          const found = momentOf(local, zone);
          // Shown twice, the first is meant: never later, and it shows the same.
          expect(found).toBeLessThanOrEqual(second * 1000);
          expect(localTimeOf(found, zone)).toEqual(local);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a day later is never earlier, and at the same time on the wall unless the clock skips it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 * 24 }), fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe'), (hour, zone) => {
        const from = hour * 3_600_000;
        const to = addDuration(from, { months: 0, days: 1, milliseconds: 0 }, zone);
        const wanted = addDays(localTimeOf(from, zone), 1);
        expect(to).toBeGreaterThan(from);
        if (momentOf(wanted, zone) === to && to - from === 86_400_000) expect(localTimeOf(to, zone)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a moment', () => {
  it.each([
    { text: '2026-06-30T12:00:00Z', to: '2026-06-30T12:00:00Z' },
    { text: '2026-06-30T12:00:00+05:30', to: '2026-06-30T06:30:00Z' },
    { text: '2026-06-30T12:00', to: '2026-06-30T10:00:00Z' },
    { text: '2026-06-30', to: '2026-06-29T22:00:00Z' },
    { text: '2028-02-29', to: '2028-02-28T23:00:00Z' },
  ])('$text is $to in Berlin where it names no offset', ({ text, to }) => expect(iso(readMoment(text, 'Europe/Berlin') ?? 0)).toBe(to));
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-06-31',
    '2026-06-30T24:00',
    '2026-06-30T12:60',
    'tomorrow',
    '2026-6-3',
    '',
    '2026-06-30T12:00+99:99',
  ])('is not "%s"', (text) => expect(readMoment(text, 'UTC')).toBeNull());
  it('of the calendar only', () => expect(isLocalTime({ year: 2026, month: 2, day: 30, hour: 0, minute: 0, second: 0 })).toBe(false));
});

describe('a cycle', () => {
  it('of 29 February keeps to that day over twelve years', () => {
    expect(turns('R/2028-02-29T09:00/P1Y', '2028-01-01T00:00:00Z', 'Europe/Berlin', 13)).toEqual(
      Array.from({ length: 13 }, (_, year) => `${2028 + year}-02-${year % 4 === 0 ? 29 : 28}T08:00:00Z`),
    );
  });

  it('of the last of the month keeps to the last', () => {
    expect(turns('R/2026-01-31/P1M', '2026-01-01T00:00:00Z', 'UTC', 5)).toEqual(
      ['01-31', '02-28', '03-31', '04-30', '05-31'].map((day) => `2026-${day}T00:00:00Z`),
    );
  });

  it('keeps its time on the wall over both changes of the clock', () => {
    const hours = new Set(
      turns('R/2026-01-05T08:00/P1W', '2026-01-01T00:00:00Z', 'Europe/Berlin', 60).map((due) => localTimeOf(at(due), 'Europe/Berlin').hour),
    );
    expect(hours).toEqual(new Set([8]));
  });

  it('without a start begins one period after it was armed; with one, there', () => {
    expect(turns('R/P90D', '2026-01-01T00:00:00Z', 'UTC', 2)).toEqual(['2026-04-01T00:00:00Z', '2026-06-30T00:00:00Z']);
    expect(turns('R/2026-02-01/P90D', '2026-01-01T00:00:00Z', 'UTC', 2)).toEqual(['2026-02-01T00:00:00Z', '2026-05-02T00:00:00Z']);
  });

  it.each([
    { text: 'R3/P1D', count: 3 },
    { text: 'R1/P1D', count: 1 },
    { text: 'R0/P1D', count: 0 },
    { text: 'R3/2026-02-01/P1D', count: 3 },
  ])('$text comes $count times', ({ text, count }) => expect(turns(text, '2026-01-01T00:00:00Z', 'UTC', 9)).toHaveLength(count));

  it('after downtime comes once, then when it is next to come; the turns slept through are spent', () => {
    const daily = rule('cycle', 'R/P1D', '2026-01-01T00:00:00Z') as Rule;
    expect(nextDue(daily, 1, at('2026-01-10T12:00:00Z'), 'UTC')).toEqual({ at: at('2026-01-11T00:00:00Z'), turn: 9 });
    // A turn that is due this very moment is the one that fires: the next is the one after.
    for (let day = 1; day <= 300; day += 1) {
      const now = at('2026-01-01T00:00:00Z') + day * 86_400_000;
      expect(nextDue(daily, 0, now, 'UTC')).toEqual({ at: now + 86_400_000, turn: day });
    }
    const thrice = rule('cycle', 'R3/P1D', '2026-01-01T00:00:00Z') as Rule;
    expect(nextDue(thrice, 1, at('2026-01-10T12:00:00Z'), 'UTC')).toBeNull();
  });

  it('is the first after now, whatever the period and however long ago it began', () => {
    const periods = ['PT1S', 'PT7H', 'P1D', 'P1DT1H', 'P1W', 'P1M', 'P1M1D', 'P3M', 'P1Y'];
    const [least, most] = [at('1990-01-01T00:00:00Z'), at('2060-01-01T00:00:00Z')];
    fc.assert(
      fc.property(
        fc.constantFrom(...periods),
        fc.integer({ min: least, max: most }),
        fc.integer({ min: 0, max: most - least }),
        fc.constantFrom('UTC', 'Europe/Berlin'),
        (period, anchor, later, zone) => {
          const read = readRule('cycle', `R/${period}`, anchor, zone) as Extract<Rule, { kind: 'cycle' }>;
          const now = anchor + later;
          const due = nextDue(read, 0, now, zone);
          const before = (due?.turn ?? 0) === 0 ? anchor : addDuration(anchor, read.every, zone, due?.turn ?? 0);
          expect(due?.at).toBeGreaterThan(now);
          expect(before).toBeLessThanOrEqual(now);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    'P1D',
    'R',
    'R/',
    'R/P0D',
    'R/PT0S',
    'R-1/P1D',
    'R/tomorrow/P1D',
    'R/2026-02-30/P1Y',
    'R//P1D',
    '0 9 * * *',
    'R/P1D/2026-01-01',
  ])('cannot be read from "%s"', (text) => expect(rule('cycle', text, '2026-01-01T00:00:00Z')).toBeNull());
});

describe('a date or duration', () => {
  it('comes once', () => {
    for (const read of [rule('date', '2026-06-30', '2026-01-01T00:00:00Z'), rule('duration', 'P90D', '2026-01-01T00:00:00Z')] as Rule[]) {
      expect(nextDue(read, 0, at('2026-01-01T00:00:00Z'), 'UTC')).not.toBeNull();
      expect(nextDue(read, 1, at('2026-01-01T00:00:00Z'), 'UTC')).toBeNull();
    }
  });
  it('that is past is due', () =>
    expect(nextDue(rule('date', '2020-01-01', '2026-01-01T00:00:00Z') as Rule, 0, at('2026-01-01T00:00:00Z'), 'UTC')).toEqual({
      at: at('2020-01-01T00:00:00Z'),
      turn: 0,
    }));
});
