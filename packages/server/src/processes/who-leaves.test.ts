import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type Visitor } from '../journey/testing.ts';
import { anchorAll, faultsIn, placesOf } from '../platform/erasure/testing.ts';
import { removeFolder } from '../platform/testing/folder.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
let keys: string;
beforeAll(async () => {
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-leaves-'));
  office = await createOffice('leaves');
  ({ manager } = office);
});
afterAll(async () => {
  await office.close();
  await removeFolder(keys);
});

const lane = (role: string, ...nodes: string[]) =>
  `<laneSet id="ls"><lane id="l" name="Lane"><extensionElements><aims:lane role="${role}" /></extensionElements>${nodes.map((id) => `<flowNodeRef>${id}</flowNodeRef>`).join('')}</lane></laneSet>`;
const tasksOf = async (id: string, more = '') => (await manager.do('GET', `process-tasks?who=all&instance=${id}${more}`)).items ?? [];
const takeAway = async (visitor: Visitor) => {
  const members = await office.journey.administrator.do('GET', 'members');
  const member = members.items?.find((one) => one['personId'] === visitor.personId);
  await office.journey.administrator.do('DELETE', `members/${member?.id}`);
};

describe('tasks of who leaves', () => {
  it('are flagged when the role of their lane loses its last member, and still there to be given and done', async () => {
    await office.publish(
      'laned',
      bpmn(
        `${lane('concern_officer', 'hear', 'answer')}${startAndEnd}${userTask('hear')}${userTask('answer')}${flow('s', 'hear', 'answer', 'e')}`,
      ),
    );
    const officer = await office.journey.enter('concern_officer');
    const [free, taken] = [await office.start('laned'), await office.start('laned')];
    const claimed = (await tasksOf(taken))[0]?.id ?? '';
    await officer.do('POST', `process-tasks/${claimed}/claim`, {});
    expect([...(await tasksOf(free)), ...(await tasksOf(taken))]).toMatchObject([
      { role: 'concern_officer', unstaffed: false, person: null },
      { role: 'concern_officer', unstaffed: false, person: { id: officer.personId } },
    ]);
    expect(await manager.do('GET', 'process-tasks/count')).toMatchObject({ open: 2, unstaffed: 0 });
    await takeAway(officer);
    expect([...(await tasksOf(free, '&unstaffed=true')), ...(await tasksOf(taken, '&unstaffed=true'))]).toMatchObject([
      { node: 'hear', state: 'open', unstaffed: true },
      { node: 'hear', state: 'open', unstaffed: true },
    ]);
    expect(await manager.do('GET', 'process-tasks/count')).toMatchObject({ open: 2, unstaffed: 2 });
    for (const run of [free, taken]) {
      const task = (await tasksOf(run))[0]?.id ?? '';
      await manager.do('POST', `process-tasks/${task}/reassign`, { person: manager.personId, reason: 'the officer has left' });
      await manager.do('POST', `process-tasks/${task}/complete`, {});
      // What comes next in the lane is for nobody again, and comes all the same.
      expect(await tasksOf(run)).toMatchObject([{ node: 'answer', unstaffed: true }]);
    }
  });
});

describe('somebody who is erased', () => {
  const name = 'Former Qualitäts officer';
  const words = [name, 'risk_manager@leaves.example.org'];
  let leaver: Visitor;
  let run: string;
  let task: string;
  const codes = async () => {
    const seen = await office.journey.administrator.do('GET', `people/${leaver.personId}/erasure`);
    return { duties: seen['duties'], against: (seen['against'] as { code: string }[]).map(({ code }) => code) };
  };

  beforeAll(async () => {
    leaver = await office.journey.enter('risk_manager', { name });
    await office.publish(
      'named',
      bpmn(
        `${startAndEnd}${userTask('look', { role: 'risk_manager' })}${userTask('then', { role: 'risk_manager' })}${flow('s', 'look', 'then', 'e')}`,
      ),
      {
        note: `Wished for by ${name}`,
      },
    );
    run = await office.start('named', { title: `What ${name} found`, variables: { said: `by ${name}` } });
    const first = (await tasksOf(run))[0]?.id ?? '';
    await leaver.do('POST', `process-tasks/${first}/claim`, {});
    await leaver.do('POST', `process-tasks/${first}/complete`, { comment: `Done, ${name}`, variables: { who: name } });
    task = (await tasksOf(run))[0]?.id ?? '';
    await manager.do('POST', `process-tasks/${task}/reassign`, { person: leaver.personId, reason: `${name} knows it best` });
    await manager.do('POST', `process-instances/${run}/suspend`, { reason: `until ${name} is back` });
    await manager.do('POST', `process-instances/${run}/resume`, {});
    const guarded = userTask('in', { form: 'systems:register' });
    await office.publish('guard', bpmn(`${startAndEnd}${guarded}${flow('s', 'in', 'e')}`));
    const gate = { register: 'systems', command: 'register', process: 'guard', reason: 'only what was looked at' };
    await manager.do('PUT' as 'POST', 'processes/gates', gate);
    const system = await manager.do('POST', 'systems', { name: 'Triage', owner: manager.personId });
    await manager.do('POST', `systems/${system.id}/suspend`, { reason: `${name} saw harm` });
    await anchorAll(office.journey, keys);
  });

  it('has open tasks among his duties until they are handed over', async () => {
    await takeAway(leaver);
    expect(await codes()).toMatchObject({
      duties: [{ register: 'process-tasks', id: task, identifier: expect.stringMatching(/^RUN-\d{4}$/), title: 'Do then' }],
      against: ['OPEN_DUTIES'],
    });
    expect(await tasksOf(run)).toMatchObject([{ unstaffed: true }]);
    await manager.do('POST', `process-tasks/${task}/reassign`, { person: manager.personId, reason: 'he has left' });
    expect(await codes()).toEqual({ duties: [], against: [] });
  });

  it('is named afterwards in no row of a process; the run goes on, and all verifies', async () => {
    const places = (await placesOf(office.journey.owner, words)).filter((place) => place.startsWith('public.process_'));
    expect(places).toEqual(
      expect.arrayContaining([
        'public.process_deviations.reason',
        'public.process_happenings.detail',
        'public.process_instances.title',
        'public.process_scopes.variables',
        'public.process_versions.note',
      ]),
    );
    const { status } = await office.journey.administrator.ask('POST', `people/${leaver.personId}/erase`, {
      reason: 'Asked for by the person',
      password,
    });
    expect(status).toBe(200);
    expect(await placesOf(office.journey.owner, words)).toEqual([]);
    expect(await manager.do('GET', `process-instances/${run}`)).toMatchObject({
      title: 'What [erased] found',
      variables: { said: 'by [erased]', who: '[erased]' },
      tasks: [{ node: 'look', doneBy: { name: '[erased]' } }, { node: 'then' }],
    });
    await manager.do('POST', `process-tasks/${task}/complete`, {});
    await anchorAll(office.journey, keys);
    expect(await faultsIn(office.journey)).toEqual([]);
  });
});
