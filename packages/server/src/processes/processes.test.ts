import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type Visitor } from '../journey/testing.ts';
import { anchorAll, faultsIn } from '../platform/erasure/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';
import { unsoundRows } from './testing/soundness.ts';

let office: Office;
let manager: Visitor;
let auditor: Visitor;
beforeAll(async () => {
  office = await createOffice('processes');
  ({ manager } = office);
  auditor = await office.journey.enter('internal_auditor');
});
afterAll(() => office.close());

const two = bpmn(
  `${startAndEnd}${userTask('draft', { role: 'aims_manager', due: 'P5D' })}${userTask('check', { role: 'internal_auditor', evidence: 'minutes', notBy: 'draft', due: 'P1M' })}${flow('s', 'draft', 'check', 'e')}`,
);
const tasksOf = async (instance: string, state = 'open') =>
  (await manager.do('GET', `process-tasks?who=all&instance=${instance}&state=${state}`)).items ?? [];
const taskAt = async (instance: string, node: string) => (await tasksOf(instance)).find((task) => task['node'] === node)?.id ?? '';

describe('a map', () => {
  it('is brought, given to review, approved by somebody else, and then runs', async () => {
    const made = await manager.do('POST', 'processes', { key: 'two-steps', xml: two });
    const version = (made['newest'] as { id: string }).id;
    expect(await manager.do('GET', `process-versions/${version}`)).toMatchObject({
      state: 'draft',
      executable: true,
      refusals: [],
      authors: [{ id: manager.personId }],
    });
    expect(await manager.against('process-instances', { process: 'two-steps' })).toEqual(['NOT_IN_FORCE process']);
    await manager.do('POST', `process-versions/${version}/submit`, {});
    expect(await manager.against(`process-versions/${version}/approve`, { password })).toEqual(['AUTHOR_APPROVES']);
    await office.management.do('POST', `process-versions/${version}/approve`, { password });
    expect(await manager.do('GET', `processes/${made.id}`)).toMatchObject({ inForce: { number: 1 }, running: 0 });
  });

  it('that holds what is not executed is kept as documentation, with each element named', async () => {
    const made = await manager.do('POST', 'processes', {
      key: 'doc',
      xml: bpmn(`${startAndEnd}<scriptTask id="x" name="Run it" />${flow('s', 'x', 'e')}`),
    });
    const version = await manager.do('GET', `process-versions/${(made['newest'] as { id: string }).id}`);
    expect(version).toMatchObject({ executable: false });
    expect(JSON.stringify(version['refusals'])).toContain('Run it');
  });

  it('is refused when it is no BPMN at all', async () => {
    expect((await manager.ask('POST', 'processes', { key: 'none', xml: '<html/>' })).status).toBe(422);
  });
});

