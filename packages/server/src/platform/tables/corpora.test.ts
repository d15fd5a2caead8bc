import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConverter } from './convert.ts';
import { SYSTEM_FIELDS } from './fixtures/fields.ts';
import { collect } from './fixtures/helpers.ts';
import { identifyRows } from './identity.ts';
import { suggestMapping } from './mapping.ts';
import { readTable } from './read.ts';
import { trimmedCell } from './types.ts';
import { writeCsv, writeJson, writeXlsx } from './write.ts';

// Real inventories of the US federal government (public domain); they are not part of this repository.
const CORPORA = process.env['AIMWELL_CORPORA'] ?? join(import.meta.dirname, '../../../../../../shared/corpora');
const file = (year: string) => join(CORPORA, `us-federal-ai-inventory-${year}.csv`);
const open = (year: string) => readTable(readFileSync(file(year)), `${year}.csv`);

describe.skipIf(!existsSync(file('2024-v2')))('the inventory of 2024', () => {
  it('has 2,133 rows and 62 columns in windows-1252 without one character lost', async () => {
    const table = await open('2024-v2');
    const cells = table.rows.flatMap((row) => row.cells);
    expect(table).toMatchObject({ kind: 'csv', encoding: 'windows-1252', delimiter: ',', blankRows: 0, problems: [] });
    expect([table.rows.length, table.headers.length]).toEqual([2133, 62]);
    expect(table.headers[8]?.text).toBe('Describe the AI system’s outputs.');
    expect(new Set(table.headers.map(({ key }) => key)).size).toBe(62);
    expect(table.headers.filter(({ text }) => text === 'If Other, please explain.').length).toBe(9);
    expect(cells.filter((cell) => /[\uFFFD\u0080-\u009F]/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /[\r\n]/u.test(cell)).length).toBe(1176);
    const agencies = (trim: boolean) => new Set(table.rows.map((row) => (trim ? trimmedCell(row, 1) : row.cells[1]))).size;
    expect([agencies(false), agencies(true)]).toEqual([42, 41]);
  });

  it('keeps its 3 repeated rows apart and knows all rows again', async () => {
    const table = await open('2024-v2');
    const { identities, duplicates } = identifyRows(table.headers, table.rows);
    expect(new Set(identities.map(({ identity }) => identity)).size).toBe(2133);
    expect(new Set(identities.map(({ identity }) => identity.split('#')[0])).size).toBe(2130);
    expect(duplicates).toEqual([]);
    const again = await readTable(
      await collect(
        writeCsv(
          table.headers.map(({ text }) => text),
          table.rows.map(({ cells }) => cells),
        ),
      ),
      'again.csv',
    );
    expect(identifyRows(again.headers, again.rows).identities).toEqual(identities);
  });

  it.each([
    { name: 'CSV', write: async (headers: string[], rows: (readonly string[])[]) => collect(writeCsv(headers, rows)) },
    { name: 'XLSX', write: async (headers: string[], rows: (readonly string[])[]) => writeXlsx(headers, rows) },
    { name: 'JSON', write: async (headers: string[], rows: (readonly string[])[]) => collect(writeJson(headers, rows)) },
  ])('comes back from $name with 0 differences', async ({ write }) => {
    const table = await open('2024-v2');
    const again = await readTable(
      await write(
        table.headers.map(({ text }) => text),
        table.rows.map(({ cells }) => [...cells]),
      ),
      'again',
    );
    expect(again.headers).toEqual(table.headers);
    const different = table.rows.filter((row, index) => JSON.stringify(row.cells) !== JSON.stringify(again.rows[index]?.cells));
    expect([again.rows.length, different.length]).toEqual([2133, 0]);
  });

  it('loses no cell between fields, own fields and problems', async () => {
    const table = await open('2024-v2');
    const mapping = suggestMapping(table.headers, table.rows, SYSTEM_FIELDS);
    expect(mapping.filter(({ to }) => to === 'field').map(({ index, field }) => [index, field])).toEqual([
      [0, 'name'],
      [7, 'purpose'],
      [9, 'stage'],
      [13, 'goLive'],
    ]);
    const convert = createConverter(mapping, SYSTEM_FIELDS, table.rows);
    for (const row of table.rows.slice(0, 300)) {
      const { values, custom, originals, problems } = convert(row);
      const filled = row.cells.filter((cell) => cell.trim() !== '').length;
      const refused = problems.filter(({ severity, column }) => severity === 'error' && column !== '').length;
      expect(Object.keys(values).length + Object.keys(custom).length + refused).toBe(filled);
      // Every refused cell is still there letter for letter.
      expect(
        problems.filter(({ severity, column, seen }) => severity === 'error' && column !== '' && originals[column]?.trim() !== seen),
      ).toEqual([]);
    }
  });
});

describe.skipIf(!existsSync(file('2023')))('the inventory of 2023', () => {
  it('has 710 rows and 10 columns in UTF-8, damaged before it came to us', async () => {
    const table = await open('2023');
    expect(table).toMatchObject({ encoding: 'utf-8', problems: [{ code: 'STRANGE_CHARACTERS' }] });
    expect([table.rows.length, table.headers.length]).toEqual([710, 10]);
    const { identities } = identifyRows(table.headers, table.rows, ['Use_Case_ID']);
    expect(identities.every(({ basis }) => basis === 'columns')).toBe(true);
  });
});
