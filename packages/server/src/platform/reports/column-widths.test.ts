import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribute, fitColumns } from './column-widths.ts';
import type { Table } from './model.ts';
import { soaReport } from './testing/samples.ts';
import { tablesOf } from './model.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const table = (headers: readonly string[], cells: readonly string[]): Table => ({
  kind: 'table',
  caption: 'T',
  columns: headers.map((header) => ({ header })),
  rows: [{ kind: 'row', cells }],
});

describe('distribute', () => {
  it('follows the shares where every minimum is met', () => {
    expect(distribute([1, 3], [10, 10], 100)).toEqual([25, 75]);
  });
  it('takes from the wide ones what a narrow one lacks', () => {
    expect(distribute([1, 1, 8], [20, 5, 5], 100)).toEqual([20, 80 / 9, 640 / 9]);
  });
  it('fills the width and keeps every minimum, whatever the shares', () => {
    const column = fc.record({ share: fc.integer({ min: 1, max: 50 }), minimum: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 12 }), (columns) => {
        const widths = distribute(
          columns.map((one) => one.share),
          columns.map((one) => one.minimum),
          800,
        );
        expect(sum(widths)).toBeCloseTo(800, 6);
        for (const [at, one] of columns.entries()) expect(widths[at]).toBeGreaterThanOrEqual(one.minimum - 1e-9);
      }),
    );
  });
});

describe('fitColumns', () => {
  it('keeps the usual size where words fit', () => {
    const [soa] = tablesOf(soaReport(true));
    expect(soa && fitColumns(soa, 740).size).toBe(8);
  });
  it('makes the type smaller before it cuts a word', () => {
    const wide = table(
      Array.from({ length: 11 }, () => 'Consequence'),
      [],
    );
    expect(fitColumns(wide, 640).size).toBeLessThan(8);
  });
  it('fills the width even where no size fits', () => {
    const fit = fitColumns(
      table(
        Array.from({ length: 30 }, () => 'Responsibilities'),
        [],
      ),
      500,
    );
    expect([fit.size, Math.round(sum(fit.widths))]).toEqual([6.5, 500]);
  });
});
