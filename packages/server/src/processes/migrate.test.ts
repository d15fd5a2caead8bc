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

  it('without a step at which runs stand takes a decision to be approved, and strands nobody', async () => {
    const map = await office.publish('strand', line('a'));
    const run = await office.start('strand');
    const { id } = await manager.do('POST', `processes/${map}/versions`, { xml: line('c') });
    await manager.do('POST', `process-versions/${id}/submit`, {});
    expect(await office.management.against(`process-versions/${id}/approve`, { password })).toEqual(['ELEMENT_IN_USE a']);
    await office.management.do('POST', `process-versions/${id}/approve`, { password, running: 'finish' });
    const { items } = await manager.do('POST', `process-versions/${id}/migrate`, { dryRun: false, reason: 'to try it' });
    expect(items).toMatchObject([{ instance: run, moved: false, refused: [{ code: 'STRANDED' }] }]);
    expect(await manager.do('GET', `process-instances/${run}`)).toMatchObject({ processVersion: { number: 1 }, openTasks: 1 });
  });
});
