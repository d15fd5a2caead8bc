import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { fireDueTimers, remindOverdue, startDueRuns } from './clock.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('clock');
  ({ manager } = office);
});
afterAll(() => office.close());

const at = (days: number) => () => new Date(Date.now() + days * 86_400_000);
const { fire, begin, tell } = {
  fire: (now: () => Date) => fireDueTimers({ database: office.journey.house.database, now }),
  begin: (now: () => Date) => startDueRuns({ database: office.journey.house.database, now }),
  tell: (now: () => Date) => remindOverdue({ database: office.journey.house.database, now }),
};
const run = (id: string) => manager.do('GET', `process-instances/${id}`);
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;

describe('a timer', () => {
  it('of 90 days fires when they are over, once, however many workers look', async () => {
    await office.publish(
      'ninety',
      bpmn(
        `${startAndEnd}<intermediateCatchEvent id="w">${timer('timeDuration', 'P90D')}</intermediateCatchEvent>${userTask('then')}${flow('s', 'w', 'then', 'e')}`,
      ),
    );
    const id = await office.start('ninety');
    expect(await fire(at(89))).toBe(0);
    expect((await Promise.all([1, 2, 3].map(() => fire(at(91))))).reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await run(id)).toMatchObject({ openTasks: 1, waits: [] });
    expect(await fire(at(200))).toBe(0);
  });

  it('at the border of a task that repeats reminds again and again, once after each silence', async () => {
    await office.publish(
      'remind',
      bpmn(
        `${startAndEnd}${userTask('work')}${userTask('chase')}<endEvent id="e2" /><boundaryEvent id="b" attachedToRef="work" cancelActivity="false">${timer('timeCycle', 'R/P1M')}</boundaryEvent>${flow('s', 'work', 'e')}${flow('b', 'chase', 'e2')}`,
      ),
    );
    const id = await office.start('remind');
    // Half a year of nothing is one reminder, not six.
    expect(await fire(at(185))).toBe(1);
    expect(await run(id)).toMatchObject({ openTasks: 2 });
    expect(await fire(at(185))).toBe(0);
    expect(await fire(at(220))).toBe(1);
    expect(await run(id)).toMatchObject({ openTasks: 3 });
  });

  it('that cannot start its run holds up no other of any organisation', async () => {
    const start = (every: string) =>
      `<startEvent id="y">${timer('timeCycle', every)}</startEvent><endEvent id="e" />${userTask('look')}${flow('y', 'look', 'e')}`;
    const unknown = `<subProcess id="sub" triggeredByEvent="true"><startEvent id="late">${timer('timeDuration', '=deadline')}</startEvent><endEvent id="over" />${flow('late', 'over')}</subProcess>`;
    const broken = await office.publish('cannot-begin', bpmn(`${start('R/PT1H')}${unknown}`));
    const begins = await office.publish('begins', bpmn(start('R/PT2H')));
    await expect(begin(at(0.5))).rejects.toThrow('"deadline" is not known');
    expect((await manager.do('GET', `process-instances?process=${begins}`)).items).toMatchObject([{ openTasks: 1 }]);
    // Held back for a minute, it is tried again then.
    expect(await begin(at(0.5))).toBe(0);
    await expect(begin(at(0.51))).rejects.toThrow('"deadline" is not known');
    for (const map of [broken, begins]) {
      const { inForce } = await manager.do('GET', `processes/${map}`);
      await manager.do('POST', `process-versions/${(inForce as { id: string }).id}/retire`, { reason: 'seen' });
    }
  });

  it('on each 29 February starts a run: in common years on the 28th', async () => {
    await office.publish(
      'leap',
      bpmn(
        `<startEvent id="y">${timer('timeCycle', 'R/2028-02-29T09:00/P1Y')}</startEvent><endEvent id="e" />${userTask('review')}${flow('y', 'review', 'e')}`,
      ),
    );
    const on = (text: string) => () => new Date(text);
    expect(await begin(on('2028-02-29T08:59:00Z'))).toBe(0);
    expect(await begin(on('2028-02-29T09:00:00Z'))).toBe(1);
    expect(await begin(on('2029-02-28T08:59:00Z'))).toBe(0);
    expect(await begin(on('2029-02-28T09:01:00Z'))).toBe(1);
    expect(await begin(on('2032-02-28T23:59:00Z'))).toBe(1);
    expect(await begin(on('2032-02-29T09:00:00Z'))).toBe(1);
  });
});

describe('a task whose day has come', () => {
  it('is told of once, in the history and by the outbox, and shown as overdue', async () => {
    await office.publish(
      'due',
      bpmn(
        `${startAndEnd}${userTask('late', { role: 'aims_manager', due: 'P2D', escalateTo: 'top_management' })}${flow('s', 'late', 'e')}`,
      ),
    );
    const id = await office.start('due');
    expect(await tell(at(1))).toBe(0);
    expect(await tell(at(3))).toBe(1);
    expect(await tell(at(3))).toBe(0);
    expect((await run(id))['history']).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ what: 'overdue', node: 'late', detail: { told: 'top_management' } })]),
    );
    const { rows } = await office.journey.owner.query("select payload from outbox_messages where kind = 'process-reminder'");
    expect(rows).toHaveLength(1);
  });

  it('stays to be seen when nobody holds its role', async () => {
    await office.publish('alone', bpmn(`${startAndEnd}${userTask('orphan', { role: 'concern_officer' })}${flow('s', 'orphan', 'e')}`));
    const id = await office.start('alone');
    expect((await manager.do('GET', `process-tasks?who=all&instance=${id}&unstaffed=true`)).items).toMatchObject([
      { node: 'orphan', unstaffed: true },
    ]);
    await office.journey.enter('concern_officer');
    expect((await manager.do('GET', `process-tasks?who=all&instance=${id}&unstaffed=true`)).items).toEqual([]);
  });
});

describe('what is asked across organisations', () => {
  it.each([
    sql<Record<string, unknown>>`select * from due_process_timers('2100-01-01', 100)`,
    sql<Record<string, unknown>>`select * from due_process_starts('2100-01-01', 100)`,
    sql<Record<string, unknown>>`select * from overdue_process_tasks('2100-01-01', 100)`,
    sql<Record<string, unknown>>`select * from process_feed('x')`,
  ])('answers ids only', async (question) => {
    const rows = await office.journey.house.database.callAcross(question);
    for (const row of rows) expect(Object.keys(row).every((name) => /id$|^node$/.test(name))).toBe(true);
  });

  it('shows the rows of nobody without it', async () => {
    const other = '00000000-0000-7000-8000-000000000001';
    const seen = await office.journey.house.database.inOrganisation(other, (tx) =>
      tx.query(sql`select 1 from process_tasks union all select 1 from process_instances`),
    );
    expect(seen).toEqual([]);
  });
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
