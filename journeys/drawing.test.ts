import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMap } from '@aimwell/server/processes/map/read';
import { saidIn } from '@aimwell/server/processes/map/testing/tree';
import { writeMap } from '@aimwell/server/processes/map/write';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { layOut, throughEditor, throughStock } from './support/drawing.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.bpmn'))
        .map((name) => ({ name, xml: readFileSync(`${folder}/${name}`) }))
    : [];
const shipped = filesIn(`${root}catalog/processes`);
const miwg = filesIn(`${process.env['AIMWELL_CORPORA'] ?? `${root}../shared/corpora`}/bpmn/miwg`);

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  await layOut(page);
});
afterAll(() => browser.close());

/** What a version keeps and the editor opens: the file as the server writes it. */
const asKept = async (xml: Uint8Array): Promise<string> => {
  const read = await readMap(xml);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return writeMap(read.definitions);
};

describe('a shipped map', () => {
  it('there are five of them', () => expect(shipped.length).toBeGreaterThanOrEqual(5));

  it.each(shipped)('opens unchanged in bpmn-js: $name', async ({ xml }) => {
    const opened = await throughStock(page, xml.toString('utf8'));
    expect(opened.warnings).toEqual([]);
    expect(saidIn(opened.xml)).toEqual(saidIn(xml.toString('utf8')));
  });

  it('is told apart from one that was changed', () => {
    const xml = shipped[0]?.xml.toString('utf8') ?? '';
    expect(saidIn(xml.replace('role="aims_manager"', 'role="contributor"'))).not.toEqual(saidIn(xml));
  });
});

describe('a map that is opened in the editor and saved', () => {
  it.each(shipped)('says the same as before: $name', async ({ xml }) => {
    const kept = await asKept(xml);
    expect(saidIn(await asKept(Buffer.from(await throughEditor(page, kept), 'utf8')))).toEqual(saidIn(kept));
  });

  it('keeps what the library alone would lose: references out of the file, blanks in names, a place at nought', async () => {
    const xml = (shipped.find(({ name }) => name === 'soa-approval.bpmn')?.xml.toString('utf8') ?? '')
      .replace('<bpmn:startEvent', '<bpmn:dataObject id="item" itemSubjectRef="xsd:string" /><bpmn:startEvent')
      .replace('targetNamespace=', 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace=')
      .replace('name="Ready to sign?"', 'name="Ready&#13;&#10;&#9;to sign?"')
      .replace(/<dc:Bounds x="\d+" y="\d+"/u, '<dc:Bounds x="0" y="0"');
    const kept = await asKept(Buffer.from(xml, 'utf8'));
    const again = async (text: string) => saidIn(await asKept(Buffer.from(text, 'utf8')));
    expect(await again(await throughEditor(page, kept))).toEqual(saidIn(xml));
    const lost = without(saidIn(xml), await again((await throughStock(page, kept)).xml));
    expect(lost.filter((line) => /itemSubjectRef|to sign/u.test(line))).toHaveLength(2);
  });

  it.each(miwg)('has lost nothing; what the board adds is drawing alone: $name', async ({ xml }) => {
    const kept = await asKept(xml);
    const before = saidIn(kept);
    const after = saidIn(await asKept(Buffer.from(await throughEditor(page, kept), 'utf8')));
    expect(without(before, after)).toEqual([]);
    // A sub-process that is drawn closed gets a plane for its inside, a gateway the word that its mark is shown.
    for (const line of without(after, before))
      expect(line).toMatch(/\/DI:BPMNDiagram$|\/DI:BPMNPlane(?: @ bpmnElement=|$)|@ isMarkerVisible=/u);
  });
});

/** Lines of the first that the second lacks, as often as it lacks them. */
const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
};
