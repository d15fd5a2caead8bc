import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, collect, fixture } from './fixtures/helpers.ts';
import { readTable } from './read.ts';
import { writeCsv, writeJson, writeXlsx } from './write.ts';

type Cells = readonly string[];
const WRITERS = [
  { name: 'CSV', write: async (headers: Cells, rows: readonly Cells[]) => collect(writeCsv(headers, rows)) },
  { name: 'XLSX', write: async (headers: Cells, rows: readonly Cells[]) => writeXlsx(headers, rows) },
  { name: 'JSON', write: async (headers: Cells, rows: readonly Cells[]) => collect(writeJson(headers, rows)) },
];

const decoded = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe.each(WRITERS)('$name', ({ write }) => {
  it('gives back headers and cells exactly', async () => {
    const headers = ['Name', 'Name', ' spaced ', '=cmd', '__proto__', '2024', 'Name (2)'];
    const rows = [
      ['a', 'b', ' c ', '=1+1', '-', '"quoted"', 'x\r\ny\nz\r'],
      ["'", "'=1", '', '\t', '_x0041_', 'constructor', '﹦＝'],
      ['', '', '', '', '', '', '<b>&amp;</b>'],
    ];
    const table = await readTable(await write(headers, rows), 'x');
    expect(table.headers.map(({ text }) => text)).toEqual(headers);
    expect(table.rows.map((row) => row.cells)).toEqual(rows);
  });

  it('gives back every text', async () => {
    const cell = fc.string({
      unit: fc.constantFrom("'", '"', '=', '-', '\t', '\r', '\n', ' ', ',', ';', '_', 'x', '0', '<', '&', 'é', '😀', '\u0001', '{', '['),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constant('id'), cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const table = await readTable(await write(['id', 'a', 'b'], rows), 'x');
        expect(table.rows.map((row) => row.cells)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('writes headers alone', async () => {
    const table = await readTable(await write(['a', 'b'], []), 'x');
    expect([table.headers.map(({ text }) => text), table.rows]).toEqual([['a', 'b'], []]);
  });
});

describe('CSV for spreadsheets', () => {
  it('has a byte order mark, CR LF, quotes around every cell and no live formula', async () => {
    const bytes = await collect(
      writeCsv(
        ['a', '=b'],
        [
          ['=1', ' +2'],
          ['x"y', ''],
        ],
      ),
    );
    expect(decoded(bytes)).toBe('\uFEFF"a","\'=b"\r\n"\'=1","\' +2"\r\n"x""y",""\r\n');
  });
  it('streams: rows are asked for as the parts are taken', async () => {
    let asked = 0;
    const rows = (function* () {
      while (true) yield [`${asked++}`, 'x'.repeat(1000)];
    })();
    const parts = writeCsv(['n', 'text'], rows);
    await parts.next();
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThan(100);
    await parts.return(undefined);
  });
});

describe('XLSX', () => {
  it('refuses a text that no XLSX cell can hold, naming the row', async () => {
    await expect(writeXlsx(['a'], [['x'], ['x'.repeat(32_768)]])).rejects.toMatchObject({
      code: 'CELL_TOO_LONG',
      message: 'expected at most 32,767 characters in an XLSX cell, got 32768 in row 3',
    });
  });
  it('makes a sheet name of any words', async () => {
    const table = await readTable(await writeXlsx(['a'], [['1']], { sheet: 'Risks [open] / all: everything there is' }), 'x');
    expect(table.sheet).toBe('Risks open all everything there');
  });
});

it('reads JSON as others write it', async () => {
  const table = await readTable(bytesOf('{"items":[{"b":"1"},{"a":"2","b":{"c":3}}]}'), 'x.json');
  expect(table.headers.map(({ key }) => key)).toEqual(['b', 'a']);
  expect(table.rows.map((row) => row.cells)).toEqual([
    ['1', ''],
    ['{"c":3}', '2'],
  ]);
});

it('the messy sheet says the same as CSV and as workbook', async () => {
  const csv = await readTable(fixture('messy-systems.csv'), 'x');
  const xlsx = await readTable(fixture('messy-systems.xlsx'), 'x');
  expect(xlsx.headers).toEqual(csv.headers);
  expect(xlsx.rows.map((row) => row.cells)).toEqual(csv.rows.map((row) => row.cells));
});
