import { describe, expect, it } from 'vitest';
import type { CycleTime, Heat, StepLine } from './calls.ts';
import { sortTimes, stepTimesOf } from './step-times.ts';

const step = (id: string) => ({ id, name: `Step ${id}`, kind: 'userTask' }) as StepLine;
const hot = (node: string, count: number, oldest: string): Heat => ({ node, count, oldest, overdue: 0, incidents: 0 });
const took = (node: string, median: number): CycleTime => ({
  node,
  name: `Old ${node}`,
  done: 1,
  late: 0,
  median,
  p90: median,
  longest: median,
});

describe('steps with their times', () => {
  const rows = stepTimesOf(
    [step('a'), step('quiet'), step('b')],
    [hot('b', 3, '2026-03-01T00:00:00.000Z'), hot('a', 1, '2026-02-01T00:00:00.000Z')],
    [took('gone', 900), took('b', 60)],
  );

  it('come in the order of the map, those of earlier versions last, and those where nothing happened not at all', () => {
    expect(rows.map(({ node, name }) => [node, name])).toEqual([
      ['a', 'Step a'],
      ['b', 'Step b'],
      ['gone', 'Old gone'],
    ]);
  });

  it('say that nothing is known where no task was done, which is not that it took no time', () => {
    expect(rows[0]).toMatchObject({ waiting: 1, done: 0, median: null });
  });

  it.each([
    ['waiting', ['b', 'a', 'gone']],
    ['oldest', ['a', 'b', 'gone']],
    ['median', ['gone', 'b', 'a']],
    ['map', ['a', 'b', 'gone']],
  ] as const)('are sorted by %s, what is not known last', (by, order) => {
    expect(sortTimes(rows, by).map(({ node }) => node)).toEqual(order);
  });
});
