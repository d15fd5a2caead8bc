import { describe, expect, it } from 'vitest';
import { createConverter } from './convert.ts';
import type { ConvertOptions } from './convert.ts';
import type { TargetField } from './fields.ts';
import { SYSTEM_FIELDS } from './fixtures/fields.ts';
import { fixture, table } from './fixtures/helpers.ts';
import { suggestMapping } from './mapping.ts';
import { readTable } from './read.ts';

const ROLES = SYSTEM_FIELDS.filter(({ name }) => name === 'roles').map((field) => ({ ...field, required: false }));

function convertColumn(field: TargetField, cells: readonly string[], options: ConvertOptions = {}) {
  const { headers, rows } = table([field.label, 'id'], ...cells.map((cell) => [cell, 'x']));
  return rows.map(createConverter(suggestMapping(headers, rows, [field]), [field], rows, options));
}
const one = (field: TargetField, cell: string) => convertColumn(field, [cell])[0];
const field = (kind: TargetField['kind'], more: Partial<TargetField> = {}): TargetField => ({ name: 'f', label: 'Field', kind, ...more });

describe('several values in one cell', () => {
  it.each([
    { name: 'by semicolon', cell: 'Provider; Deployer', value: ['provider', 'deployer'] },
    { name: 'by line', cell: 'provider\nUSER\n', value: ['provider', 'deployer'] },
    { name: 'by comma when all parts are known', cell: 'provider, deployer', value: ['provider', 'deployer'] },
    { name: 'the same twice', cell: 'provider;Developer', value: ['provider'] },
  ])('$name', ({ cell, value }) => {
    expect(one(ROLES[0] ?? field('text'), cell)).toMatchObject({ values: { roles: value }, problems: [] });
  });
  it('names the part that is unknown and what is allowed', () => {
    expect(one(ROLES[0] ?? field('text'), 'Provider; Observer')).toMatchObject({
      values: {},
      problems: [
        {
          code: 'CHOICE_UNKNOWN',
          severity: 'error',
          row: 2,
          column: 'Our role',
          seen: 'Provider; Observer',
          allowed: ['Provider', 'Deployer', 'Both'],
          message: 'expected Provider, Deployer, Both; got “Observer”',
        },
      ],
      originals: { 'Our role': 'Provider; Observer' },
    });
  });
  it('does not split at a comma where one part is unknown', () => {
    expect(one(ROLES[0] ?? field('text'), 'Provider, Observer')?.problems).toMatchObject([
      { message: 'expected Provider, Deployer, Both; got “Provider, Observer”' },
    ]);
  });
  it('a reference may hold a comma', () => {
    expect(one(field('references'), 'Customers, private; Staff')?.values).toEqual({ f: ['Customers, private', 'Staff'] });
  });
  it('a choice may hold a comma', () => {
    expect(one(field('choices', { choices: [{ value: 'ab', label: 'A, B' }] }), 'a, b')?.values).toEqual({ f: ['ab'] });
  });
});

describe('dates', () => {
  it('a slashed date that may be two days asks, and gives both', () => {
    expect(convertColumn(field('date'), ['3/4/2024'])[0]).toMatchObject({
      values: {},
      problems: [{ code: 'DATE_AMBIGUOUS', severity: 'error', allowed: ['2024-04-03', '2024-03-04'] }],
    });
  });
  it('follows the other dates of the column and says so', () => {
    expect(convertColumn(field('date'), ['3/4/2024', '12/31/2024'])[0]).toMatchObject({
      values: { f: '2024-03-04' },
      problems: [{ code: 'DATE_ORDER_GUESSED', severity: 'warning' }],
    });
  });
  it('follows the order a person chose without a word', () => {
    expect(convertColumn(field('date'), ['3/4/2024'], { dateOrder: 'dmy' })[0]).toMatchObject({
      values: { f: '2024-04-03' },
      problems: [],
    });
  });
  it.each([
    ['soon', 'DATE_UNREADABLE'],
    ['May 2024', 'DATE_INCOMPLETE'],
    ['30.02.2024', 'DATE_UNREADABLE'],
  ])('%s: %s', (cell, code) => {
    expect(convertColumn(field('date'), ['2024-01-01', '2024-01-02', cell])[2]).toMatchObject({
      values: {},
      problems: [{ code, severity: 'error' }],
    });
  });
});

