import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { bytesOf, fixture } from './fixtures/helpers.ts';
import { LIMITS } from './limits.ts';
import { readTable } from './read.ts';
import { trimmedCell } from './types.ts';

const csv = (text: string, options = {}) => readTable(bytesOf(text), 'list.csv', options);
const keys = async (text: string) => (await csv(text)).headers.map(({ key }) => key);
const cells = async (text: string, options = {}) => (await csv(text, options)).rows.map((row) => row.cells);

describe('encoding', () => {
  const text = 'Name;Zweck\r\nÄrztin’s – 5 €;größer\r\n';
  it.each([
    { name: 'UTF-8', bytes: bytesOf(text), encoding: 'utf-8' },
    { name: 'UTF-8 with mark', bytes: bytesOf(`\uFEFF${text}`), encoding: 'utf-8' },
    { name: 'windows-1252', bytes: iconv.encode(text, 'windows-1252'), encoding: 'windows-1252' },
    { name: 'UTF-16 LE with mark', bytes: iconv.encode(text, 'utf-16le', { addBOM: true }), encoding: 'utf-16le' },
    { name: 'UTF-16 BE with mark', bytes: iconv.encode(text, 'utf-16be', { addBOM: true }), encoding: 'utf-16be' },
    { name: 'UTF-16 LE without mark', bytes: iconv.encode(text, 'utf-16le'), encoding: 'utf-16le' },
    { name: 'UTF-16 BE without mark', bytes: iconv.encode(text, 'utf-16be'), encoding: 'utf-16be' },
  ])('$name is told and decoded', async ({ bytes, encoding }) => {
    const table = await readTable(bytes, 'x');
    expect(table).toMatchObject({ kind: 'csv', encoding, delimiter: ';', problems: [] });
    expect(table.headers[0]?.text).toBe('Name');
    expect(table.rows[0]?.cells).toEqual(['Ärztin’s – 5 €', 'größer']);
  });
  it('follows the encoding a person names', async () => {
    const table = await readTable(iconv.encode('Имя,x\nДом,1\n', 'windows-1251'), 'x', { encoding: 'windows-1251' });
    expect(table.rows[0]?.cells[0]).toBe('Дом');
  });
  it('refuses an encoding nobody knows', async () => {
    await expect(csv('a\nb', { encoding: 'klingon' })).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  });
  it('says when a text is damaged already', async () => {
    expect((await csv('a,b\n\uFFFD,1\n')).problems).toMatchObject([{ code: 'STRANGE_CHARACTERS', severity: 'warning' }]);
  });
});

describe('delimiter', () => {
  it.each([
    { name: 'comma', text: 'a,b\n1,2\n', delimiter: ',' },
    { name: 'semicolon with commas in the text', text: 'a;b;c\nx, y, z;2;3\np, q, r;5;6\n', delimiter: ';' },
    { name: 'tab', text: 'a\tb\n1, 2\t3\n', delimiter: '\t' },
    { name: 'bar', text: 'a|b|c\n1,2|3|4\n', delimiter: '|' },
    { name: 'delimiters inside quotes do not count', text: 'a,b\n"1;2;3;4",5\n"6;7;8;9","x\n;;;"\n', delimiter: ',' },
    { name: 'nothing to separate', text: 'Name\nOne\nTwo\n', delimiter: ',' },
    { name: "Excel's own line", text: 'sep=|\r\na|b\r\n1|2\r\n', delimiter: '|' },
  ])('$name', async ({ text, delimiter }) => {
    expect((await csv(text)).delimiter).toBe(delimiter);
  });
  it('follows the delimiter a person names', async () => {
    expect(await cells('a,b;c\n1,2;3\n', { delimiter: ';' })).toEqual([['1,2', '3']]);
  });
});

