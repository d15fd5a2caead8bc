import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from '../processes/testing/maps.ts';
import { createOffice, type Office } from '../processes/testing/office.ts';

let office: Office;
beforeAll(async () => {
  office = await createOffice('due-tasks');
});
afterAll(() => office.close());

const publish = (key: string, step: Readonly<Record<string, string>>) =>
  office.publish(key, bpmn(`${startAndEnd}${userTask('look', step)}${flow('s', 'look', 'e')}`));
const start = async (key: string, title: string) => {
  await office.start(key, { title });
  return title;
};
const tasksDue = async (who: Visitor) =>
  ((await who.do('GET', 'due?limit=200')).items ?? []).filter((item) => item['register'] === 'process-tasks');
const seen = async (who: Visitor) =>
  (await tasksDue(who)).map(({ title, mine, role, person }) => [String(title).replace('Do look: ', ''), mine, role, person]);

describe('tasks among what is due', () => {
  it('are of their role until somebody has them, and of nobody once they are done', async () => {
    const { manager, management } = office;
    const reader = await office.journey.enter('reader');
    await publish('of-role', { role: 'aims_manager', due: 'P5D' });
    await publish('of-anyone', { due: 'P5D' });
    await publish('far', { role: 'aims_manager', due: 'P91D' });
    await publish('open-end', { role: 'aims_manager' });
    for (const [key, title] of [
      ['of-role', 'Role'],
      ['of-anyone', 'Anyone'],
      ['far', 'Far'],
      ['open-end', 'Whenever'],
    ] as const)
      await start(key, title);
    const sorted = async (who: Visitor) => (await seen(who)).toSorted();
    expect(await sorted(manager)).toEqual([
      ['Anyone', true, null, null],
      ['Role', true, 'aims_manager', null],
    ]);
    expect(await sorted(management)).toEqual([
      ['Anyone', true, null, null],
      ['Role', false, 'aims_manager', null],
    ]);
    expect(await sorted(reader)).toEqual([
      ['Anyone', false, null, null],
      ['Role', false, 'aims_manager', null],
    ]);
    const task = (await tasksDue(manager)).find(({ role }) => role === 'aims_manager');
    await manager.do('POST', `process-tasks/${task?.id}/claim`, {});
    const [claimed] = (await seen(management)).filter(([title]) => title === 'Role');
    expect(claimed?.slice(1, 3)).toEqual([false, null]);
    expect(claimed?.[3]).not.toBeNull();
    const before = (await manager.do('GET', 'my-work/count'))['count'];
    await manager.do('POST', `process-tasks/${task?.id}/complete`, {});
    expect((await manager.do('GET', 'my-work/count'))['count']).toBe(Number(before) - 1);
    expect((await seen(manager)).map(([title]) => title)).toEqual(['Anyone']);
  });
});
