import { describe, expect, it } from 'vitest';
import { table } from './fixtures/helpers.ts';
import { identifyRows } from './identity.ts';

type Plain = ReturnType<typeof table>;
const ids = ({ headers, rows }: Plain, columns: readonly string[] = []) =>
  identifyRows(headers, rows, columns).identities.map(({ identity }) => identity);
const hash = (sheet: Plain) => ids(sheet)[0];

describe('by content', () => {
  const sheet = table(['a', 'b'], ['1', '2'], ['1', '2'], ['1', '3']);
  it('keeps equal rows apart and gives the same names to the same file', () => {
    const [first, second, third] = ids(sheet);
    expect(first).toMatch(/^sha256:[0-9a-f]{64}#1$/u);
    expect(second).toBe(first?.replace('#1', '#2'));
    expect(third).toMatch(/#1$/u);
    expect(ids(table(['a', 'b'], ['1', '2'], ['1', '2'], ['1', '3']))).toEqual(ids(sheet));
  });
  it.each([
    { name: 'the order of columns', other: table(['b', 'a'], ['2', '1']) },
    { name: 'an empty column more', other: table(['a', 'b', 'c'], ['1', '2', '']) },
  ])('does not mind $name', ({ other }) => {
    expect(hash(other)).toBe(hash(sheet));
  });
  it('does not mind the kind of line end', () => {
    expect(hash(table(['a'], ['x\r\ny']))).toBe(hash(table(['a'], ['x\ny'])));
  });
  it.each([
    { name: 'a space', other: table(['a', 'b'], ['1', '2 ']) },
    { name: 'values under other headers', other: table(['a', 'c'], ['1', '2']) },
    { name: 'values moved between columns', other: table(['a', 'b'], ['2', '1']) },
    { name: 'a border moved between cells', other: table(['a', 'b'], ['1"],["b","2', '']) },
  ])('minds $name', ({ other }) => {
    expect(hash(other)).not.toBe(hash(sheet));
  });
});

describe('by external id', () => {
  const sheet = table(['id', 'part', 'x'], ['7', 'a', '1'], [' 7 ', 'b', '2'], ['', '', '3'], ['8', 'a', '4']);
  it('takes the trimmed cell and falls back to content where there is none', () => {
    const found = ids(sheet, ['id']);
    expect([found[0], found[1], found[3]]).toEqual(['id:7', 'id:7', 'id:8']);
    expect(found[2]).toMatch(/^sha256:.*#1$/u);
  });
  it('lists rows that bear the same id', () => {
    expect(identifyRows(sheet.headers, sheet.rows, ['id']).duplicates).toEqual([{ identity: 'id:7', rows: [2, 3] }]);
  });
  it('takes several columns together', () => {
    expect(identifyRows(sheet.headers, sheet.rows, ['id', 'part'])).toMatchObject({
      duplicates: [],
      identities: [{ identity: 'id:["7","a"]' }, { identity: 'id:["7","b"]' }, {}, {}],
    });
  });
});
