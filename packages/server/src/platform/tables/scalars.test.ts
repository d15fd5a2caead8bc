import { expect, it } from 'vitest';
import { readBoolean, readNumber } from './scalars.ts';

it.each([
  ['yes', true],
  [' Y ', true],
  ['TRUE', true],
  ['x', true],
  ['Ja', true],
  ['No', false],
  ['0', false],
  ['nein', false],
  ['maybe', undefined],
  ['', undefined],
  ['N/A', undefined],
])('%j is %s', (cell, value) => {
  expect(readBoolean(cell)).toBe(value);
});

it.each([
  ['42', 42],
  ['-3.5', -3.5],
  ['3,5', 3.5],
  ['1,234.56', 1234.56],
  ['1.234,56', 1234.56],
  ['1 234 567', 1_234_567],
  ['1.234.567', 1_234_567],
  ["1'234.5", 1234.5],
  ['€ 5,50', 5.5],
  ['12 %', 12],
  ['0.125', 0.125],
  ['1e3', 1000],
])('%s is %d', (cell, value) => {
  expect(readNumber(cell)).toEqual({ kind: 'number', value });
});

it.each(['1,234', '12.500'])('%s may be two numbers', (cell) => {
  expect(readNumber(cell).kind).toBe('ambiguous');
});

it.each(['', 'about 5', '1,2,3', '1.2.3', '12,34.5,6', '5 or 6', '1/2'])('%j is no number', (cell) => {
  expect(readNumber(cell)).toEqual({ kind: 'none' });
});
