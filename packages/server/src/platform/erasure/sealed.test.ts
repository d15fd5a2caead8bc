import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Visitor } from '../../journey/testing.ts';
import { bpmn, flow, userTask } from '../../processes/testing/maps.ts';
import { createOffice, type Office } from '../../processes/testing/office.ts';
import { anchorAll, faultsIn, password, placesOf } from './testing.ts';

const name = 'Former Qualitäts lead';
let office: Office;
let leaver: Visitor;
let runs: string[] = [];

const faults = async () => {
  await anchorAll(office.journey, path.join(office.journey.house.config.dataDirectory, 'keys'));
  return faultsIn(office.journey);
};

beforeAll(async () => {
  office = await createOffice('sealed');
  const { manager, journey } = office;
  leaver = await journey.enter('internal_auditor', { name });
  await office.publish(
    'ask',
    bpmn(`<startEvent id="s" />${userTask('a')}${userTask('b')}<endEvent id="e" />${flow('s', 'a', 'b', 'e')}`, `<!-- ${name} drew it -->`),
    { note: `As ${name} drew it` },
  );
  runs = await Promise.all([
    office.start('ask', { title: `What ${name} asked`, variables: { by: name, other: null } }),
    office.start('ask', { variables: { by: 'nobody' } }),
    office.start('ask', { variables: { by: 'nobody' } }),
  ]);
  const taskOf = async (run = '') =>
    (await journey.owner.query<{ id: string }>("select id from process_tasks where instance_id = $1 and state = 'open'", [run])).rows[0]
      ?.id;
  await manager.do('POST', `process-tasks/${await taskOf(runs[1])}/comment`, { body: `${name} knows` });
  await manager.do('POST', `process-tasks/${await taskOf(runs[0])}/complete`, {});
  await manager.do('POST', `process-instances/${runs[2]}/terminate`, { reason: `${name} asked for it` });
});
afterAll(() => office.close());

it('an erasure cleans rows of processes, and what it left verifies; what did not verify before does not by it', async () => {
  const { journey } = office;
  const { owner, administrator } = journey;
  expect(await faults()).toEqual([]);
  expect((await placesOf(owner, [name])).filter((place) => place.includes('process_')).length).toBeGreaterThan(3);
  await owner.query("update process_tasks set name = 'Approve unseen' where instance_id = $1", [runs[1]]);
  const member = (await administrator.do('GET', 'members')).items?.find((one) => one['personId'] === leaver.personId);
  await administrator.do('DELETE', `members/${member?.id}`);
  const erased = await administrator.ask('POST', `people/${leaver.personId}/erase`, {
    reason: 'Asked for by the person',
    password,
    leaveDuties: true,
  });
  expect(erased.body).toMatchObject({ already: false });
  const left = (await placesOf(owner, [name])).filter((place) => place.includes('process_'));
  expect(left.filter((place) => place !== 'public.process_versions.file')).toEqual([]);
  expect(await faults()).toEqual([`record: The run ${runs[1]}: its tasks differ from what its newest entry tells`]);
  await owner.query("update process_tasks set name = 'Do a' where instance_id = $1", [runs[1]]);
  expect(await faults()).toEqual([]);
  // What the erasure left is held as fast as anything.
  await owner.query("update process_happenings set detail = '{}' where detail is not null");
  expect((await faults()).some((fault) => fault.includes('the lines of its history'))).toBe(true);
});
