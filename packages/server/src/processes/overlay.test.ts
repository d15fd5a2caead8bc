import { afterAll, beforeAll, expect, it } from 'vitest';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
beforeAll(async () => {
  office = await createOffice('overlay');
});
afterAll(() => office.close());

it('tells a run in the order in which it happened, though all of it happened at one moment', async () => {
  await office.publish('quick', bpmn(`${startAndEnd}${userTask('a')}${userTask('b')}${flow('s', 'a', 'b', 'e')}`));
  const run = await office.start('quick');
  const task = ((await office.manager.do('GET', `process-tasks?instance=${run}`)).items ?? [])[0]?.id ?? '';
  await office.manager.do('POST', `process-tasks/${task}/complete`, {});
  await office.journey.owner.query("update process_happenings set at = '2026-03-01T10:00:00Z' where instance_id = $1", [run]);
  expect(await office.manager.do('GET', `process-instances/${run}/overlay`)).toMatchObject({
    nodes: { a: { state: 'done' }, b: { state: 'current' }, e: { state: 'ahead' } },
  });
});
