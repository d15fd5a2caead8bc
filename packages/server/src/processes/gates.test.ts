import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
const created: string[] = [];
beforeAll(async () => {
  office = await createOffice('gates');
  ({ manager } = office);
  await office.publish(
    'gate',
    bpmn(`${startAndEnd}${userTask('in', { role: 'aims_manager', form: 'systems:register' })}${flow('s', 'in', 'e')}`),
    {},
  );
  await bind('gate');
});
afterAll(() => office.close());

const gate = { register: 'systems', command: 'register', reason: 'only what was screened' };
const bind = (process: string) => manager.do('PUT' as 'POST', 'processes/gates', { ...gate, process });
const free = (process: string) => manager.do('DELETE', 'processes/gates', { ...gate, process });
const boundTo = async () => ((await manager.do('GET', 'processes/gates')).items ?? []).map((one) => one['process']);

const system = async (name: string): Promise<string> => {
  const { id } = await manager.do('POST', 'systems', { name, owner: manager.personId });
  created.push(id);
  return id;
};

describe('a command that is bound to a process', () => {
  it('is refused outside a run of it, by the name of the process, and carried out within', async () => {
    const id = await system('Bound');
    const outside = await manager.ask('POST', `systems/${id}/register`, {});
    expect(outside).toMatchObject({ status: 409, body: { problems: [{ code: 'GATED' }] } });
    expect(JSON.stringify(outside.body)).toContain('A test');
    const run = await office.start('gate', { record: { register: 'systems', id } });
    const [task] = (await manager.do('GET', `process-tasks?instance=${run}`)).items ?? [];
    await manager.do('POST', `process-tasks/${task?.id}/complete`, { form: {} });
    expect(await manager.do('GET', `systems/${id}`)).toMatchObject({ state: 'registered' });
  });

  it('lets nothing through a run but what it is about, and takes no process for an emergency', async () => {
    const register = userTask('in', { role: 'aims_manager', form: 'systems:register' });
    await office.publish('gate-of-systems', bpmn(`${startAndEnd}${register}${flow('s', 'in', 'e')}`), { register: 'systems' });
    await office.publish('emergency', bpmn(`${startAndEnd}${register}${flow('s', 'in', 'e')}`));
    await free('gate');
    await bind('gate-of-systems');
    const [screened, other] = [await system('Screened'), await system('Not screened')];
    const about = { record: { register: 'systems', id: screened } };
    const taskOf = async (run: string) => ((await manager.do('GET', `process-tasks?instance=${run}`)).items ?? [])[0]?.id;
    const task = await taskOf(await office.start('gate-of-systems', about));
    expect(await manager.against(`process-tasks/${task}/complete`, { form: {}, record: other })).toEqual(['ANOTHER_RECORD record']);
    const called = await taskOf(await office.start('emergency', { record: { register: 'systems', id: other } }));
    expect(await manager.against(`process-tasks/${called}/complete`, { form: {} })).toEqual(['GATED']);
    expect(await manager.do('GET', `systems/${other}`)).toMatchObject({ state: 'candidate' });
    await manager.do('POST', `process-tasks/${task}/complete`, { form: {}, record: screened });
    expect(await manager.do('GET', `systems/${screened}`)).toMatchObject({ state: 'registered' });
    await bind('gate');
    await free('gate-of-systems');
  });

  it('takes a recorded authority and a reason in an emergency, and opens a deviation', async () => {
    const id = await system('Urgent');
    const body = { register: 'systems', record: id, command: 'register', reason: 'the city council meets tonight' };
    expect(await manager.against('processes/emergency', body)).toEqual(['AUTHORITY_NEEDED']);
    const authority = await office.journey.administrator.do('POST', 'authorities', {
      title: 'Emergencies',
      holder: manager.personId,
      riskLevelLimit: 1,
      fromDate: '2026-01-01',
    });
    const foreign = await office.journey.administrator.do('POST', 'authorities', {
      title: 'Of another person',
      holder: office.management.personId,
      riskLevelLimit: 1,
      fromDate: '2026-01-01',
    });
    expect(await manager.against('processes/emergency', { ...body, authority: foreign.id })).toEqual(['AUTHORITY_NEEDED']);
    const opened = await manager.do('POST', 'processes/emergency', body);
    expect(opened).toMatchObject({ record: { id }, command: 'register', process: 'gate', authority: { id: authority.id }, closedAt: null });
    expect(await manager.do('GET', `systems/${id}`)).toMatchObject({ state: 'registered' });
    expect(await manager.do('POST', `process-deviations/${opened.id}/close`, { note: 'screened afterwards' })).toMatchObject({
      closedNote: 'screened afterwards',
      closedBy: { id: manager.personId },
    });
    expect(await manager.against('processes/emergency', { ...body, command: 'retire' })).toEqual(['NOT_BOUND command']);
  });

  it('keeps its process from being retired', async () => {
    const map = ((await manager.do('GET', 'processes')).items ?? []).find((one) => one['key'] === 'gate');
    const version = (map?.['inForce'] as { id: string } | undefined)?.id;
    expect(await manager.against(`process-versions/${version}/retire`, { reason: 'not needed' })).toEqual(['GATE_DEPENDS']);
    const without = bpmn(`${startAndEnd}${userTask('in')}${flow('s', 'in', 'e')}`);
    await expect(office.publish('gate', without)).rejects.toThrow('GATE_DEPENDS');
    const bound = { register: 'systems', command: 'retire', process: 'gate', reason: 'to be sure' };
    expect((await manager.ask('PUT' as 'POST', 'processes/gates', bound)).body.problems).toMatchObject([{ code: 'NO_WAY_THROUGH' }]);
  });
});

