import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Report, Table } from './model.ts';
import { hostileTexts, scopeReport, soaReport } from './testing/samples.ts';
import { unzip } from './testing/unzip.ts';
import { printable } from './text.ts';
import { sheetNames } from './xlsx-names.ts';
import { columnLetters } from './xlsx-print.ts';
import { renderXlsx } from './xlsx.ts';

async function read(report: Report) {
  const sheets = await readExcelFile(Buffer.from(await renderXlsx(report)), { trim: false });
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}
const withTable = (table: Partial<Table> & Pick<Table, 'rows'>): Report => ({
  ...scopeReport(),
  sections: [{ blocks: [{ kind: 'table', caption: 'Cells', columns: [{ header: 'One' }, { header: 'Two' }], ...table }] }],
});
const cellsOf = async (values: readonly (string | number)[]) =>
  (await read(withTable({ columns: values.map((_, at) => ({ header: `C${at}` })), rows: [{ kind: 'row', cells: values }] }))).get(
    'Cells',
  )?.[1];

describe('a spreadsheet report', () => {
  it('has a cover with standing and approval, and a sheet per table', async () => {
    const sheets = await read(soaReport(false));
    expect(Array.from(sheets.keys())).toEqual(['Report', 'Controls by area']);
    const cover = JSON.stringify(sheets.get('Report'));
    for (const words of [
      'Statement of Applicability',
      'Northwind Analytics',
      'Version 3',
      '9 November 2026, 09:12 UTC',
      'The controls follow from',
      '37 of 38 included',
    ])
      expect(cover).toContain(words);
    expect(cover).not.toContain('not approved');
  });

  it('says "Draft, not approved" on the cover and in print, without the approval', async () => {
    const file = await renderXlsx({ ...scopeReport(), draft: true });
    const parts = Array.from(unzip(file)).filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name));
    expect(parts.length).toBe(3);
    for (const [, xml] of parts) expect(xml).toContain('&amp;LDraft, not approved');
    const cover = JSON.stringify((await read({ ...scopeReport(), draft: true })).get('Report'));
    expect(cover).toContain('Draft, not approved');
    expect(cover).not.toContain('Approved by');
  });

  it('keeps one row per control, with area and remark as columns and days as days', async () => {
    const [header, ...rows] = (await read(soaReport(true))).get('Controls by area') ?? [];
    expect(header).toEqual([
      'Area',
      'Control',
      'Title',
      'Decision',
      'Why',
      'Status',
      'Owner',
      'Evidence until',
      'Evidence until (note)',
      'Remark',
    ]);
    expect(rows).toHaveLength(38);
    expect(rows[0]?.slice(0, 4)).toEqual(['A.2 Policies related to AI', 'A.2.2', 'AI policy', 'Included']);
    expect(rows[0]?.[7]).toEqual(new Date('2027-01-14'));
    expect(rows.find((row) => row[1] === 'A.4.5')?.[9]).toBe(
      'Contradiction. TRT-027 of RSK-019 names this control. Include it, or change the treatment.',
    );
  });

  it('freezes the header row and offers filters over all rows', async () => {
    const sheet = unzip(await renderXlsx(soaReport(true))).get('xl/worksheets/sheet2.xml');
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(sheet).toContain('<autoFilter ref="A1:J39"/>');
  });

  it('writes figures as figures and everything else as text, never as a formula', async () => {
    expect(await cellsOf([12, 1234.5, '12', '=1+1', Number.NaN])).toEqual([12, 1234.5, '12', '=1+1', 'NaN']);
    expect(
      unzip(await renderXlsx(withTable({ rows: [{ kind: 'row', cells: ['=1+1', '@x'] }] }))).get('xl/worksheets/sheet2.xml'),
    ).not.toContain('<f>');
  });

  it.each(hostileTexts)('gives text back as it was: %s', async (text) => {
    expect(await cellsOf([text, `  ${text} `])).toEqual([text, `  ${text} `]);
  });

  it('gives any printable text back as it was', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .map((value) => printable(value).replaceAll('\uFFFD', ''))
      .filter((value) => value.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), async (values) => {
        expect(await cellsOf(values)).toEqual(values);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back the names every JavaScript object inherits, which the library takes for texts it has met', async () => {
    const names = Object.getOwnPropertyNames(Object.prototype);
    expect(names).toContain('constructor');
    expect(await cellsOf(names)).toEqual(names);
  });

  it('shows where a character could not be read', async () => {
    expect(await cellsOf(['a\uD800b'])).toEqual(['a□b']);
  });

  it('cuts text at the limit of Excel and says how long it was', async () => {
    const [value] = (await cellsOf(['x'.repeat(40_000)])) ?? [];
    expect(value).toHaveLength(32_767);
    expect(value).toMatch(/ … \[cut: 40000 characters\]$/);
  });
});

describe('sheet names', () => {
  it.each([
    { name: 'characters Excel forbids become spaces', captions: ['Risks: a/b [c]?'], expected: ['Risks a b c'] },
    {
      name: 'two alike are numbered, whatever their case',
      captions: ['Risks', 'risks', 'Report'],
      expected: ['Risks', 'risks 2', 'Report 2'],
    },
    {
      name: 'long ones are cut, the number stays',
      captions: ['x'.repeat(40), 'x'.repeat(40)],
      expected: ['x'.repeat(31), `${'x'.repeat(29)} 2`],
    },
    {
      name: 'nothing left and reserved words get a name',
      captions: ['???', 'History', "'quoted'"],
      expected: ['Table', 'History 2', 'quoted'],
    },
  ])('$name', ({ captions, expected }) => {
    expect(sheetNames(captions, ['Report'])).toEqual(expected);
  });
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (at, letters) => {
  expect(columnLetters(at)).toBe(letters);
});
