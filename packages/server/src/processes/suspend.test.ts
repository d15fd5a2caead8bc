import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { fireDueTimers, productContext, remindOverdue } from './clock.ts';
import { holdRun } from './load.ts';
import { signalBatch } from './messages.ts';
import { advance } from './run.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';
import { unsoundRows } from './testing/soundness.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('suspend');
  ({ manager } = office);
});
afterAll(() => office.close());

const after = (days: number) => () => new Date(Date.now() + days * 86_400_000);
const look = async (now: () => Date) => {
  const parts = { database: office.journey.house.database, now };
  return { fired: await fireDueTimers(parts), told: await remindOverdue(parts) };
};
const run = (id: string) => manager.do('GET', `process-instances/${id}`);
const tasksOf = async (id: string) => (await manager.do('GET', `process-tasks?who=all&instance=${id}`)).items ?? [];
const suspend = (id: string) => manager.do('POST', `process-instances/${id}/suspend`, { reason: 'the supplier is being changed' });
const resume = (id: string) => manager.do('POST', `process-instances/${id}/resume`, {});
const cycle = `<boundaryEvent id="b" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeCycle>R/P1M</timeCycle></timerEventDefinition></boundaryEvent>`;
const map = bpmn(
  `${startAndEnd}${userTask('work', { role: 'aims_manager', due: 'P2D' })}${cycle}${userTask('chase')}<endEvent id="e2" />${flow('s', 'work', 'e')}${flow('b', 'chase', 'e2')}`,
);

describe('a suspended run', () => {
  it('refuses what people do by 409 with the remedy, and shows that it is held up', async () => {
    await office.publish('held', map);
    const id = await office.start('held');
    const [task] = await tasksOf(id);
    expect(await suspend(id)).toMatchObject({ status: 'suspended', openTasks: 1, endedAt: null });
    const refused = await manager.ask('POST', `process-tasks/${task?.id}/complete`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.problems).toMatchObject([{ code: 'RUN_SUSPENDED', remedy: 'Have the run resumed first.' }]);
    expect(await manager.do('GET', `process-tasks/${task?.id}`)).toMatchObject({ suspended: true, against: [{ code: 'RUN_SUSPENDED' }] });
    for (const [deed, body] of [
      ['suspend', { reason: 'once more' }],
      ['variables', { variables: { a: 1 }, reason: 'to try' }],
    ] as const)
      expect(await manager.against(`process-instances/${id}/${deed}`, body)).toEqual(['RUN_SUSPENDED']);
    const suspension = { reason: 'the supplier is being changed', since: expect.any(String), by: { id: manager.personId } };
    expect((await manager.do('GET', 'process-instances?status=suspended')).items).toMatchObject([{ id, suspension }]);
    expect(await run(id)).toMatchObject({ suspension });
    expect((await manager.do('GET', 'processes')).items).toMatchObject([{ key: 'held', running: 1 }]);
    expect(await manager.do('GET', `process-instances/${id}/overlay`)).toMatchObject({
      status: 'suspended',
      nodes: { work: { state: 'current' }, e: { state: 'ahead' } },
    });
    await manager.do('POST', `process-tasks/${task?.id}/claim`, {});
    expect(await unsoundRows(office.journey.owner)).toEqual([]);
    expect(await resume(id)).toMatchObject({ status: 'active', suspension: null });
    expect(await manager.against(`process-instances/${id}/resume`)).toEqual(['NOT_SUSPENDED']);
    await manager.do('POST', `process-tasks/${task?.id}/complete`, {});
    expect(await run(id)).toMatchObject({ status: 'completed' });
    const { rows } = await office.journey.owner.query(
      "select command from trail_entries where register = 'process-instances' and record_id = $1 and command in ('suspend', 'resume') order by id",
      [id],
    );
    expect(rows).toEqual([{ command: 'suspend' }, { command: 'resume' }]);
  });

  it('lets its timers wait; what came due meanwhile fires when it goes on, once, and so does the reminder', async () => {
    const id = await office.start('held');
    await suspend(id);
    expect(await look(after(100))).toEqual({ fired: 0, told: 0 });
    await resume(id);
    expect(await look(after(100))).toEqual({ fired: 1, told: 1 });
    expect(await look(after(100))).toEqual({ fired: 0, told: 0 });
    expect((await tasksOf(id)).map((task) => task['node']).toSorted()).toEqual(['chase', 'work']);
    // Ended while it is held up, nothing of it comes due any more.
    await suspend(id);
    await manager.do('POST', `process-instances/${id}/terminate`, { reason: 'not needed' });
    expect(await look(after(300))).toEqual({ fired: 0, told: 0 });
    expect(await unsoundRows(office.journey.owner)).toEqual([]);
  });

  it('that keeps a signal already keeps the next from no other', async () => {
    const wait = '<intermediateCatchEvent id="w"><signalEventDefinition signalRef="g" /></intermediateCatchEvent>';
    await office.publish('alarmed', bpmn(`${startAndEnd}${wait}${flow('s', 'w', 'e')}`, '<signal id="g" name="alarm" />'));
    const [held, free] = [await office.start('alarmed'), await office.start('alarmed')];
    const signal = () =>
      office.journey.house.database.inOrganisation(office.journey.organisation.id, async (tx) =>
        signalBatch(tx, await productContext(tx, new Date()), { name: 'alarm', variables: {} }),
      );
    await suspend(held);
    await signal();
    const later = await office.start('alarmed');
    await signal();
    expect([await run(held), await run(free), await run(later)]).toMatchObject([
      { status: 'suspended' },
      { status: 'completed' },
      { status: 'completed' },
    ]);
    await resume(held);
    expect(await run(held)).toMatchObject({ status: 'completed' });
  });

  it('keeps what jobs and messages bring, in the order in which it came', async () => {
    const waiting = `<message id="m1" name="figures" />`;
    const service = `<serviceTask id="j" name="Tell"><extensionElements><aims:step job="notify" /></extensionElements></serviceTask>`;
    await office.publish(
      'kept',
      bpmn(
        `${startAndEnd}${service}<receiveTask id="r" messageRef="m1" name="Wait" />${userTask('read')}<parallelGateway id="g" /><parallelGateway id="h" />${flow('s', 'g', 'j', 'h')}${flow('g', 'r', 'h', 'read', 'e')}`,
        waiting,
      ),
    );
    const id = await office.start('kept');
    await suspend(id);
    expect(await manager.do('POST', 'processes/messages', { name: 'figures', variables: { total: 4 } })).toMatchObject({ instance: id });
    expect(await manager.against('processes/messages', { name: 'figures' })).toEqual(['NOBODY_WAITS name']);
    await office.journey.house.database.inOrganisation(office.journey.organisation.id, async (tx) => {
      const held = await holdRun(tx, id);
      const token = held.instance.tokens.find(({ wait }) => wait.kind === 'job')?.id ?? 0;
      await advance(
        tx,
        await productContext(tx, new Date()),
        held,
        { kind: 'complete', token, variables: { notified: 2 } },
        { command: 'job' },
      );
    });
    expect(await run(id)).toMatchObject({ status: 'suspended', openTasks: 0, variables: {} });
    expect(await resume(id)).toMatchObject({ status: 'active', openTasks: 1, variables: { total: 4, notified: 2 } });
    expect(await unsoundRows(office.journey.owner)).toEqual([]);
  });
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
