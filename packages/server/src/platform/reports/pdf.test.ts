import { describe, expect, it } from 'vitest';
import type { Block, Report, StatusShape } from './model.ts';
import { charactersRefused } from './pdf-compile.ts';
import { pdfRowLimit, renderPdf } from './pdf.ts';
import { shapeColours } from './shapes.ts';
import { pdfPages, squeezed } from './testing/pdf-text.ts';
import { hostileTexts, reportOf, scopeReport, soaReport } from './testing/samples.ts';

const raw = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const wordsOf = async (report: Report): Promise<string> => squeezed(pdfPages(await renderPdf(report)).join(''));
const occurrences = (text: string, part: string): number => text.split(part).length - 1;

describe('a PDF report', () => {
  it('is marked and tagged as PDF/UA-1, with title, language, outline and fonts inside', async () => {
    const pdf = raw(await renderPdf(soaReport(false)));
    expect(pdf).toMatch(/<pdfuaid:part>1</);
    expect(pdf).toMatch(/\/MarkInfo <<\s*\/Marked true/);
    for (const mark of [
      '/StructTreeRoot',
      '/S /Table',
      '/S /TH',
      '/Lang (en-GB)',
      '/DisplayDocTitle true',
      '/Type /Outlines',
      '/Title (Statement of Applicability)',
    ])
      expect(pdf).toContain(mark);
    expect(occurrences(pdf, '/Subtype /Type0')).toBe(occurrences(pdf, '/FontFile'));
  });

  it('is A4, lying when a table has more than five columns', async () => {
    expect(raw(await renderPdf(soaReport(false)))).toContain('/MediaBox [0 0 841.8898 595.2756]');
    expect(raw(await renderPdf(scopeReport()))).toContain('/MediaBox [0 0 595.2756 841.8898]');
    expect(raw(await renderPdf({ ...scopeReport(), orientation: 'landscape' }))).toContain('/MediaBox [0 0 841.8898 595.2756]');
  });

  it('names organisation, title, version and page on every page after the first, and repeats header and band of the table', async () => {
    const pages = pdfPages(await renderPdf(soaReport(false))).map(squeezed);
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Page${at + 1}of${pages.length}`);
      for (const words of ['NorthwindAnalytics', 'StatementofApplicability', 'Version3', 'Evidenceuntil']) expect(page).toContain(words);
    }
    expect(pages.filter((page) => page.includes('AIsystemlifecycle')).length).toBe(2);
    for (const control of ['A.2.2', 'A.6.2.8', 'A.10.4']) expect(pages.join('')).toContain(control);
  });

  it('shows the approval with its moment in UTC and the hash', async () => {
    const words = await wordsOf(scopeReport());
    for (const part of [
      'Approved',
      'Chiefexecutive,Topmanagement',
      '3March2026,14:40UTC',
      '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    ])
      expect(words).toContain(part);
  });

  it('says so where a table has no rows', async () => {
    expect(await wordsOf(scopeReport())).toContain('Nothingisexcluded.');
  });

  it('sets a Statement of Applicability of 38 controls in less than two seconds', async () => {
    const start = performance.now();
    await renderPdf(soaReport(true));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each(Object.keys(shapeColours) as StatusShape[])('draws the shape %s', async (shape) => {
    const report: Report = {
      ...scopeReport(),
      sections: [{ blocks: [{ kind: 'facts', rows: [['State', { kind: 'status', status: { shape, word: `word of ${shape}` } }]] }] }],
    };
    expect(await wordsOf(report)).toContain(squeezed(`word of ${shape}`));
  });
});

describe('the watermark', () => {
  it('stands on every page of a draft', async () => {
    const pages = pdfPages(await renderPdf(soaReport(true)));
    for (const page of pages) expect(occurrences(squeezed(page), 'Draft,notapproved')).toBeGreaterThanOrEqual(2);
  });

  it('is absent from an approved version', async () => {
    expect(await wordsOf(soaReport(false))).not.toContain('notapproved');
  });

  it('stays when someone hands a draft an approval, which is not printed', async () => {
    const words = await wordsOf({ ...scopeReport(), draft: true });
    expect(words).toContain('Draft,notapproved');
    expect(words).not.toContain('Chiefexecutive');
  });
});

describe('text of others', () => {
  it.each(hostileTexts)('is printed as it is: %s', async (text) => {
    const pdf = await renderPdf(reportOf(text));
    const words = squeezed(pdfPages(pdf).join(''));
    // Scripts from right to left are drawn from the left, so their letters come out in another order.
    const rightToLeft = /[\u0590-\u06FF]/.test(text);
    const expected = rightToLeft ? Array.from(squeezed(text).matchAll(/[\u05D0-\u05EA]/g), (match) => match[0]) : [squeezed(text)];
    for (const part of expected) expect(occurrences(words, part)).toBeGreaterThanOrEqual(15);
    expect(raw(pdf)).toContain('<pdfuaid:part>1<');
  });

  it('breaks ten thousand characters without a space, in prose and in a cell, and loses none', async () => {
    const table: Block = {
      kind: 'table',
      caption: 'Long',
      columns: [{ header: 'One' }, { header: 'Two' }, { header: 'Three' }],
      rows: [{ kind: 'row', cells: ['short', 'Q'.repeat(10_000), 7] }],
    };
    const report = { ...scopeReport(), sections: [{ blocks: [{ kind: 'paragraph' as const, text: 'q'.repeat(10_000) }, table] }] };
    const pages = pdfPages(await renderPdf(report));
    const words = squeezed(pages.join(''));
    expect([occurrences(words, 'q'), occurrences(words, 'Q')]).toEqual([10_000, 10_000]);
    const widest = (letter: string): number =>
      Math.max(...pages.flatMap((page) => page.split('\n')).map((line) => occurrences(line, letter)));
    expect([widest('q') < 140, widest('Q') < 40]).toEqual([true, true]);
  });

  it('keeps links to http addresses and drops every other scheme', async () => {
    const link = (href: string): Report => ({
      ...scopeReport(),
      sections: [{ blocks: [{ kind: 'facts', rows: [['Record', { kind: 'links', items: [{ text: 'RSK-001', href }] }]] }] }],
    });
    expect(raw(await renderPdf(link('https://aims.example.org/risks/1')))).toContain('/URI (https://aims.example.org/risks/1)');
    for (const href of ['javascript:alert(1)', 'file:///etc/passwd', 'not an address'])
      expect(raw(await renderPdf(link(href)))).not.toContain('/URI (');
  });

  it('prints characters that no font has as □, names them, and stays PDF/UA', async () => {
    const pdf = await renderPdf({ ...scopeReport(), subtitle: 'private \u{F0000} use' });
    const words = squeezed(pdfPages(pdf).join(''));
    expect(words).toContain('private□use');
    expect(words).toContain('U+F0000');
    expect(raw(pdf)).toContain('<pdfuaid:part>1<');
  });

  it('reads characters from the refusal, escaped or not', () => {
    expect(charactersRefused('the text `"🦀"` could not be displayed, the text `"\\u{1f980}漢"` could not be displayed')).toEqual([
      '🦀',
      '🦀',
      '漢',
    ]);
  });
});

describe('what cannot be printed', () => {
  it('is refused above the limit of rows, with a remedy', async () => {
    const rows = Array.from({ length: pdfRowLimit + 1 }, () => ({ kind: 'row' as const, cells: ['x'] }));
    const report: Report = {
      ...scopeReport(),
      sections: [{ blocks: [{ kind: 'table', caption: 'All', columns: [{ header: 'One' }], rows }] }],
    };
    await expect(renderPdf(report)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      details: { remedy: 'Filter the records, or choose the spreadsheet.' },
    });
  });

  it('rejects its own caller only', async () => {
    const broken = { ...scopeReport(), sections: [{ blocks: [{ kind: 'facts', rows: [['Name', null]] }] }] } as unknown as Report;
    const [first, second] = await Promise.allSettled([renderPdf(broken), renderPdf(scopeReport())]);
    expect(first).toMatchObject({ status: 'rejected', reason: { name: 'PdfFailed' } });
    expect(second.status).toBe('fulfilled');
  });
});
