import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, compareDates, daysBetween, isIsoDate, laterOf } from './dates.ts';

describe('addMonths', () => {
  it.each([
    { name: 'keeps the day', from: '2026-03-15', months: 3, to: '2026-06-15' },
    { name: 'falls back to the last day of a shorter month', from: '2026-01-31', months: 1, to: '2026-02-28' },
    { name: 'knows leap years', from: '2024-01-31', months: 1, to: '2024-02-29' },
    { name: 'crosses the year', from: '2026-11-30', months: 3, to: '2027-02-28' },
    { name: 'goes backwards', from: '2026-01-15', months: -1, to: '2025-12-15' },
    { name: 'adds whole years', from: '2024-02-29', months: 12, to: '2025-02-28' },
  ])('$name', ({ from, months, to }) => expect(addMonths(from, months)).toBe(to));

  it('throws on a day that does not exist', () => expect(() => addMonths('2026-02-30', 1)).toThrow(RangeError));
});

describe('days', () => {
  const day = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1990-01-01', n));

  it('are counted the way they are added', () => {
    fc.assert(fc.property(day, fc.integer({ min: -5000, max: 5000 }), (from, n) => daysBetween(from, addDays(from, n)) === n));
  });

  it('sort as text', () => {
    fc.assert(fc.property(day, day, (a, b) => compareDates(a, b) < 0 === daysBetween(a, b) > 0));
    expect(laterOf('2026-01-02', '2026-01-10')).toBe('2026-01-10');
  });

  it.each(['2026-13-01', '2026-00-10', '2026-04-31', '2025-02-29', '26-01-01', '2026-1-1', ''])('refuses %s', (text) =>
    expect(isIsoDate(text)).toBe(false),
  );
});