describe('a run', () => {
  it('goes from task to task, by the right people, with evidence, to its end', async () => {
    await office.publish('walk', two);
    const id = await office.start('walk', { title: 'First' });
    const draft = await taskAt(id, 'draft');
    expect(await auditor.against(`process-tasks/${draft}/complete`)).toEqual(['WRONG_ROLE']);
    await manager.do('POST', `process-tasks/${draft}/complete`, { variables: { found: 3 } });
    const check = await taskAt(id, 'check');
    expect(await auditor.against(`process-tasks/${check}/complete`)).toEqual(['EVIDENCE_MISSING evidence']);
    const evidence = await manager.do('POST', 'evidence', {
      title: 'Minutes',
      kind: 'link',
      url: 'https://example.org',
      collectedOn: '2026-01-01',
      lateReason: 'an old one',
    });
    await auditor.do('POST', `process-tasks/${check}/complete`, { evidence: [{ evidence: evidence.id, kind: 'minutes' }] });
    const run = await manager.do('GET', `process-instances/${id}`);
    expect(run).toMatchObject({
      status: 'completed',
      openTasks: 0,
      variables: { found: 3 },
      tokens: [],
      attached: [{ id: evidence.id, kind: 'minutes', node: 'check' }],
    });
    expect((run['history'] as { what: string; node: string }[]).filter(({ what }) => what === 'completed').map(({ node }) => node)).toEqual(
      ['draft', 'check'],
    );
  });

  it('takes a task once: the second of two gets 409', async () => {
    const id = await office.start('walk');
    const draft = await taskAt(id, 'draft');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => manager.ask('POST', `process-tasks/${draft}/complete`, {}, { 'if-match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    expect(await tasksOf(id)).toHaveLength(1);
  });

  it('keeps the check from whoever drafted, even when it is given to him', async () => {
    const id = await office.start('walk');
    await manager.do('POST', `process-tasks/${await taskAt(id, 'draft')}/complete`, {});
    const check = await taskAt(id, 'check');
    expect(await manager.against(`process-tasks/${check}/reassign`, { person: manager.personId, reason: 'nobody else' })).toEqual([
      'NOT_BY_THE_SAME',
    ]);
    await manager.do('POST', `process-tasks/${check}/reassign`, { person: office.management.personId, reason: 'the auditor is away' });
    expect(await auditor.against(`process-tasks/${check}/claim`)).toEqual(['TASK_TAKEN']);
    expect(await office.management.do('GET', `process-tasks/${check}`)).toMatchObject({ against: [] });
  });

  it('shows each the tasks that are his', async () => {
    const id = await office.start('walk');
    const mine = (visitor: Visitor) => visitor.do('GET', `process-tasks?instance=${id}`);
    expect((await mine(manager)).items).toHaveLength(1);
    expect((await mine(auditor)).items).toHaveLength(0);
    const draft = await taskAt(id, 'draft');
    await manager.do('POST', `process-tasks/${draft}/claim`, {});
    expect(await manager.do('GET', `process-tasks/${draft}`)).toMatchObject({ person: { id: manager.personId }, version: 2 });
    await manager.do('POST', `process-tasks/${draft}/comment`, { body: 'Waiting for the figures' });
    await manager.do('POST', `process-tasks/${draft}/release`, {});
    expect(await manager.do('GET', `process-tasks/${draft}`)).toMatchObject({
      person: null,
      comments: [{ body: 'Waiting for the figures' }],
    });
  });

  it('is ended with a reason, and its tasks with it', async () => {
    const id = await office.start('walk');
    expect(await manager.do('POST', `process-instances/${id}/terminate`, { reason: 'started twice' })).toMatchObject({
      status: 'terminated',
      tokens: [],
      openTasks: 0,
    });
    expect(await manager.against(`process-instances/${id}/terminate`, { reason: 'started twice' })).toEqual(['INSTANCE_ENDED']);
  });
});

describe('a form', () => {
  const form = bpmn(
    `${startAndEnd}${userTask('intake', { role: 'aims_manager', form: 'systems:create' })}${userTask('accept', { role: 'aims_manager', form: 'systems:resume' })}${flow('s', 'intake', 'accept', 'e')}`,
  );
  it('names the record it worked on; a run through several registers is about none of them', async () => {
    const steps = `${userTask('one', { form: 'systems:create' })}${userTask('two', { form: 'risks:create' })}${userTask('tick')}`;
    await office.publish('several', bpmn(`${startAndEnd}${steps}${flow('s', 'one', 'two', 'tick', 'e')}`));
    const id = await office.start('several');
    await manager.do('POST', `process-tasks/${await taskAt(id, 'one')}/complete`, { form: { name: 'Counter' } });
    expect((await tasksOf(id))[0]).toMatchObject({ node: 'two', record: null });
    await manager.do('POST', `process-tasks/${await taskAt(id, 'two')}/complete`, { form: { statement: 'It miscounts' } });
    expect((await tasksOf(id))[0]).toMatchObject({ node: 'tick', record: null });
    const done = await tasksOf(id, 'done');
    expect(Object.fromEntries(done.map(({ node, record }) => [node, (record as { title: string }).title]))).toEqual({
      one: 'Counter',
      two: 'It miscounts',
    });
    expect(await manager.do('GET', `process-instances/${id}`)).toMatchObject({ record: null });
    expect(await office.unsealed()).toEqual([]);
  });
  it('faults the record that was sent, not the address, where it is none of the register', async () => {
    const system = await manager.do('POST', 'systems', { name: 'Reader' });
    await office.publish('resumes', bpmn(`${startAndEnd}${userTask('one', { form: 'risks:patch' })}${flow('s', 'one', 'e')}`));
    const id = await office.start('resumes');
    expect(await manager.against(`process-tasks/${await taskAt(id, 'one')}/complete`, { form: {}, record: system.id })).toEqual([
      'RECORD record',
    ]);
    const about = { process: 'resumes', record: { register: 'risks', id: system.id } };
    expect(await manager.ask('POST', 'process-instances', about)).toMatchObject({
      status: 422,
      body: { problems: [{ field: 'record.id' }] },
    });
  });
  it('is the action: the record, the token and the trail move together or not at all', async () => {
    await office.publish('intake', form);
    const id = await office.start('intake');
    const intake = await taskAt(id, 'intake');
    expect((await manager.ask('POST', `process-tasks/${intake}/complete`, { form: { purpose: 'no name' } })).status).toBe(422);
    expect(await tasksOf(id)).toMatchObject([{ node: 'intake' }]);
    await manager.do('POST', `process-tasks/${intake}/complete`, { form: { name: 'Sorter' } });
    const accept = await taskAt(id, 'accept');
    // The register's own rules stand: what was never suspended is not resumed.
    const resume = { form: { reason: 'it is safe again' } };
    expect((await manager.ask('POST', `process-tasks/${accept}/complete`, resume)).status).toBe(409);
    expect(await tasksOf(id)).toMatchObject([{ node: 'accept' }]);
    expect(await manager.do('GET', `process-instances/${id}`)).toMatchObject({
      status: 'active',
      record: { register: 'systems', title: 'Sorter' },
    });
  });
});

describe('a gateway that cannot be decided', () => {
  const choice = bpmn(
    `${startAndEnd}<exclusiveGateway id="g" default="no" />${userTask('look', {})}${flow('s', 'g', '[score > 3]look', 'e')}<sequenceFlow id="no" sourceRef="g" targetRef="e" />`,
  );
  it('is an incident; mended, it goes on', async () => {
    await office.publish('choice', choice);
    const id = await office.start('choice');
    const stopped = await manager.do('GET', `process-instances/${id}`);
    expect(stopped).toMatchObject({ status: 'active', incidents: 1, openIncidents: [{ node: 'g', code: 'CONDITION_UNDECIDED' }] });
    const token = (stopped['openIncidents'] as { token: number }[])[0]?.token;
    expect((await manager.do('GET', 'process-incidents')).items).toMatchObject([{ instance: id }]);
    await manager.do('POST', `process-instances/${id}/retry`, { token, variables: { score: 5 } });
    expect(await manager.do('GET', `process-instances/${id}`)).toMatchObject({ incidents: 0, openTasks: 1 });
  });
});

describe('rows of runs', () => {
  it('are sound; one that is lost, doubled or left over is noticed', async () => {
    const { owner } = office.journey;
    const id = await office.start('walk');
    expect(await unsoundRows(owner)).toEqual([]);
    for (const [statement, seen] of [
      ['delete from process_tokens where instance_id = $1', 'open task without a token'],
      ['delete from process_tasks where instance_id = $1', 'token without its one open task'],
      ["update process_instances set status = 'completed' where id = $1", 'ended run with something left'],
      ['delete from process_happenings where instance_id = $1 and line = 2', 'history with a gap'],
    ] as const) {
      await owner.query('begin');
      await owner.query(statement, [id]);
      expect((await unsoundRows(owner)).join()).toContain(seen);
      await owner.query('rollback');
    }
  });
});

describe('seen from above', () => {
  it('shows what waits where, how long tasks took, and a calendar of what is due', async () => {
    const map = ((await manager.do('GET', 'processes')).items ?? []).find((one) => one['key'] === 'walk')?.id ?? '';
    const heat = await manager.do('GET', `processes/${map}/heat`);
    expect(heat.items).toMatchObject(expect.arrayContaining([expect.objectContaining({ node: 'check', overdue: 0 })]));
    expect((await manager.do('GET', `processes/${map}/cycle-times`)).items).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ node: 'draft' })]),
    );
    expect(await manager.do('GET', 'process-tasks/count')).toMatchObject({ overdue: 0 });
    const { address } = (await auditor.do('POST', 'process-tasks/calendar', {})) as unknown as { address: string };
    expect(address).toContain('/api/v1/process-calendar/');
    expect(await auditor.do('GET', 'process-tasks/calendar')).toEqual({ since: expect.any(String) });
    expect(await manager.do('GET', 'process-tasks/calendar')).toEqual({ since: null });
  });
});

it('leaves a trail that verifies', async () => {
  const keys = path.join(office.journey.house.config.dataDirectory, 'keys');
  await anchorAll(office.journey, keys);
  expect(await faultsIn(office.journey)).toEqual([]);
  const { rows } = await office.journey.owner.query<{ register: string }>(
    "select distinct register from trail_entries where register like 'process%' order by 1",
  );
  expect(rows.map(({ register }) => register)).toEqual([
    'process-feeds',
    'process-instances',
    'process-tasks',
    'process-versions',
    'processes',
  ]);
});
