import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { pdfPages, squeezed } from '../platform/reports/testing/pdf-text.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('mapfile');
  ({ manager } = office);
});
afterAll(() => office.close());

const versionOf = async (key: string, xml: string) => {
  const made = await manager.do('POST', 'processes', { key, xml });
  return (made['newest'] as { id: string }).id;
};

describe('the file of a version', () => {
  it('is given as it came, as it is written here, and as a picture', async () => {
    const xml = readFileSync(new URL('../../../../catalog/processes/soa-approval.bpmn', import.meta.url), 'utf8');
    const version = await versionOf('drawn', xml);
    const fileIn = (form: string) => manager.file(`process-versions/${version}/file?form=${form}`);
    const [original, written, picture] = [await fileIn('original'), await fileIn('xml'), await fileIn('svg')];
    expect(original.text).toBe(xml);
    expect(written.text).toContain('Approval of the Statement of Applicability');
    expect(picture.type).toContain('image/svg+xml');
    expect(picture.text).toMatch(/^<svg .*Approval of the Statement of Applicability/s);
  });

  it('is given as a document: drawing, steps as a table, where it stands, its hash', async () => {
    const xml = readFileSync(new URL('../../../../catalog/processes/aims-life-cycle.bpmn', import.meta.url), 'utf8');
    const version = await versionOf('printed', xml);
    const { type, bytes } = await manager.file(`process-versions/${version}/file?form=pdf`);
    expect(type).toContain('application/pdf');
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/Lang[\s\S]*\/MarkInfo|\/MarkInfo[\s\S]*\/Lang/);
    const pages = pdfPages(bytes);
    const said = squeezed(pages.join(' '));
    const { sha256, steps } = (await manager.do('GET', `process-versions/${version}`)) as unknown as {
      sha256: string;
      steps: readonly { readonly name: string | null }[];
    };
    for (const words of [sha256, 'Draft 1', 'Draft, not approved', 'part 3 of 3', `Page 1 of ${pages.length}`, 'whoever did', '20 days'])
      expect(said).toContain(squeezed(words));
    for (const { name } of steps) expect(said).toContain(squeezed(name ?? ''));
  });

  it('is a document even where nothing is drawn or executed, and says so', async () => {
    const version = await versionOf('unprinted', bpmn(`${startAndEnd}<scriptTask id="a" name="a script" />${flow('s', 'a', 'e')}`));
    const said = pdfPages((await manager.file(`process-versions/${version}/file?form=pdf`)).bytes).join(' ');
    for (const words of ['holds no drawing', 'Not executed', '(a)', 'a script']) expect(squeezed(said)).toContain(squeezed(words));
  });

  it('is refused as a picture when the map holds no drawing', async () => {
    const version = await versionOf('bare', bpmn(`${startAndEnd}${userTask('a')}${flow('s', 'a', 'e')}`));
    const { status, body } = await manager.ask('GET', `process-versions/${version}/file?form=svg`);
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain('NO_DRAWING');
  });

  it('says of a version what could be better in it, and why it does not run', async () => {
    const version = await versionOf(
      'judged',
      bpmn(`${startAndEnd}<userTask id="a" /><userTask id="b" />${flow('s', 'a', 'e')}${flow('b', 'e')}`),
    );
    const read = await manager.do('GET', `process-versions/${version}`);
    expect(read).toMatchObject({ executable: false });
    expect(JSON.stringify(read['refusals'])).toContain('UNREACHABLE');
    expect(JSON.stringify(read['warnings'])).toContain('names no role');
  });
});

describe('a map that does not run', () => {
  it('has its steps in a table all the same, those of sub-processes and partners included, in the order of its flows', async () => {
    const version = await versionOf(
      'shown-only',
      bpmn(
        `<startEvent id="s" /><scriptTask id="x" name="Count" /><complexGateway id="g" /><subProcess id="q" name="Part"><task id="in" name="Inside" /></subProcess>${flow('s', 'x', 'g', 'q')}`,
        '<process id="partner"><task id="theirs" name="Theirs" /></process>',
      ),
    );
    const { steps, executable } = await manager.do('GET', `process-versions/${version}`);
    expect(executable).toBe(false);
    expect((steps as { id: string; kind: string }[]).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'theirs task',
      's start',
      'x scriptTask',
      'g complexGateway',
      'q subProcess',
      'in task',
    ]);
  });
});

describe('a second file with the same name', () => {
  it('gets a key of its own, where nobody chose one', async () => {
    const xml = bpmn(`${startAndEnd}${userTask('a')}${flow('s', 'a', 'e')}`);
    const keys = [];
    for (let time = 0; time < 3; time += 1) keys.push((await manager.do('POST', 'processes', { xml }))['key']);
    expect(keys).toEqual(['a-test', 'a-test-2', 'a-test-3']);
    expect((await manager.ask('POST', 'processes', { key: 'a-test', xml })).status).toBe(409);
  });
});

describe('processes that would call each other in a circle', () => {
  const calling = (...called: readonly string[]) =>
    bpmn(
      `${startAndEnd}${called.map((name, index) => `<callActivity id="c${index}" name="call" calledElement="${name}" />`).join('')}${flow('s', ...called.map((_, index) => `c${index}`), 'e')}`,
    );

  it('are refused when the last of them is approved, with the way round', async () => {
    await office.publish('first', calling('second', 'elsewhere'));
    await office.publish('third', calling('first'));
    await expect(office.publish('second', calling('third'))).rejects.toThrow('CALLS_IN_CIRCLE');
    await expect(office.publish('itself', calling('itself'))).rejects.toThrow('CALLS_IN_CIRCLE');
  });

  it('are not when one is called twice and calls nobody back', async () => {
    await office.publish('twice', calling('first', 'first'));
  });
});
