import { afterAll, beforeAll, expect, it } from 'vitest';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
beforeAll(async () => {
  office = await createOffice('conditions');
});
afterAll(() => office.close());

it('a condition that comes true while a run begins to wait for it is not missed', async () => {
  const { manager, journey } = office;
  const wait =
    '<conditionalEventDefinition><condition xsi:type="tFormalExpression">record.criticality = "low"</condition></conditionalEventDefinition>';
  const map = `${startAndEnd}${userTask('a')}<intermediateCatchEvent id="w">${wait}</intermediateCatchEvent>${flow('s', 'a', 'w', 'e')}`;
  await office.publish('waits', bpmn(map), { register: 'systems' });
  const system = await manager.do('POST', 'systems', { name: 'Triage', owner: manager.personId, criticality: 'high' });
  const run = await office.start('waits', { record: { register: 'systems', id: system.id } });
  const [task] = (await manager.do('GET', `process-tasks?instance=${run}`)).items ?? [];
  const waiting = async (count: number) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const { rows } = await journey.owner.query<{ n: number }>(
        "select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if ((rows[0]?.n ?? 0) >= count) return;
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
  };
  // The run has looked at the record, and cannot write yet that it waits.
  await journey.owner.query('begin');
  await journey.owner.query('lock table process_happenings in share mode');
  const completing = manager.do('POST', `process-tasks/${task?.id}/complete`, {});
  await waiting(1);
  const patching = manager.do('PATCH', `systems/${system.id}`, { criticality: 'low' }, { 'if-match': `"${system.version}"` });
  await Promise.race([patching, waiting(2)]);
  await journey.owner.query('commit');
  await Promise.all([completing, patching]);
  const left = async () => (await journey.owner.query("select 1 from outbox_messages where kind = 'process-conditions'")).rows.length;
  const { status } = await manager.do('GET', `process-instances/${run}`);
  expect(status === 'completed' || (await left()) > 0).toBe(true);
});
