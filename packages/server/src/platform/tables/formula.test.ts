import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disarm, looksLikeFormula, rearm } from './formula.ts';

const ATTACKS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00A0=1',
  '"=1',
  "'=1",
  ' "\' =1',
  '“=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '﹦1',
  '−1',
  '\u200B=1',
  '\uFEFF=1',
  '\tplain',
  '\rplain',
];

describe('a cell a spreadsheet would run', () => {
  it.each(ATTACKS)('%j is disarmed and comes back', (cell) => {
    expect(looksLikeFormula(cell)).toBe(true);
    expect(disarm(cell)).toBe(`'${cell}`);
    expect(rearm(disarm(cell))).toBe(cell);
  });
});

describe('a cell no spreadsheet would run', () => {
  it.each(['', 'a=b', 'name@example.org', '1-2', "'tis", "'quoted'", '“Quoted”', ' text', '5 + 3'])(
    '%j stays as it is, both ways',
    (cell) => {
      expect(disarm(cell)).toBe(cell);
      expect(rearm(cell)).toBe(cell);
    },
  );
});

it('gives back every text after writing and reading', () => {
  const risky = fc.string({ unit: fc.constantFrom("'", '"', '=', '+', '-', '@', ' ', '\t', '\r', '\n', '＝', '“', 'a', '1') });
  fc.assert(
    fc.property(fc.oneof(risky, fc.string()), (cell) => rearm(disarm(cell)) === cell),
    { numRuns: 2000 },
  );
});