describe('a command that is bound to several processes', () => {
  it('is carried out within each of them, and refused outside by the names of all', async () => {
    const register = userTask('in', { role: 'aims_manager', form: 'systems:register' });
    await office.publish('second', bpmn(`${startAndEnd}${register}${flow('s', 'in', 'e')}`), { name: 'The second', register: 'systems' });
    await bind('second');
    await bind('second');
    expect(await boundTo()).toEqual(['gate', 'second']);
    const [one, two] = [await system('By the first'), await system('By the second')];
    const outside = await manager.ask('POST', `systems/${one}/register`, {});
    expect(outside.body.problems).toMatchObject([{ code: 'GATED', message: expect.stringContaining('"The second" or "A test"') }]);
    for (const [process, id] of [
      ['gate', one],
      ['second', two],
    ] as const) {
      const run = await office.start(process, { record: { register: 'systems', id } });
      const [task] = (await manager.do('GET', `process-tasks?instance=${run}`)).items ?? [];
      await manager.do('POST', `process-tasks/${task?.id}/complete`, { form: {} });
      expect(await manager.do('GET', `systems/${id}`)).toMatchObject({ state: 'registered' });
    }
  });

  it('stays bound to the others once it is free of one', async () => {
    await free('second');
    expect(await boundTo()).toEqual(['gate']);
    expect((await manager.ask('DELETE', 'processes/gates', { ...gate, process: 'second' })).status).toBe(404);
    expect(await manager.against(`systems/${await system('Still bound')}/register`, {})).toEqual(['GATED']);
  });

  it('is proposed for each process that comes with a step for it', async () => {
    const { proposed } = await manager.do('GET', 'processes/gates');
    const soa = { register: 'soa-versions', command: 'approve' };
    expect(proposed).toEqual(
      expect.arrayContaining([
        { ...soa, process: 'soa-approval' },
        { ...soa, process: 'aims-life-cycle' },
      ]),
    );
  });
});

describe('suspending a harmful system', () => {
  it('is never refused, cannot be bound, and opens a deviation', async () => {
    const refusedBinding = await manager.ask('PUT' as 'POST', 'processes/gates', {
      register: 'systems',
      command: 'suspend',
      process: 'gate',
      reason: 'to be sure',
    });
    expect(refusedBinding).toMatchObject({ status: 409, body: { problems: [{ code: 'NEVER_BOUND' }] } });
    const [id] = created;
    await manager.do('POST', `systems/${id}/suspend`, { reason: 'it harmed somebody' });
    expect((await manager.do('GET', 'processes/deviations')).items).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ command: 'suspend', reason: 'it harmed somebody' })]),
    );
  });
});

it('is free again once it is unbound', async () => {
  await free('gate');
  const id = await system('Free');
  await manager.do('POST', `systems/${id}/register`, {});
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
