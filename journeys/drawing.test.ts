import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMap } from '@aimwell/server/processes/map/read';
import { saidIn } from '@aimwell/server/processes/map/testing/tree';
import { writeMap } from '@aimwell/server/processes/map/write';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { afterChange, layOut, throughEditor, throughStock } from './support/drawing.ts';

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

describe('one thing changed on the board', () => {
  const soa = () => shipped.find(({ name }) => name === 'soa-approval.bpmn')?.xml ?? Buffer.alloc(0);
  it.each([
    { what: 'the name of a step', act: `changes.name(at('check'), 'Look');`, gone: ['@ name=Check'], come: ['@ name=Look'] },
    {
      what: 'a role of its own',
      act: `changes.own(at('check'), 'aims:Step', { role: 'contributor' });`,
      gone: [],
      come: ['@ role=contributor'],
    },
    {
      what: 'the only word about a step',
      act: `changes.own(at('begin'), 'aims:Step', { role: 'contributor' });`,
      gone: [],
      come: [':extensionElements', '}step', '@ role=contributor'],
    },
    { what: 'a due date taken away', act: `changes.own(at('check'), 'aims:Step', { due: '' });`, gone: ['@ due='], come: [] },
    {
      what: 'who has which part',
      act: `changes.raci(at('begin'), [{ role: 'reader', part: 'informed' }]);`,
      gone: [],
      come: [':extensionElements', 'step', 'raci', '@ part=informed', '@ role=reader'],
    },
    {
      what: 'the role of a lane',
      act: `changes.own(at('lane_top'), 'aims:Lane', { role: 'administrator' });`,
      gone: ['@ role=top_management'],
      come: ['@ role=administrator'],
    },
    {
      what: 'a lane without a role',
      act: `changes.own(at('lane_top'), 'aims:Lane', { role: '' });`,
      gone: [':extensionElements', 'lane', '@ role=top_management'],
      come: [],
    },
    {
      what: 'a description',
      act: `changes.documentation(at('check'), at('check').businessObject, 'Both sides.');`,
      gone: [],
      come: [':documentation', 'documentation = Both sides.'],
    },
  ])('is all that has changed, and can be taken back: $what', async ({ act, gone, come }) => {
    const kept = await asKept(soa());
    const { changed, undone, steps } = await afterChange(page, kept, act);
    const [before, after] = [saidIn(kept), saidIn(await asKept(Buffer.from(changed, 'utf8')))];
    // Where a name stands in the drawing may follow the name.
    const meant = (lines: readonly string[]) => lines.filter((line) => !line.includes('/DI:BPMNDiagram'));
    const [lost, added] = [meant(without(before, after)), meant(without(after, before))];
    expect(lost).toHaveLength(gone.length);
    expect(added).toHaveLength(come.length);
    for (const end of gone) expect(lost.join('\n')).toContain(end);
    for (const end of come) expect(added.join('\n')).toContain(end);
    expect(meant(saidIn(await asKept(Buffer.from(undone, 'utf8'))))).toEqual(meant(before));
    expect(steps).toBe(1);
  });

  it('a step of another kind still says all that was said of it', async () => {
    const kept = await asKept(soa());
    const { changed } = await afterChange(page, kept, `get('bpmnReplace').replaceElement(at('check'), { type: 'bpmn:ManualTask' });`);
    const of = (lines: readonly string[], type: string) =>
      lines.filter((line) => line.includes(type)).map((line) => line.slice(line.indexOf(type)).replace(/^[A-Za-z]+#[\w-]+/u, ''));
    const own = of(saidIn(kept), 'userTask#check').filter((line) => /extensionElements/u.test(line));
    expect(own.length).toBeGreaterThan(2);
    const manual = saidIn(changed).find((line) => line.includes('/MODEL:manualTask#')) ?? '';
    expect(of(saidIn(changed), manual.slice(manual.indexOf('manualTask#')))).toEqual(expect.arrayContaining(own));
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
