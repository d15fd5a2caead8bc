import { describe, expect, it } from 'vitest';
import { provenOrder, readDate } from './dates.ts';

describe('a text that means one day', () => {
  it.each([
    ['2024-05-01', '2024-05-01'],
    ['2024/5/1', '2024-05-01'],
    ['20240501', '2024-05-01'],
    ['2024-05-01T08:30:00Z', '2024-05-01'],
    ['1.5.2024', '2024-05-01'],
    ['01. 05. 2024', '2024-05-01'],
    ['31/12/2024', '2024-12-31'],
    ['12/31/2024', '2024-12-31'],
    ['31-12-2024 14:05', '2024-12-31'],
    ['4/4/2024', '2024-04-04'],
    ['1 May 2024', '2024-05-01'],
    ['1st of May 2024'.replace(' of', ''), '2024-05-01'],
    ['12. März 2024', '2024-03-12'],
    ['May 1, 2024', '2024-05-01'],
    ['29.02.2024', '2024-02-29'],
  ])('%s', (cell, day) => {
    expect(readDate(cell)).toEqual({ kind: 'day', day });
  });
  it('says what it guessed', () => {
    expect(readDate('1.5.24')).toMatchObject({ kind: 'day', day: '2024-05-01', guessed: 'the century of 24' });
    expect(readDate('1-May-99')).toMatchObject({ day: '1999-05-01' });
    expect(readDate('45352')).toMatchObject({ kind: 'day', day: '2024-03-01', guessed: expect.stringContaining('45352') as string });
  });
});

it('a text that may mean two days gives both', () => {
  expect(readDate('3/4/2024')).toEqual({ kind: 'ambiguous', dmy: '2024-04-03', mdy: '2024-03-04' });
});

it.each(['2024', '05/2024', '2024-05', 'May 2024', 'Q3 2024', '2024 H1', 'Oct-22'])('%s is a date without its day', (cell) => {
  expect(readDate(cell)).toEqual({ kind: 'incomplete' });
});

it.each(['', 'soon', 'N/A', '30.02.2024', '2023-02-29', '13/13/2024', '1 Foo 2024', '12345678', '99999'])('%j is no date', (cell) => {
  expect(readDate(cell)).toEqual({ kind: 'none' });
});

describe('what a column proves', () => {
  it.each([
    { name: 'a day above twelve in front', cells: ['3/4/2024', '13/4/2024'], order: 'dmy' },
    { name: 'a day above twelve behind', cells: ['3/4/2024', '4/13/2024'], order: 'mdy' },
    { name: 'both, so nothing', cells: ['13/4/2024', '4/13/2024'], order: undefined },
    { name: 'nothing to go by', cells: ['3/4/2024', '31.12.2024'], order: undefined },
  ])('$name', ({ cells, order }) => {
    expect(provenOrder(cells)).toBe(order);
  });
});