describe('rows and cells', () => {
  it('keeps line ends, quotes and white space of a cell', async () => {
    expect(await cells('a,b\r\n"one\r\ntwo\nthree"," x ""y"" "\r\n')).toEqual([['one\r\ntwo\nthree', ' x "y" ']]);
  });
  it('takes a stray quotation mark as text', async () => {
    expect(await cells('a,b\n5" screen,"x" y\n')).toEqual([['5" screen', '"x" y']]);
  });
  it('refuses a quotation mark that never closes', async () => {
    await expect(csv('a,b\n1,"2\n3,4\n')).rejects.toMatchObject({ code: 'QUOTE_NOT_CLOSED' });
  });
  it('counts rows as a spreadsheet does, blank ones included, and skips these', async () => {
    const table = await csv('\na,b\n1,2\n,\n \n"3\n4",5\n\n');
    expect(table).toMatchObject({ headerRow: 2, blankRows: 4 });
    expect(table.rows.map(({ number }) => number)).toEqual([3, 6]);
  });
  it('reports a short row and fills it up', async () => {
    const table = await csv('a,b,c\n1,2,3\n4,5\n');
    expect(table.problems).toMatchObject([{ code: 'SHORT_ROW', row: 3, message: 'expected 3 cells, got 2' }]);
    expect(table.rows[1]?.cells).toEqual(['4', '5', '']);
  });
  it('reports a long row and keeps its cells', async () => {
    const table = await csv('a,b\n1,2\n4,5,6\n');
    expect(table.problems).toMatchObject([{ code: 'LONG_ROW', row: 3 }]);
    expect(table.headers.map(({ key }) => key)).toEqual(['a', 'b', 'Column 3']);
    expect(table.rows[1]?.cells).toEqual(['4', '5', '6']);
  });
  it('reads a title above the header as a title', async () => {
    const table = await csv('Our AI systems,,\nas of May,,\nName,Owner,Stage\nx,y,z\n');
    expect(table.headerRow).toBe(3);
    expect(table.problems.map(({ code, row }) => [code, row])).toEqual([
      ['TITLE_ROW', 1],
      ['TITLE_ROW', 2],
    ]);
    expect(table.rows).toHaveLength(1);
  });
  it('does not take the header of a list of one column for a title', async () => {
    expect(await csv('Name\nx\ny\n')).toMatchObject({ headerRow: 1, problems: [], rows: [{}, {}] });
  });
  it('undoes the mark against formulas and says so', async () => {
    const table = await csv("a,b\n'=1+1,'tis\n");
    expect(table.rows[0]?.cells).toEqual(['=1+1', "'tis"]);
    expect(table.problems).toMatchObject([{ code: 'TEXT_MARKERS_READ', severity: 'info' }]);
  });
  it('trims on request only', async () => {
    const table = await csv('a\n"  x\u00A0"\n');
    expect([table.rows[0]?.cells[0], trimmedCell(table.rows[0] ?? { number: 0, cells: [] }, 0)]).toEqual(['  x\u00A0', 'x']);
  });
});

describe('headers', () => {
  it.each([
    { name: 'equal ones', text: 'Name,Name,Name\n1,2,3', expected: ['Name', 'Name (2)', 'Name (3)'] },
    {
      name: 'one that looks like a number given to another',
      text: 'Name,Name,Name (2)\n1,2,3',
      expected: ['Name', 'Name (3)', 'Name (2)'],
    },
    { name: 'empty ones', text: 'a,,c\n1,2,3', expected: ['a', 'Column 2', 'c'] },
    { name: 'ones equal but for white space', text: 'a, a \n1,2', expected: ['a', 'a (2)'] },
    { name: 'empty columns to the right', text: 'a,b,,,\n1,2,,,\n', expected: ['a', 'b'] },
  ])('$name', async ({ text, expected }) => {
    expect(await keys(text)).toEqual(expected);
  });
});

