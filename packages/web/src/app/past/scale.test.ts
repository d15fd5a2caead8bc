import { describe, expect, it } from 'vitest';
import { barsOf, keyTarget, scaleOf } from './scale.ts';

const scale = scaleOf('2026-01-31', '2026-04-30');

describe('the line of days', () => {
  it('begins the day before the first entry and ends today', () => {
    expect([scale.from, scale.at(0), scale.at(scale.last), scale.last]).toEqual(['2026-01-30', '2026-01-30', '2026-04-30', 90]);
  });
  it('is a week wide where the trail is younger', () => {
    expect(scaleOf('2026-04-30', '2026-04-30')).toMatchObject({ from: '2026-04-23', last: 7 });
  });
  it('holds days outside of it at its ends', () => {
    expect([scale.of('2020-01-01'), scale.of('2030-01-01'), scale.at(-3), scale.at(1000)]).toEqual([0, 90, '2026-01-30', '2026-04-30']);
  });
});

describe('a key on the slider', () => {
  const day = (key: string, from: string) => {
    const target = keyTarget(key, scale.of(from), scale);
    return target === undefined ? undefined : scale.at(target);
  };
  it.each([
    ['ArrowLeft', '2026-03-01', '2026-02-28'],
    ['ArrowRight', '2026-02-28', '2026-03-01'],
    ['PageDown', '2026-03-31', '2026-02-28'],
    ['PageUp', '2026-02-28', '2026-03-28'],
    ['Home', '2026-03-31', '2026-01-30'],
    ['End', '2026-03-31', '2026-04-30'],
    ['ArrowLeft', '2026-01-30', '2026-01-30'],
    ['PageUp', '2026-04-20', '2026-04-30'],
  ])('%s from %s leads to %s', (key, from, to) => expect(day(key, from)).toBe(to));
  it('that means nothing here is left alone', () => expect(day('a', '2026-03-01')).toBeUndefined());
});

describe('bars', () => {
  it('stand where their days are, the fullest at full height', () => {
    const bars = barsOf(
      [
        { day: '2026-02-01', entries: 25 },
        { day: '2026-04-30', entries: 100 },
      ],
      scale,
    );
    expect(bars.map(({ height }) => height)).toEqual([0.5, 1]);
    expect(bars[1]?.x).toBeCloseTo(90 / 91);
  });
  it('are shared by neighbouring days of a long trail', () => {
    const long = scaleOf('2020-01-01', '2026-01-01');
    const bars = barsOf(
      [
        { day: '2020-01-02', entries: 1 },
        { day: '2020-01-03', entries: 3 },
        { day: '2025-12-31', entries: 4 },
      ],
      long,
    );
    expect(bars).toHaveLength(2);
    expect(bars.every(({ height }) => height === 1)).toBe(true);
  });
});
