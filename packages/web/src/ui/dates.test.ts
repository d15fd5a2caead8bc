import { describe, expect, it } from 'vitest';
import { daysFrom, formatAgo, formatDay, formatDistance, formatMoment, todayIn } from './dates.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('days', () => {
  it('are those of the organisation, not of the clock', () => {
    const moment = new Date('2026-03-01T23:30:00Z');
    expect(todayIn('Europe/Vienna', moment)).toBe('2026-03-02');
    expect(todayIn('America/New_York', moment)).toBe('2026-03-01');
  });

  it('are written out and never broken over two lines', () => {
    expect(plain(formatDay('2026-11-30'))).toBe('30 Nov 2026');
    expect(formatDay('2026-11-30')).not.toContain(' ');
    expect(formatDay('next spring')).toBe('next spring');
  });

  it('are counted over a change of the clocks and over a leap day', () => {
    expect(daysFrom('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysFrom('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysFrom('2026-03-30', '2026-03-28')).toBe(-2);
  });
});

describe('distances', () => {
  it.each([
    [0, 'today'],
    [-1, 'yesterday'],
    [10, 'in 10 days'],
    [-90, '3 months ago'],
    [730, 'in 2 years'],
  ])('%i days → %s', (days, words) => expect(formatDistance(days)).toBe(words));

  it.each([
    ['2026-03-01T11:59:40Z', 'just now'],
    ['2026-03-01T11:20:00Z', '40 minutes ago'],
    ['2026-03-01T02:00:00Z', '10 hours ago'],
    ['2026-02-26T12:00:00Z', '3 days ago'],
  ])('%s → %s', (moment, words) => expect(formatAgo(moment, new Date('2026-03-01T12:00:00Z'))).toBe(words));
});

describe('moments', () => {
  it('stand in the time zone of the organisation', () => {
    expect(plain(formatMoment('2026-11-30T07:40:00Z', 'Europe/Vienna'))).toBe('30 Nov 2026, 08:40');
    expect(formatMoment('soon', 'Europe/Vienna')).toBe('soon');
  });
});