describe('the content decides the kind', () => {
  it('reads JSON named .csv', async () => {
    expect(await readTable(bytesOf('[{"a":1,"b":[1,2]},{"b":true,"c":null}]'), 'x.csv')).toMatchObject({
      kind: 'json',
      rows: [{ cells: ['1', '1; 2', ''] }, { cells: ['', 'true', ''] }],
    });
  });
  it('reads CSV whose first header is in brackets', async () => {
    expect(await csv('[id],[name]\n1,x\n')).toMatchObject({ kind: 'csv', headers: [{ key: '[id]' }, {}] });
  });
  it('reads a workbook named .csv', async () => {
    expect((await readTable(fixture('messy-systems.xlsx'), 'x.csv')).kind).toBe('xlsx');
  });
  it.each([
    { name: 'old .xls', bytes: Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), code: 'WRONG_KIND' },
    { name: 'PDF', bytes: bytesOf('%PDF-1.7'), code: 'WRONG_KIND' },
    { name: 'a web page that calls itself .xls', bytes: bytesOf('<html><table></table></html>'), code: 'WRONG_KIND' },
    { name: 'binary', bytes: Uint8Array.from([1, 2, 3, 0, 0, 0, 0, 200]), code: 'NOT_A_TABLE' },
    { name: 'nothing', bytes: new Uint8Array(), code: 'EMPTY_TABLE' },
    { name: 'broken JSON', bytes: bytesOf('[{"a":1'), code: 'JSON_BROKEN' },
    { name: 'JSON that is no list', bytes: bytesOf('{"a":1}'), code: 'JSON_NOT_RECORDS' },
    { name: 'JSON list of numbers', bytes: bytesOf('[1]'), code: 'JSON_NOT_RECORDS' },
  ])('refuses $name', async ({ bytes, code }) => {
    await expect(readTable(bytes, 'x.json')).rejects.toMatchObject({ name: 'TableError', code });
  });
});

describe('limits', () => {
  const lines = (count: number) => `a\n${'x\n'.repeat(count)}`;
  it('holds 20,000 rows and refuses one more, naming the limit', async () => {
    expect((await csv(lines(LIMITS.rows))).rows).toHaveLength(20_000);
    await expect(csv(lines(LIMITS.rows + 1))).rejects.toMatchObject({
      code: 'TOO_MANY_ROWS',
      message: 'expected at most 20,000 rows, got 20,001',
    });
    await expect(csv(lines(LIMITS.rows * 3))).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' });
  });
  it('holds 200 columns and refuses one more', async () => {
    const line = (count: number) => Array.from({ length: count }, (_, i) => `h${i}`).join(',');
    expect((await csv(line(200))).headers).toHaveLength(200);
    await expect(csv(line(201))).rejects.toMatchObject({
      code: 'TOO_MANY_COLUMNS',
      message: 'expected at most 200 columns, got 201 in row 1',
    });
  });
  it('holds cells of 100,000 characters and refuses one more', async () => {
    expect(await cells(`a\n${'x'.repeat(100_000)}`)).toHaveLength(1);
    await expect(csv(`a\n${'x'.repeat(100_001)}`)).rejects.toMatchObject({
      code: 'CELL_TOO_LONG',
      message: expect.stringContaining('100,000 characters in a cell') as string,
    });
  });
  it('refuses a line of nothing but delimiters, and blank rows without end', async () => {
    await expect(csv(`a\n${','.repeat(LIMITS.recordCharacters + 1)}`)).rejects.toMatchObject({ code: 'ROW_TOO_LONG' });
    await expect(csv(`a\nb\n${'\n'.repeat(LIMITS.rowsWithBlank)}`)).rejects.toMatchObject({
      code: 'TOO_MANY_ROWS',
      message: 'expected at most 1,048,576 rows with the blank ones, got more',
    });
  });
  it('refuses a quoted cell that swallows the rest of the file', async () => {
    await expect(csv(`a\n"${'x\n'.repeat(LIMITS.recordCharacters / 2 + 1)}`)).rejects.toMatchObject({ code: 'ROW_TOO_LONG' });
  });
  it('refuses a record without end, and a file over 50 MB', async () => {
    await expect(csv(`a\n${','.repeat(300)}"${'x'.repeat(LIMITS.recordCharacters + 10)}`)).rejects.toMatchObject({ code: 'ROW_TOO_LONG' });
    await expect(readTable(new Uint8Array(LIMITS.fileBytes + 1), 'x')).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      message: 'expected at most 52,428,800 bytes, got 52,428,801',
    });
  });
});
