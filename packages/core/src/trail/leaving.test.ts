import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustLeave, nextLeaving } from './leaving.ts';

const at = (text: string) => Date.parse(text);
const next = (hour: number, timeZone: string, last: string | null, now: string) =>
  new Date(nextLeaving({ hour, timeZone }, last === null ? null : at(last), at(now))).toISOString();

describe('the next round', () => {
  it.each([
    {
      name: 'the first, today',
      hour: 6,
      zone: 'Europe/Vienna',
      last: null,
      now: '2026-01-10T04:00:00Z',
      expected: '2026-01-10T05:00:00.000Z',
    },
    {
      name: 'the first, tomorrow',
      hour: 6,
      zone: 'Europe/Vienna',
      last: null,
      now: '2026-01-10T05:00:00Z',
      expected: '2026-01-11T05:00:00.000Z',
    },
    {
      name: 'a day later',
      hour: 6,
      zone: 'Europe/Vienna',
      last: '2026-01-10T05:00:03Z',
      now: '2026-01-10T05:00:03Z',
      expected: '2026-01-11T05:00:00.000Z',
    },
    {
      name: 'past, after days of rest: due once, now',
      hour: 6,
      zone: 'Europe/Vienna',
      last: '2026-01-10T05:00:03Z',
      now: '2026-01-15T12:00:00Z',
      expected: '2026-01-11T05:00:00.000Z',
    },
    {
      name: 'after the clocks went forward, by the clock on the wall',
      hour: 6,
      zone: 'Europe/Vienna',
      last: '2026-03-28T05:00:01Z',
      now: '2026-03-28T05:00:01Z',
      expected: '2026-03-29T04:00:00.000Z',
    },
    {
      name: 'in the hour that is left out: when the clock goes on',
      hour: 2,
      zone: 'Europe/Vienna',
      last: '2026-03-28T01:00:01Z',
      now: '2026-03-28T01:00:01Z',
      expected: '2026-03-29T01:00:00.000Z',
    },
    {
      name: 'in the hour that comes twice: at the first',
      hour: 2,
      zone: 'Europe/Vienna',
      last: '2026-10-24T00:00:01Z',
      now: '2026-10-24T00:00:01Z',
      expected: '2026-10-25T00:00:00.000Z',
    },
    {
      name: 'and not at the second',
      hour: 2,
      zone: 'Europe/Vienna',
      last: '2026-10-25T00:00:01Z',
      now: '2026-10-25T00:00:01Z',
      expected: '2026-10-26T01:00:00.000Z',
    },
    {
      name: 'where clocks change by half an hour',
      hour: 2,
      zone: 'Australia/Lord_Howe',
      last: '2026-10-02T15:30:01Z',
      now: '2026-10-02T15:30:01Z',
      expected: '2026-10-03T15:30:00.000Z',
    },
    {
      name: 'over a day that a country left out',
      hour: 6,
      zone: 'Pacific/Apia',
      last: '2011-12-29T16:00:01Z',
      now: '2011-12-29T16:00:01Z',
      expected: '2011-12-30T16:00:00.000Z',
    },
    { name: 'at midnight', hour: 0, zone: 'Asia/Kolkata', last: null, now: '2026-05-01T18:29:00Z', expected: '2026-05-01T18:30:00.000Z' },
  ])('$name', ({ hour, zone, last, now, expected }) => {
    expect(next(hour, zone, last, now)).toBe(expected);
  });

  it('comes once each calendar day, at that hour, in every zone and over every change of clocks', () => {
    const zones = [
      'UTC',
      'Europe/Vienna',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Santiago',
      'Africa/Casablanca',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 60_000 }),
        (timeZone, hour, late) => {
          const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
          const seen = new Set<string>();
          let now = at('2026-01-01T00:00:00Z');
          for (let round = 0; round < 370; round += 1) {
            // Whoever looks is a little late each time; that must not push the rounds through the day.
            now = nextLeaving({ hour, timeZone }, round === 0 ? null : now, now) + late;
            seen.add(day.format(now));
          }
          expect(seen.size).toBe(370);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a round', () => {
  it.each([
    { name: 'sends the first', grew: false, last: null, now: '2026-01-10T05:00:00Z', expected: true },
    { name: 'sends what grew', grew: true, last: '2026-01-09T05:00:00Z', now: '2026-01-10T05:00:00Z', expected: true },
    { name: 'rests while nothing grew', grew: false, last: '2026-01-04T05:00:00Z', now: '2026-01-10T05:00:00Z', expected: false },
    {
      name: 'sends the same again after a week, late or early by seconds',
      grew: false,
      last: '2026-01-03T05:00:09Z',
      now: '2026-01-10T05:00:01Z',
      expected: true,
    },
  ])('$name', ({ grew, last, now, expected }) => {
    expect(mustLeave(grew, last === null ? null : at(last), at(now), 'Europe/Vienna')).toBe(expected);
  });
});
