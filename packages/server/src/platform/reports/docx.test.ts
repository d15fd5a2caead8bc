import { describe, expect, it } from 'vitest';
import { renderDocx } from './docx.ts';
import type { Report } from './model.ts';
import { hostileTexts, reportOf, scopeReport, soaReport } from './testing/samples.ts';
import { unzip, xmlText } from './testing/unzip.ts';

const parts = async (report: Report): Promise<Map<string, string>> => unzip(await renderDocx(report));
const part = (all: Map<string, string>, name: RegExp): string =>
  Array.from(all)
    .filter(([path]) => name.test(path))
    .map(([, xml]) => xml)
    .join('\n');
const occurrences = (text: string, searched: string): number => text.split(searched).length - 1;

describe('a Word report', () => {
  it('has real headings, a title, and table headers that repeat', async () => {
    const all = await parts(scopeReport());
    const body = part(all, /word\/document\.xml/);
    expect(body).toMatch(/<w:pStyle w:val="Title"\/>.*?Scope statement/s);
    expect(body).toMatch(/<w:pStyle w:val="Heading1"\/>.*?How it was set/s);
    expect(body).toMatch(/<w:pStyle w:val="Heading2"\/>.*?Issues considered/s);
    expect(occurrences(body, '<w:tblHeader/>')).toBe(2);
    expect(part(all, /docProps\/core\.xml/)).toContain('<dc:title>Scope statement</dc:title>');
  });

  it('names organisation, title and version in the header and counts pages in the footer', async () => {
    const all = await parts(soaReport(false));
    const header = xmlText(part(all, /word\/header\d+\.xml/));
    for (const words of ['Northwind Analytics · Statement of Applicability', 'Version 3']) expect(header).toContain(words);
    expect(part(all, /word\/footer\d+\.xml/)).toMatch(/PAGE<.*NUMPAGES</s);
  });

  it('carries every control, the areas, the contradiction and the approval', async () => {
    const words = xmlText(part(await parts(soaReport(false)), /word\/document\.xml/));
    for (const expected of [
      'A.2.2',
      'A.10.4',
      'Third-party and customer relationships',
      'Contradiction. TRT-027',
      'Chief executive, Top management, 9 November 2026, 09:12 UTC',
      'SHA-256 of the approved version: 9f86d0',
    ])
      expect(words).toContain(expected);
  });

  it('lies when a table has more than five columns', async () => {
    expect(part(await parts(soaReport(false)), /word\/document\.xml/)).toContain('w:w="16838" w:h="11906" w:orient="landscape"');
    expect(part(await parts(scopeReport()), /word\/document\.xml/)).toContain('w:w="11906" w:h="16838" w:orient="portrait"');
  });

  it('has the watermark on drafts only, and never an approval beside it', async () => {
    const draft = await parts({ ...scopeReport(), draft: true });
    expect(part(draft, /word\/header\d+\.xml/)).toMatch(/<v:textpath[^>]*string="Draft, not approved"/);
    expect(xmlText(part(draft, /word\/document\.xml/))).not.toContain('Chief executive');
    expect(Array.from((await parts(scopeReport())).values()).join('')).not.toContain('not approved');
  });

  it.each(hostileTexts)('keeps text as it is: %s', async (text) => {
    const words = xmlText(part(await parts(reportOf(text)), /word\/document\.xml/));
    expect(occurrences(words, text.replace(/\n/g, ''))).toBeGreaterThanOrEqual(15);
  });

  it('keeps ten thousand characters and drops those XML forbids', async () => {
    const words = xmlText(part(await parts(reportOf(`${'x'.repeat(10_000)}\u0000\u001F\uD800end`)), /word\/document\.xml/));
    expect(words).toContain(`${'x'.repeat(10_000)}\uFFFDend`);
  });

  it('links to http addresses only', async () => {
    const link = (href: string): Report => ({
      ...scopeReport(),
      sections: [{ blocks: [{ kind: 'facts', rows: [['Record', { kind: 'links', items: [{ text: 'RSK-001', href }] }]] }] }],
    });
    expect(part(await parts(link('https://aims.example.org/risks/1')), /document\.xml\.rels/)).toContain(
      'Target="https://aims.example.org/risks/1"',
    );
    expect(part(await parts(link('javascript:alert(1)')), /document\.xml\.rels/)).not.toContain('javascript');
  });
});
