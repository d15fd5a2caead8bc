import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
let contributor: Visitor;
let reader: Visitor;
beforeAll(async () => {
  office = await createOffice('overreach');
  ({ manager } = office);
  contributor = await office.journey.enter('contributor');
  reader = await office.journey.enter('reader');
});
afterAll(() => office.close());

const run = (id: string) => manager.do('GET', `process-instances/${id}`);
const taskOf = async (id: string) => ((await manager.do('GET', `process-tasks?who=all&instance=${id}`)).items ?? [])[0];

describe('a value that somebody gives', () => {
  it('never stands for the record by which a way is decided', async () => {
    const decision = `<exclusiveGateway id="g" default="no" />${userTask('look')}<sequenceFlow id="no" sourceRef="g" targetRef="look" />`;
    const map = `${startAndEnd}${userTask('a')}${decision}${flow('s', 'a', 'g', '[record.criticality = "low"]e')}${flow('look', 'e')}`;
    await office.publish('by-record', bpmn(map), { register: 'systems' });
    const { id } = await manager.do('POST', 'systems', { name: 'Grave', owner: manager.personId, criticality: 'high' });
    const record = { register: 'systems', id };
    const mild = { record: { criticality: 'low' } };
    expect(await contributor.against('process-instances', { process: 'by-record', variables: mild })).toEqual(['CUSTOM variables']);
    const begun = await office.start('by-record', { record });
    const task = await taskOf(begun);
    expect(await contributor.against(`process-tasks/${task?.id}/complete`, { variables: mild })).toEqual(['CUSTOM variables']);
    expect(await contributor.against(`process-tasks/${task?.id}/complete`, { variables: { today: '2020-01-01' } })).toEqual([
      'CUSTOM variables',
    ]);
    await contributor.do('POST', `process-tasks/${task?.id}/complete`, { variables: { recorded: true } });
    expect(await run(begun)).toMatchObject({ status: 'active', tokens: [{ node: 'look' }] });
  });

  it('answers no question of another step', async () => {
    const screen = userTask('screen', { role: 'aims_manager', form: 'ask:prohibited:boolean' });
    const decision = `<exclusiveGateway id="g" default="no" />${userTask('stop')}<sequenceFlow id="no" sourceRef="g" targetRef="stop" />`;
    await office.publish(
      'screened',
      bpmn(
        `${startAndEnd}${screen}${userTask('tidy')}${decision}${flow('s', 'screen', 'tidy', 'g', '[prohibited = false]e')}${flow('stop', 'e')}`,
      ),
    );
    const id = await office.start('screened');
    await manager.do('POST', `process-tasks/${(await taskOf(id))?.id}/complete`, { form: { prohibited: true } });
    const task = (await taskOf(id))?.id;
    expect(await contributor.against(`process-tasks/${task}/complete`, { variables: { prohibited: false } })).toEqual([
      'NOT_ASKED_HERE variables.prohibited',
    ]);
    await contributor.do('POST', `process-tasks/${task}/complete`, { variables: { tidied: true } });
    expect(await run(id)).toMatchObject({ status: 'active', tokens: [{ node: 'stop' }] });
  });

  it('gives a task to who holds its role, and to nobody else', async () => {
    await office.publish(
      'signed',
      bpmn(`${startAndEnd}${userTask('write')}${userTask('sign', { role: 'top_management' })}${flow('s', 'write', 'sign', 'e')}`),
    );
    const signBy = async (assignee: string) => {
      const id = await office.start('signed');
      await contributor.do('POST', `process-tasks/${(await taskOf(id))?.id}/complete`, { variables: { assignee } });
      return taskOf(id);
    };
    const own = await signBy(contributor.personId);
    expect(own).toMatchObject({ node: 'sign', person: null });
    expect(await contributor.against(`process-tasks/${own?.id}/complete`)).toEqual(['WRONG_ROLE']);
    expect(await signBy(office.management.personId)).toMatchObject({ node: 'sign', person: { id: office.management.personId } });
  });
});

describe('a task', () => {
  it('is given to nobody who could not do it, and flagged when whoever has it no longer can', async () => {
    await office.publish('given', bpmn(`${startAndEnd}${userTask('a')}${flow('s', 'a', 'e')}`));
    const id = await office.start('given');
    const task = (await taskOf(id))?.id;
    const reason = 'knows it best';
    expect(await manager.against(`process-tasks/${task}/reassign`, { person: reader.personId, reason })).toEqual(['NO_WORKER person']);
    await contributor.do('POST', `process-tasks/${task}/claim`, {});
    expect(await contributor.against(`process-tasks/${task}/delegate`, { person: reader.personId })).toEqual(['NO_WORKER person']);
    expect(await taskOf(id)).toMatchObject({ person: { id: contributor.personId }, unstaffed: false });
    const { items } = await office.journey.administrator.do('GET', 'members');
    const member = items?.find((one) => one['personId'] === contributor.personId);
    await office.journey.administrator.do('PATCH', `members/${member?.id}`, { roles: ['reader'] });
    expect(await taskOf(id)).toMatchObject({ person: { id: contributor.personId }, unstaffed: true });
  });
});

describe('a token that stands for nobody', () => {
  const map = `${startAndEnd}${userTask('write', { role: 'aims_manager' })}${userTask('check', { notBy: 'write' })}${flow('s', 'write', 'check', 'e')}`;

  it('leaves whoever made it an author of what it writes, and does no step from which others are kept apart', async () => {
    const { administrator } = office.journey;
    const { token } = await administrator.do('POST', 'tokens', { name: 'Of nobody', role: 'aims_manager', days: 10 });
    const headers = { cookie: '', authorization: `Bearer ${String(token)}` };
    const made = await administrator.do('POST', 'processes', { key: 'by-token', xml: bpmn(map) }, headers);
    const version = (made['newest'] as { id: string }).id;
    await administrator.do('POST', `process-versions/${version}/submit`, {});
    expect(await administrator.against(`process-versions/${version}/approve`, { password })).toEqual(['AUTHOR_APPROVES']);
    await office.management.do('POST', `process-versions/${version}/approve`, { password });
    const task = (await taskOf(await office.start('by-token')))?.id;
    const done = await administrator.ask('POST', `process-tasks/${task}/complete`, {}, headers);
    expect(done).toMatchObject({ status: 409, body: { problems: [{ code: 'PERSON_NEEDED' }] } });
    await manager.do('POST', `process-tasks/${task}/complete`, {});
  });
});

it('a run takes no more values than each of its steps can read', async () => {
  await office.publish('grows', bpmn(`${startAndEnd}${userTask('a')}${flow('s', 'a', 'e')}`));
  const id = await office.start('grows');
  const give = (name: string) =>
    manager.against(`process-instances/${id}/variables`, { variables: { [name]: 'x'.repeat(49_000) }, reason: 'more' });
  for (let round = 0; round < 10; round += 1) expect(await give(`v${round}`)).toEqual([]);
  expect(await give('last')).toEqual(['RUN_TOO_LARGE variables']);
  const task = (await taskOf(id))?.id;
  expect(await manager.against(`process-tasks/${task}/complete`, { variables: { last: 'x'.repeat(20_000) } })).toEqual([
    'RUN_TOO_LARGE variables',
  ]);
  await manager.do('POST', `process-tasks/${task}/complete`, {});
});
