import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTreatmentBehaviours } from '../treatment/behaviours.ts';
import { createRiskRooms, rated, type RiskRooms } from './testing.ts';

let rooms: RiskRooms;
beforeAll(async () => {
  rooms = await createRiskRooms(createTreatmentBehaviours);
});
afterAll(() => rooms.drop());

const scales = (steps: number) => ({
  likelihood: Array.from({ length: steps }, (_, index) => ({ label: `Step ${index}`, meaning: '' })),
  consequence: Array.from({ length: steps }, (_, index) => ({ label: `Step ${index}`, organisation: '', individuals: '', societies: '' })),
  bands: [
    { name: 'Low', min: 1, max: 3, reviewMonths: 12 },
    { name: 'High', min: 4, max: steps * steps, reviewMonths: 3 },
  ],
});

describe('a new version of the criteria', () => {
  it('starts from the default scales, with number, name and threshold', async () => {
    const version = await rooms.create(riskCriteria, {});
    expect(version).toMatchObject({ versionNumber: 1, name: 'Risk criteria 1', threshold: 9, state: 'draft' });
    expect((version['scales'] as { likelihood: unknown[] }).likelihood).toHaveLength(5);
  });

  it('keeps what a person gave', async () => {
    expect(await rooms.create(riskCriteria, { name: 'Three steps', threshold: 4 })).toMatchObject({
      versionNumber: 2,
      name: 'Three steps',
      threshold: 4,
    });
  });

  it('takes other scales, and refuses some that leave a level without a band', async () => {
    const version = await rooms.create(riskCriteria, { threshold: 4 });
    expect(
      await rooms.against(
        rooms.run(riskCriteria, version.id, 'setScales', {
          ...scales(3),
          bands: [
            { name: 'Low', min: 1, max: 2, reviewMonths: 12 },
            { name: 'High', min: 4, max: 9, reviewMonths: 3 },
          ],
        }),
      ),
    ).toEqual(['BANDS_GAP']);
    expect((await rooms.run(riskCriteria, version.id, 'setScales', scales(3)))['scales']).toEqual(scales(3));
  });

  it('is not submitted while the threshold lies outside its scales', async () => {
    const version = await rooms.create(riskCriteria, { threshold: 20 });
    await rooms.run(riskCriteria, version.id, 'setScales', scales(3));
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'submit'))).toEqual(['THRESHOLD_RANGE']);
  });
});

describe('the approval', () => {
  it('is refused to the author and to whoever holds no authority', async () => {
    const version = await rooms.create(riskCriteria, {}, 'director');
    await rooms.run(riskCriteria, version.id, 'submit');
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'approve', {}, 'director'))).toEqual(['APPROVER_IS_AUTHOR']);
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'approve', {}, 'owner'))).toEqual(['NO_AUTHORITY']);
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'approve', {}, 'nobody'))).toEqual(['PERSON_NEEDED']);
  });

  it('comes after a submission that can be sent back with a reason', async () => {
    const version = await rooms.create(riskCriteria, {});
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'approve', {}, 'director'))).toEqual(['WRONG_STAGE']);
    await rooms.run(riskCriteria, version.id, 'submit');
    expect(await rooms.against(rooms.patch(riskCriteria, version.id, { threshold: 5 }))).toEqual(['NOT_A_DRAFT']);
    expect(await rooms.run(riskCriteria, version.id, 'sendBack', { reason: 'Too high' }, 'director')).toMatchObject({ state: 'draft' });
    await rooms.patch(riskCriteria, version.id, { threshold: 5 });
    expect(await rooms.load(riskCriteria, version.id)).toMatchObject({ threshold: 5 });
  });

  it('supersedes the version before and leaves a signature', async () => {
    const first = await rooms.approveCriteria();
    expect(first).toMatchObject({
      state: 'approved',
      approvedBy: rooms.ids.director,
      approvedFunction: 'director',
      approvedOn: '2026-03-02',
      approvedHash: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
    rooms.setDay('2026-04-01');
    const second = await rooms.approveCriteria({ threshold: 4 });
    expect(second).toMatchObject({ state: 'approved', approvedOn: '2026-04-01' });
    expect(await rooms.load(riskCriteria, first.id)).toMatchObject({ state: 'superseded', approvedOn: '2026-03-02' });
    expect(second['approvedHash']).not.toBe(first['approvedHash']);
    expect(await rooms.against(rooms.patch(riskCriteria, second.id, { threshold: 5 }))).toEqual(['NOT_A_DRAFT']);
    expect(await rooms.against(rooms.archive(riskCriteria, second.id))).toEqual(['NOT_A_DRAFT']);
  });

  it('does not date before the version in force', async () => {
    const version = await rooms.create(riskCriteria, {});
    await rooms.run(riskCriteria, version.id, 'submit');
    expect(await rooms.against(rooms.run(riskCriteria, version.id, 'approve', { happenedOn: '2026-03-30' }, 'director'))).toEqual([
      'BEFORE_EARLIER_VERSION',
    ]);
  });
});

it('two approvals at once leave one version in force', async () => {
  const other = await createRiskRooms(createTreatmentBehaviours);
  const drafts = await Promise.all([1, 2].map(() => other.create(riskCriteria, {})));
  for (const draft of drafts) await other.run(riskCriteria, draft.id, 'submit');
  await Promise.all(drafts.map((draft) => other.run(riskCriteria, draft.id, 'approve', {}, 'director')));
  expect((await other.find(riskCriteria, {})).map((version) => version['state']).toSorted()).toEqual(['approved', 'superseded']);
  await other.drop();
});

describe('a rating', () => {
  it('uses the version in force on its day, and no other', async () => {
    const [first, second] = [
      await rooms.find(riskCriteria, { state: 'superseded' }),
      await rooms.find(riskCriteria, { state: 'approved' }),
    ].map((rows) => rows[0]?.id ?? '');
    const risk = await rooms.create(risks, { statement: 'Drift', owner: rooms.ids.owner });
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', { ...rated(2, 3), criteria: first }))).toEqual(['CRITERIA_SUPERSEDED']);
    expect(
      await rooms.against(rooms.run(risks, risk.id, 'assess', { ...rated(2, 3), criteria: second, happenedOn: '2026-03-31' })),
    ).toEqual(['CRITERIA_NOT_YET_APPROVED']);
    expect(await rooms.run(risks, risk.id, 'assess', { ...rated(2, 3), happenedOn: '2026-03-31' })).toMatchObject({
      criteria: first,
      aboveThreshold: 'no',
      inherentLevel: 6,
    });
    expect(await rooms.run(risks, risk.id, 'assess', rated(2, 3))).toMatchObject({
      criteria: second,
      aboveThreshold: 'yes',
      inherentLevel: 6,
    });
  });
});
