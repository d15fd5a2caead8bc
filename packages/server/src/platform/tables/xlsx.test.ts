import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/universal';
import { packZip, workbookParts } from './fixtures/zip.ts';
import { LIMITS } from './limits.ts';
import { readTable } from './read.ts';
import { escapeXlsxText, unescapeXlsxText } from './xlsx-text.ts';

const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER = `<row r="1">${text('A1', 'Name')}${text('B1', 'Value')}</row>`;
const read = (rows: string) => readTable(packZip(workbookParts(HEADER + rows)), 'list.xlsx');
const valueOf = async (cell: string) => (await read(`<row r="2">${text('A2', 'x')}${cell}</row>`)).rows[0]?.cells[1];

describe('cells as people see them', () => {
  it.each([
    { name: 'a date', cell: '<c r="B2" s="1"><v>45352</v></c>', expected: '2024-03-01' },
    { name: 'a date with a time', cell: '<c r="B2" s="1"><v>45352.3541666667</v></c>', expected: '2024-03-01T08:30:00' },
    { name: 'a time a hair short of the minute', cell: '<c r="B2" s="1"><v>45352.354166666664</v></c>', expected: '2024-03-01T08:30:00' },
    { name: 'a time', cell: '<c r="B2" s="1"><v>0.354166666666667</v></c>', expected: '08:30:00' },
    { name: 'a whole number', cell: '<c r="B2"><v>42</v></c>', expected: '42' },
    { name: 'a long number', cell: '<c r="B2"><v>12345678901234567890</v></c>', expected: '12345678901234567890' },
    { name: 'a binary fraction', cell: '<c r="B2"><v>0.30000000000000004</v></c>', expected: '0.3' },
    { name: 'yes', cell: '<c r="B2" t="b"><v>1</v></c>', expected: 'TRUE' },
    { name: 'the result of a formula', cell: '<c r="B2" t="str"><f>CONCATENATE(1,2)</f><v>12</v></c>', expected: '12' },
    { name: 'white space', cell: text('B2', ' a &amp; b '), expected: ' a & b ' },
    { name: 'an escaped character', cell: text('B2', 'a_x000D_b'), expected: 'a\rb' },
  ])('$name', async ({ cell, expected }) => {
    expect(await valueOf(cell)).toBe(expected);
  });
  it('says how many formula errors were read as empty', async () => {
    const table = await read(`<row r="2">${text('A2', 'x')}<c r="B2" t="e"><v>#N/A</v></c></row>`);
    expect(table.problems).toMatchObject([{ code: 'FORMULA_ERRORS', severity: 'warning' }]);
  });
  it('numbers rows as the sheet does', async () => {
    const table = await read(`<row r="5">${text('A5', 'x')}</row>`);
    expect([table.rows.map(({ number }) => number), table.blankRows]).toEqual([[5], 3]);
  });
});

describe('sheets', () => {
  const workbook = async () => {
    const cell = (value: string) => ({ value, type: String });
    const sheet = (name: string) => ({ sheet: name, data: [[cell('Name')], [cell(`from ${name}`)]] });
    return new Uint8Array(
      await (await writeWorkbook([{ sheet: 'Cover', data: [] }, sheet('Systems'), sheet('Old')]).toBlob()).arrayBuffer(),
    );
  };
  it('reads the first sheet with any text and lists all', async () => {
    const table = await readTable(await workbook(), 'x');
    expect(table).toMatchObject({
      sheet: 'Systems',
      sheets: [
        { name: 'Cover', rows: 0 },
        { name: 'Systems', rows: 2 },
        { name: 'Old', rows: 2 },
      ],
    });
  });
  it.each([{ sheet: 'Old' }, { sheet: 3 }])('reads the sheet wanted: $sheet', async (options) => {
    expect((await readTable(await workbook(), 'x', options)).rows[0]?.cells).toEqual(['from Old']);
  });
  it('names the sheets there are when one is not', async () => {
    await expect(readTable(await workbook(), 'x', { sheet: 'New' })).rejects.toMatchObject({
      code: 'SHEET_NOT_FOUND',
      message: expect.stringContaining('“Systems”') as string,
    });
  });
});

describe('a workbook made to harm', () => {
  const refuse = async (bytes: Uint8Array, code: string) => {
    await expect(readTable(bytes, 'x.xlsx')).rejects.toMatchObject({ name: 'TableError', code });
  };
  it('is refused for the size it declares before anything is unpacked', async () => {
    const part = { name: 'xl/worksheets/sheet2.xml', content: '', declared: LIMITS.unpackedBytes };
    await refuse(packZip([...workbookParts(HEADER), part]), 'ZIP_TOO_LARGE');
  });
  it('is refused when it unpacks to more than it declares, at the size declared', async () => {
    const part = { name: 'xl/worksheets/sheet2.xml', content: Buffer.alloc(64 * 1024 * 1024), declared: 100 };
    const bytes = packZip([...workbookParts(HEADER), part]);
    const before = process.memoryUsage().arrayBuffers;
    await refuse(bytes, 'ZIP_DAMAGED');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });
  it('is refused when it unpacks to less than it declares', async () => {
    await refuse(packZip([...workbookParts(HEADER), { name: 'a.xml', content: 'x', declared: 2 }]), 'ZIP_DAMAGED');
  });
  it('is refused for a document type declaration', async () => {
    const head = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    await refuse(packZip(workbookParts(HEADER, head)), 'DOCTYPE_REFUSED');
  });
  it('is refused for very many parts', async () => {
    await refuse(packZip(Array.from({ length: 2001 }, (_, i) => ({ name: `${i}.xml`, content: '' }))), 'ZIP_TOO_MANY_PARTS');
  });
  it.each([
    { name: 'one cell far off', rows: `<row r="1000000">${text('XFD1000000', 'x')}</row>` },
    { name: 'a row beyond any sheet', rows: '<row r="99999999999"></row>' },
  ])('is refused for $name', async ({ rows }) => {
    await refuse(packZip(workbookParts(HEADER + rows)), 'SHEET_TOO_WIDE');
  });
  it('is not refused for an empty, formatted last row', async () => {
    expect((await read(`<row r="2">${text('A2', 'x')}</row><row r="1048576"><c r="A1048576" s="0"/></row>`)).rows).toHaveLength(1);
  });
  it('is refused when cut off, and when no workbook', async () => {
    await refuse(packZip(workbookParts(HEADER)).subarray(0, 600), 'ZIP_DAMAGED');
    await refuse(packZip([{ name: 'a.txt', content: 'x' }]), 'NOT_A_WORKBOOK');
  });
});

describe('text that XML cannot hold', () => {
  it.each([
    { text: 'a\rb', escaped: 'a_x000D_b' },
    { text: '_x0041_', escaped: '_x005F_x0041_' },
    { text: '_x000D\u0001', escaped: '_x005F_x000D_x0001_' },
    { text: 'constructor', escaped: '_x0063_onstructor' },
    { text: 'plain _x text', escaped: 'plain _x text' },
  ])('$text', ({ text: plain, escaped }) => {
    expect(escapeXlsxText(plain)).toBe(escaped);
    expect(unescapeXlsxText(escaped)).toBe(plain);
  });
  it('comes back exactly', () => {
    const risky = fc.string({
      unit: fc.constantFrom('_', 'x', '0', '4', '1', 'D', '\r', '\u0001', '\uFFFF', '\uD800', '\u{1FFFF}', '\u0085'),
    });
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: 'binary' })), (plain) => unescapeXlsxText(escapeXlsxText(plain)) === plain),
      { numRuns: 3000 },
    );
  });
});
