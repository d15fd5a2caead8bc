import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('stale');
  ({ manager } = office);
  await office.publish('one', bpmn(`${startAndEnd}${userTask('a')}${userTask('b')}${flow('s', 'a', 'b', 'e')}`));
});
afterAll(() => office.close());

const begin = async () => {
  const run = await office.start('one');
  return { run, task: (await manager.do('GET', `process-tasks?who=all&instance=${run}`)).items?.[0]?.id ?? '' };
};
const complete = (task: string, version: number, who = manager) =>
  who.ask('POST', `process-tasks/${task}/complete`, {}, { 'if-match': `"${version}"` });

it('a task that changed since it was seen is not completed, and the answer says what happened to it', async () => {
  const { run, task } = await begin();
  await manager.do('POST', `process-tasks/${task}/claim`, {});
  const stale = await complete(task, 1);
  expect([stale.status, stale.body['code'], stale.body['detail']]).toEqual([
    412,
    'VERSION_CONFLICT',
    expect.stringMatching(/^You saw version 1; it is now version 2\. Last it was claimed by The aims manager \(\d{4}-/),
  ]);
  expect((await manager.do('GET', `process-tasks?who=all&instance=${run}`)).items).toMatchObject([{ id: task, state: 'open' }]);
  expect((await complete(task, 2)).status).toBe(200);
});

it('of two who complete it at once one does, and the other gets 409 with what happened', async () => {
  const { run, task } = await begin();
  const answers = await Promise.all([complete(task, 1), complete(task, 1, office.management)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const late = answers.find(({ status }) => status === 409);
  expect(late?.body.problems).toMatchObject([{ code: 'TASK_DONE', message: 'expected an open task, got one that is done' }]);
  expect((await manager.do('GET', `process-tasks?who=all&instance=${run}`)).items).toMatchObject([{ node: 'b' }]);
});
