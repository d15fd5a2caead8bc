import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, visit, type Visitor } from './support/browser.ts';
import { api, password, setUp } from './support/deeds.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

let aimwell: RunningAimwell;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  visitor = await visit(browser, aimwell.url);
  ({ page } = visitor);
  await setUp(page, aimwell.setupLink);
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

/** A drawn map of one task. Its label is what somebody would try who wants to run a script in the reader's browser. */
const hostile = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:test">
  <bpmn:process id="check" isExecutable="true">
    <bpmn:startEvent id="begin" /><bpmn:userTask id="look" name="&lt;img src=x onerror='window.hit=1'&gt; Look" /><bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="look" /><bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="g"><bpmndi:BPMNPlane id="p" bpmnElement="check">
    <bpmndi:BPMNShape id="s1" bpmnElement="begin"><dc:Bounds x="100" y="100" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="look"><dc:Bounds x="190" y="78" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3" bpmnElement="end"><dc:Bounds x="340" y="100" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="136" y="118" /><di:waypoint x="190" y="118" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="290" y="118" /><di:waypoint x="340" y="118" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

/** Whether whoever points at the middle of the mark of bpmn.io hits it, and nothing that lies over it. */
const markIsFree = (): Promise<boolean> =>
  page.locator('.bjs-powered-by').evaluate((mark) => {
    mark.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = mark.getBoundingClientRect();
    return width > 0 && mark.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });

describe('a process is brought, put in force and run', () => {
  it('a shipped one is adopted, and its map stands beside its table', async () => {
    await page.goto('/o/acme/processes');
    await page.getByRole('button', { name: 'Adopt Certification' }).click();
    await heading(page, 'Certification');
    await page.locator('.djs-shape').first().waitFor();
    expect(await markIsFree()).toBe(true);
    expect(await page.getByRole('group', { name: 'Steps' }).getByRole('row').count()).toBeGreaterThan(10);
    expect(await page.getByText('No version is approved yet.').count()).toBe(1);
  });

  it('a file is a draft until it is approved; no label of it becomes markup', async () => {
    const map = await api<{ id: string; newest: { id: string } }>(page, 'POST', '/api/v1/orgs/acme/processes', {
      key: 'check',
      name: 'Check',
      xml: hostile,
    });
    await page.goto(`/o/acme/processes/${map.id}`);
    await page.locator('.djs-shape').first().waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    await page.getByRole('button', { name: 'Submit for review' }).click();
    // Whoever wrote a version does not approve it, and is not asked for a password first.
    await page.getByText('You wrote in this version: another person approves it.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  });

  it('a run asks somebody, and ends when it was done', async () => {
    const [map] = (
      await api<{ items: { id: string; key: string; newest: { id: string } }[] }>(page, 'GET', '/api/v1/orgs/acme/processes')
    ).items.filter(({ key }) => key === 'certification');
    await page.goto(`/o/acme/processes/${map?.id}`);
    await page.getByRole('button', { name: 'Submit for review' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').locator('input[type=password]').fill(password);
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('In force').waitFor();
    // The page stays at what is in force: a newer version is named, and given to review only once it is seen.
    await api(page, 'POST', `/api/v1/orgs/acme/processes/${map?.id}/versions`, { xml: hostile });
    await page.reload();
    await page.getByText('Version 2 is a draft.').waitFor();
    expect(await page.getByRole('button', { name: 'Submit for review' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Open version 2' }).click();
    await page.getByRole('button', { name: 'Submit for review' }).waitFor();
    await page.getByRole('button', { name: 'Start a run' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('First certificate');
    await page.getByRole('dialog').getByRole('button', { name: 'Start a run' }).click();
    await heading(page, /First certificate$/u);
    await page.getByRole('link', { name: 'To the task' }).first().click();
    await page.getByText('What to do').or(page.getByText('You cannot complete this task now')).first().waitFor();
    await page.getByRole('link', { name: /^RUN-/u }).click();
    await page.getByRole('button', { name: 'End the run', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('It was only to see it');
    await page.getByRole('dialog').getByRole('button', { name: 'End the run', exact: true }).click();
    await page.getByText('Ended early').first().waitFor();
    expect(visitor.errors).toEqual([]);
  });
});
