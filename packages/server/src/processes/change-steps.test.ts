import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('steps');
  ({ manager } = office);
});
afterAll(() => office.close());

const map = bpmn(
  `<laneSet id="ls"><lane id="l" name="Office"><flowNodeRef>b</flowNodeRef></lane></laneSet>${startAndEnd}${userTask('a', { role: 'contributor', due: 'P5D', evidence: 'minutes' })}<userTask id="b" name="Look" />${flow('s', 'a', 'b', 'e')}`,
);
const draft = async (key: string) => (await manager.do('POST', 'processes', { key, xml: map }))['newest'] as { id: string };
const patch = (id: string, version: number, body: object, who = manager) =>
  who.ask('PATCH', `process-versions/${id}/steps`, body, { 'if-match': `"${version}"` });
const stepOf = (read: object, id: string) => (read as { steps: { id: string }[] }).steps.find((step) => step.id === id);

describe('changing steps without drawing', () => {
  it('changes a draft itself, and nothing of it that was not said', async () => {
    const { id } = await draft('itself');
    const before = await manager.do('GET', `process-versions/${id}`);
    const { status, body } = await patch(id, 1, {
      steps: [
        { id: 'a', due: 'P9D', evidence: [], references: ['8.2'], escalateTo: 'top_management', raci: { top_management: 'informed' } },
        { id: 'l', role: 'internal_auditor' },
      ],
    });
    expect([status, body.id, body.version]).toEqual([200, id, 2]);
    expect(stepOf(body, 'a')).toMatchObject({
      role: 'contributor',
      due: 'P9D',
      evidence: [],
      references: ['8.2'],
      escalateTo: 'top_management',
      raci: { top_management: 'informed' },
    });
    expect(stepOf(body, 'b')).toMatchObject({ role: 'internal_auditor' });
    expect(String(body['xml']).replaceAll(/<extensionElements>[\s\S]*?<\/extensionElements>|\s+/g, '').length).toBe(
      String(before['xml']).replaceAll(/<extensionElements>[\s\S]*?<\/extensionElements>|\s+/g, '').length,
    );
    // Said once more it changes nothing, not even the version.
    expect((await patch(id, 2, { steps: [{ id: 'a', due: 'P9D' }] })).body).toMatchObject({ id, version: 2 });
  });

  it('makes the next draft of an approved version, which stays as it is', async () => {
    const mapId = await office.publish('next', map);
    const old = (await manager.do('GET', `processes/${mapId}`))['inForce'] as { id: string };
    const { version } = await manager.do('GET', `process-versions/${old.id}`);
    const made = await patch(old.id, version, { steps: [{ id: 'a', role: 'risk_manager' }], note: 'The risk manager does it' });
    expect(made.body).toMatchObject({ number: 2, state: 'draft', note: 'The risk manager does it' });
    expect(stepOf(await manager.do('GET', `process-versions/${old.id}`), 'a')).toMatchObject({ role: 'contributor' });
    const behind = await patch(old.id, version, { steps: [{ id: 'a', role: 'reader' }] });
    expect([behind.status, behind.body.problems?.map(({ code }) => code)]).toEqual([409, ['NOT_NEWEST']]);
    await manager.do('POST', `process-versions/${made.body.id}/submit`, {});
    expect((await patch(made.body.id, 2, { steps: [{ id: 'a', role: 'reader' }] })).body.problems).toMatchObject([{ code: 'WRONG_STAGE' }]);
    await office.management.do('POST', `process-versions/${made.body.id}/approve`, { password });
    const run = await office.start('next');
    expect((await manager.do('GET', `process-tasks?who=all&instance=${run}`)).items).toMatchObject([{ role: 'risk_manager' }]);
  });

  it('is refused by who saw another version, may not, or says what nobody could follow; nothing is changed then', async () => {
    const { id } = await draft('refused');
    expect((await patch(id, 7, { steps: [{ id: 'a', due: 'P1D' }] })).status).toBe(412);
    expect((await patch(id, 1, { steps: [{ id: 'a', due: 'P1D' }] }, office.management)).status).toBe(403);
    for (const [steps, fields] of [
      [[{ id: 'nowhere', due: 'P1D' }], ['NO_SUCH_STEP steps.0.id']],
      [[{ id: 's', role: 'reader' }], ['NO_SUCH_STEP steps.0.id']],
      [
        [
          { id: 'b', due: 'P1D' },
          { id: 'a', form: 'systems:fly' },
        ],
        ['NO_SUCH_FORM steps.1'],
      ],
      [[{ id: 'a', due: 'PXD' }], ['DUE_UNREADABLE steps.0']],
      [[{ id: 'a', notBy: ['nowhere'] }], ['NO_SUCH_STEP steps.0']],
    ] as const) {
      const { status, body } = await patch(id, 1, { steps });
      expect([status, body.problems?.map(({ code, field }) => `${code} ${field}`)]).toEqual([422, fields]);
    }
    expect((await patch(id, 1, { steps: [{ id: 'a', role: 'king' }] })).status).toBe(422);
    expect(await manager.do('GET', `process-versions/${id}`)).toMatchObject({ version: 1 });
  });
});