describe('other kinds', () => {
  it.each([
    { kind: 'number' as const, cell: '1.234,5', value: 1234.5 },
    { kind: 'boolean' as const, cell: 'Yes', value: true },
    { kind: 'text' as const, cell: '  two words ', value: 'two words' },
    { kind: 'person' as const, cell: 'Head of HR', value: 'Head of HR' },
  ])('$kind', ({ kind, cell, value }) => {
    expect(one(field(kind), cell)?.values).toEqual({ f: value });
  });
  it.each([
    { kind: 'number' as const, cells: ['1', '1,234'], code: 'NUMBER_AMBIGUOUS' },
    { kind: 'number' as const, cells: ['1', 'many'], code: 'NUMBER_UNREADABLE' },
    { kind: 'boolean' as const, cells: ['yes', 'perhaps'], code: 'BOOLEAN_UNREADABLE' },
  ])('$code', ({ kind, cells, code }) => {
    expect(convertColumn(field(kind), cells)[1]?.problems).toMatchObject([{ code, severity: 'error' }]);
  });
});

describe('what has no field', () => {
  it('is kept letter for letter under the key of its column, skipped columns and empty cells are not', () => {
    const { headers, rows } = table(['Note', 'Note', '__proto__', 'Secret', 'Empty'], [' a ', 'b', 'c', 'd', ' ']);
    const mapping = suggestMapping(headers, rows, []).map((column) =>
      column.key === 'Secret' ? { ...column, to: 'skip' as const } : column,
    );
    const custom = rows.map(createConverter(mapping, [], rows))[0]?.custom ?? {};
    expect(Object.entries(custom)).toEqual([
      ['Note', ' a '],
      ['Note (2)', 'b'],
      ['__proto__', 'c'],
    ]);
  });
});

describe('the cell as it was', () => {
  it('is kept where the value says it differently, and only there', () => {
    const { headers, rows } = table(['Name', 'Stage'], [' Chat ', 'in use'], ['Search', 'production']);
    const [first, second] = rows.map(createConverter(suggestMapping(headers, rows, SYSTEM_FIELDS), SYSTEM_FIELDS, rows));
    expect(first?.originals).toEqual({ Name: ' Chat ', Stage: 'in use' });
    expect(second?.originals).toEqual({});
  });
});

describe('the messy sheet', () => {
  const dryRun = async () => {
    const { headers, rows } = await readTable(fixture('messy-systems.csv'), 'x');
    const mapping = suggestMapping(headers, rows, SYSTEM_FIELDS).map((column) => {
      // A person says what the unknown stages mean.
      const values = column.values?.map((entry) =>
        entry.value === undefined ? { ...entry, value: entry.seen === 'Stopped' ? 'retired' : 'production' } : entry,
      );
      return values === undefined ? column : { ...column, values };
    });
    return rows.map(createConverter(mapping, SYSTEM_FIELDS, rows));
  };
  it('has 18 rows: 15 ready, 3 need a role', async () => {
    const errors = (await dryRun()).map(({ problems }) => problems.filter(({ severity }) => severity === 'error'));
    expect([errors.length, errors.filter((found) => found.length === 0).length]).toEqual([18, 15]);
    expect(errors.flat().map(({ row, code, message }) => [row, code, message])).toEqual(
      [9, 16, 21].map((row) => [row, 'VALUE_MISSING', 'expected Our role, got an empty cell']),
    );
  });
  it('says which dates it had to guess', async () => {
    const warnings = (await dryRun()).flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'warning'));
    expect(warnings.map(({ row, code, seen }) => [row, code, seen])).toEqual([
      [6, 'DATE_ORDER_GUESSED', '5/2/2025'],
      [10, 'DATE_GUESSED', '45352'],
      [22, 'DATE_ORDER_GUESSED', '06/08/2025'],
      [22, 'DATE_ORDER_GUESSED', '06/08/2026'],
    ]);
  });
  it('a required field without a column is missing in every row', async () => {
    const { headers, rows } = table(['Name'], ['a'], ['b']);
    const found = rows.map(createConverter(suggestMapping(headers, rows, SYSTEM_FIELDS), SYSTEM_FIELDS, rows));
    expect(found.flatMap(({ problems }) => problems)).toMatchObject([
      { row: 2, column: '', field: 'roles', message: 'expected Our role, got no column for it' },
      { row: 3 },
    ]);
  });
});
