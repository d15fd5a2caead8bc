import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfPages, squeezed } from '../../platform/reports/testing/pdf-text.ts';
import { createOffice, type Office } from '../testing/office.ts';

let office: Office;
beforeAll(async () => {
  office = await createOffice('printing');
});
afterAll(() => office.close());

it('prints a run: its map with the state of each step, who did what, and what is late', async () => {
  const { manager } = office;
  await office.publish('cycle', readFileSync(new URL('../../../../../catalog/processes/aims-life-cycle.bpmn', import.meta.url), 'utf8'));
  const run = await office.start('cycle', { title: 'Cycle of the year' });
  await office.journey.owner.query("update process_happenings set at = at - interval '90 days' where instance_id = $1", [run]);
  const { type, bytes } = await manager.file(`process-instances/${run}/file`);
  expect(type).toContain('application/pdf');
  const said = squeezed(pdfPages(bytes).join(' '));
  for (const words of [
    'RUN-0001 Cycle of the year',
    'in progress',
    'under way',
    'may still come',
    'late, still open',
    'Describe context and scope',
  ])
    expect(said).toContain(squeezed(words));
  const drawn = pdfPages(bytes)
    .map(squeezed)
    .filter((page) => page.includes('part1of3'));
  expect(drawn.map((page) => page.includes('late'))).toEqual([true]);
  await manager.do('POST', `process-instances/${run}/terminate`, { reason: 'begun by mistake' });
  const after = squeezed(pdfPages((await manager.file(`process-instances/${run}/file`)).bytes).join(' '));
  for (const words of ['terminated', 'called off', 'not reached']) expect(after).toContain(squeezed(words));
});

it('is not there for a run that is not', async () => {
  const { status } = await office.manager.ask('GET', 'process-instances/0192f000-0000-7000-8000-000000000000/file');
  expect(status).toBe(404);
});
