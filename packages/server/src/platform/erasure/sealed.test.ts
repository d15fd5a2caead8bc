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

it('the name under an approved map is kept as any signature is: refused, kept when that is asked for, gone when its years are over', async () => {
  const { journey, manager } = office;
  const { administrator, owner } = journey;
  const signed = 'Parting managing director';
  const email = 'parting@sealed.example.org';
  const { personId } = await journey.enter('top_management', { name: signed, email });
  const signer = { ...(await journey.visit('sealed', email)), personId };
  const step = `<startEvent id="s" />${userTask('a')}<endEvent id="e" />${flow('s', 'a', 'e')}`;
  const map = await manager.do('POST', 'processes', { key: 'signed', xml: bpmn(step, `<!-- asked for by ${signed} -->`) });
  const version = (map['newest'] as { id: string }).id;
  await manager.do('POST', `process-versions/${version}/submit`, {});
  await signer.do('POST', `process-versions/${version}/approve`, { password });
  const member = (await administrator.do('GET', 'members')).items?.find((one) => one['personId'] === signer.personId);
  await administrator.do('DELETE', `members/${member?.id}`);
  const erase = (choice: object) =>
    administrator.ask('POST', `people/${signer.personId}/erase`, { reason: 'Asked for by the person', password, ...choice });
  const approvedBy = async () => (await manager.do('GET', `process-versions/${version}`))['approvedBy'];
  const where = async () => (await placesOf(owner, [signed])).filter((place) => place !== 'public.process_versions.file');

  expect(await administrator.do('GET', `people/${signer.personId}/erasure`)).toMatchObject({
    signatures: [{ register: 'process-versions', id: version, identifier: 'signed 1', until: null }],
    stays: { mapFiles: 1 },
  });
  expect((await erase({})).body.problems).toMatchObject([{ code: 'SIGNATURE_RETAINED' }]);
  expect((await erase({ exceptSignatures: true })).body).toMatchObject({ already: false, signaturesKept: 1 });
  expect(await approvedBy()).toBe(signed);
  expect(await where()).toEqual(['public.process_versions.approved_name', 'public.trail_payloads.payload']);
  expect((await faults()).filter((fault) => fault.includes(version))).toEqual([]);

  await administrator.do('PATCH', '', { settings: { erasure: { signatureYears: 0 } } });
  await manager.do('POST', `process-versions/${version}/retire`, { reason: 'Not used any more' });
  expect((await erase({})).body).toMatchObject({ already: false, signaturesKept: 0 });
  expect(await approvedBy()).toBe('[erased]');
  expect(await where()).toEqual([]);
  expect((await faults()).filter((fault) => fault.includes(version))).toEqual([]);
  // The file stays as it came, and its hash with it.
  const file = await owner.query<{ same: boolean }>(
    "select encode(sha256(file), 'hex') = sha256 and position(convert_to($2, 'UTF8') in file) > 0 as same from process_versions where id = $1",
    [version, signed],
  );
  expect(file.rows).toEqual([{ same: true }]);
});
