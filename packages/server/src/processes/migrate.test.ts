import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('migrate');
  ({ manager } = office);
});
afterAll(() => office.close());

const line = (...tasks: string[]) =>
  bpmn(`${startAndEnd}${tasks.map((id) => userTask(id, id === 'b' ? { due: 'P9D' } : {})).join('')}${flow('s', ...tasks, 'e')}`);
const inForce = async (map: string) => ((await manager.do('GET', `processes/${map}`))['inForce'] as { id: string }).id;

describe('a new version', () => {
  it('leaves runs on theirs, says what changed, and moves those that have a place in it', async () => {
    const map = await office.publish('move', line('a'));
    const run = await office.start('move');
    const task = ((await manager.do('GET', `process-tasks?instance=${run}`)).items ?? [])[0]?.id ?? '';
    await manager.do('POST', `process-tasks/${task}/claim`, {});
    await office.publish('move', line('a', 'b'));
    expect(await manager.do('GET', `process-instances/${run}`)).toMatchObject({ processVersion: { number: 1 } });
    const changed = await manager.do('GET', `process-versions/${await inForce(map)}/compare`);
    expect(changed).toMatchObject({
      before: { number: 1 },
      items: expect.arrayContaining([expect.objectContaining({ what: 'added', id: 'b' })]),
    });
    const migrate = (dryRun: boolean) =>
      inForce(map).then((id) => manager.do('POST', `process-versions/${id}/migrate`, { dryRun, reason: 'the new step counts for all' }));
    expect((await migrate(true)).items).toMatchObject([{ instance: run, moved: false, nodes: [{ node: 'a', tokens: 1 }], refused: [] }]);
    expect((await migrate(false)).items).toMatchObject([{ instance: run, moved: true }]);
    expect(await manager.do('GET', `process-tasks/${task}`)).toMatchObject({ person: { id: manager.personId } });
    await manager.do('POST', `process-tasks/${task}/complete`, {});
    expect(await manager.do('GET', `process-instances/${run}`)).toMatchObject({
      processVersion: { number: 2 },
      status: 'active',
      openTasks: 1,
    });
    expect(await manager.do('GET', `process-instances/${run}/overlay`)).toMatchObject({
      nodes: { a: { state: 'done' }, b: { state: 'current' }, e: { state: 'ahead' } },
    });
    const { rows } = await office.journey.owner.query(
      "select 1 from trail_entries where register = 'process-instances' and command = 'migrate' and record_id = $1",
      [run],
    );
    expect(rows).toHaveLength(1);
  });

  it('without an element at which runs wait is approved only with what becomes of them; staying, they are shown on their version', async () => {
    const map = await office.publish('strand', line('a'));
    const old = await inForce(map);
    const runs = [await office.start('strand'), await office.start('strand')];
    const { id } = await manager.do('POST', `processes/${map}/versions`, { xml: line('c') });
    await manager.do('POST', `process-versions/${id}/submit`, {});
    const approve = (more: object = {}) => office.management.ask('POST', `process-versions/${id}/approve`, { password, ...more });
    const unsaid = await approve();
    expect([unsaid.status, unsaid.body.problems]).toMatchObject([
      409,
      [{ code: 'ELEMENT_IN_USE', field: 'a', message: expect.stringContaining('at which 2 runs wait (version 1)') }],
    ]);
    // A plan that would strand a token is refused by node and run, and nothing is in force by it.
    const stranding = await approve({ runningInstances: { migrate: true, reason: 'one way for all' } });
    expect(stranding.body.problems).toMatchObject([
      { code: 'STRANDED', field: 'a', message: expect.stringMatching(/^RUN-\d{4}: .*"a"/) },
      { code: 'STRANDED', field: 'a' },
    ]);
    expect(await manager.do('GET', `process-versions/${id}`)).toMatchObject({ state: 'review' });
    expect((await approve({ runningInstances: 'stay' })).status).toBe(200);
    expect(await manager.do('GET', `process-versions/${old}`)).toMatchObject({ number: 1, state: 'retired', running: 2 });
    const { items } = await manager.do('POST', `process-versions/${id}/migrate`, { dryRun: false, reason: 'to try it' });
    expect(items).toMatchObject(runs.map((run) => ({ instance: run, moved: false, refused: [{ code: 'STRANDED' }] })));
    expect(await manager.do('GET', `process-instances/${runs[0]}`)).toMatchObject({ processVersion: { number: 1 }, openTasks: 1 });
  });

  it('takes all runs with it where that is what was said and each has a place', async () => {
    const map = await office.publish('along', line('a'));
    const run = await office.start('along');
    const { id } = await manager.do('POST', `processes/${map}/versions`, { xml: line('a', 'b') });
    await manager.do('POST', `process-versions/${id}/submit`, {});
    const runningInstances = { migrate: true, reason: 'one way for all' };
    await office.management.do('POST', `process-versions/${id}/approve`, { password, runningInstances });
    expect(await manager.do('GET', `process-instances/${run}`)).toMatchObject({ processVersion: { number: 2 }, openTasks: 1 });
  });

  it('refused by a plan that strands can be changed and approved; runs take what was approved', async () => {
    const map = await office.publish('again', line('a'));
    await office.start('again');
    const write = async (xml: string) => (await manager.do('POST', `processes/${map}/versions`, { xml })).id;
    const id = await write(line('c'));
    await manager.do('POST', `process-versions/${id}/submit`, {});
    const runningInstances = { migrate: true, reason: 'one way for all' };
    expect(await office.management.against(`process-versions/${id}/approve`, { password, runningInstances })).toEqual(['STRANDED a']);
    await office.management.do('POST', `process-versions/${id}/send-back`, { reason: 'keep the step' });
    expect(await write(line('x', 'a'))).toBe(id);
    await manager.do('POST', `process-versions/${id}/submit`, {});
    await office.management.do('POST', `process-versions/${id}/approve`, { password, runningInstances });
    const run = await office.start('again');
    expect((await manager.do('GET', `process-tasks?who=all&instance=${run}`)).items).toMatchObject([{ node: 'x' }]);
  });
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
