import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, defaultCriteria, levelOf, levelTable, reviewMonthsOf, validateCriteria } from './criteria.ts';
import type { RiskCriteria } from './criteria.ts';

const codes = (change: Partial<RiskCriteria>) => validateCriteria({ ...defaultCriteria, ...change }).map((problem) => problem.code);
const steps = (...labels: readonly string[]) => labels.map((label) => ({ label }));
const square = (size: number, level: (row: number, column: number) => number) =>
  Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => level(r + 1, c + 1)));

describe('the default criteria', () => {
  it('have no problem', () => expect(validateCriteria(defaultCriteria)).toEqual([]));
  it('give each cell its product and a band', () => {
    expect(levelTable(defaultCriteria)[4]).toEqual([5, 10, 15, 20, 25]);
    expect(
      levelTable(defaultCriteria)
        .flat()
        .map((level) => bandOf(defaultCriteria, level)),
    ).not.toContain(null);
  });
});

describe('criteria are sent back', () => {
  it.each([
    { name: 'with two steps', change: { likelihood: steps('Low', 'High') }, code: 'SCALE_SIZE' },
    { name: 'with eight steps', change: { likelihood: steps('1', '2', '3', '4', '5', '6', '7', '8') }, code: 'SCALE_SIZE' },
    { name: 'with an unnamed step', change: { consequence: steps('a', ' ', 'c', 'd', 'e') }, code: 'LABEL_MISSING' },
    { name: 'with a step named twice', change: { consequence: steps('a', 'A', 'c', 'd', 'e') }, code: 'LABEL_TWICE' },
    { name: 'with one band', change: { bands: [{ name: 'all', min: 1, max: 25 }] }, code: 'BANDS_TOO_FEW' },
    {
      name: 'with a gap',
      change: {
        bands: [
          { name: 'low', min: 1, max: 4 },
          { name: 'high', min: 6, max: 25 },
        ],
      },
      code: 'BANDS_GAP',
    },
    {
      name: 'with overlapping bands',
      change: {
        bands: [
          { name: 'low', min: 1, max: 5 },
          { name: 'high', min: 5, max: 25 },
        ],
      },
      code: 'BANDS_OVERLAP',
    },
    { name: 'with a threshold that accepts everything', change: { threshold: 25 }, code: 'THRESHOLD_RANGE' },
    { name: 'with a threshold that accepts nothing', change: { threshold: 0 }, code: 'THRESHOLD_RANGE' },
    { name: 'with a second reader in more bands than there are', change: { secondReaderBands: 5 }, code: 'SECOND_READER_BANDS' },
    { name: 'with a matrix of another size', change: { matrix: square(4, (r, c) => r * c) }, code: 'MATRIX_SIZE' },
    { name: 'with half levels', change: { matrix: square(5, (r, c) => r * c + 0.5) }, code: 'MATRIX_LEVEL' },
    { name: 'with a matrix that falls', change: { matrix: square(5, (r, c) => (r === 5 && c === 5 ? 1 : r * c)) }, code: 'MATRIX_FALLS' },
  ])('$name', ({ change, code }) => expect(codes(change)).toContain(code));

  it('but not with a second reader in all of them', () => expect(codes({ secondReaderBands: 4 })).toEqual([]));

  it.each([3, 7])('but not with %i steps', (size) =>
    expect(codes({ likelihood: Array.from({ length: size }, (_, n) => ({ label: `step ${n}` })) })).not.toContain('SCALE_SIZE'),
  );

  it('but not for a band of a single level', () => {
    const bands = [
      { name: 'none', min: 1, max: 1 },
      { name: 'some', min: 2, max: 25 },
    ];
    expect(codes({ bands })).toEqual([]);
  });

  it('with every problem at once', () =>
    expect(codes({ likelihood: steps('a'), threshold: 99 })).toEqual(expect.arrayContaining(['SCALE_SIZE', 'THRESHOLD_RANGE'])));
});

describe('a matrix of its own', () => {
  const worstOf: RiskCriteria = {
    ...defaultCriteria,
    matrix: square(5, (r, c) => Math.max(r, c)),
    bands: [
      { name: 'Low', min: 1, max: 3 },
      { name: 'High', min: 4, max: 5 },
    ],
    threshold: 3,
  };
  it('replaces the product', () => expect(levelOf(worstOf, 2, 5)).toBe(5));
  it('has no problem', () => expect(validateCriteria(worstOf)).toEqual([]));
});

describe('ratings outside the scale', () => {
  it('have no level', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ max: 0 }), fc.integer({ min: 6 }), fc.constant(2.5)),
        (rating) => levelOf(defaultCriteria, rating, 1) === null && levelOf(defaultCriteria, 1, rating) === null,
      ),
    );
  });
});

describe('the review interval', () => {
  it.each([
    { band: 3, months: 3 },
    { band: 2, months: 6 },
    { band: 1, months: 12 },
    { band: 0, months: 24 },
  ])('of band $band is $months months', ({ band, months }) => {
    expect(reviewMonthsOf(defaultCriteria, defaultCriteria.bands[band] ?? { name: '', min: 0, max: 0 })).toBe(months);
  });
  it('is the band’s own where it has one', () => {
    const own = { name: 'Low', min: 1, max: 4, reviewMonths: 18 };
    expect(reviewMonthsOf({ ...defaultCriteria, bands: [own, ...defaultCriteria.bands.slice(1)] }, own)).toBe(18);
  });
});
