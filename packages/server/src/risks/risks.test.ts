import { readMatrix, readSuggestions, readTrend } from '@aimwell/contract/risks/endpoints';
import { riskAssessments, risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createTreatmentBehaviours } from '../treatment/behaviours.ts';
import { readRiskMatrix } from './reads.ts';
import { readRiskSuggestions } from './suggestions.ts';
import { createRiskRooms, rated, type RiskRooms } from './testing.ts';
import { readRiskTrend } from './trend.ts';

let rooms: RiskRooms;
beforeAll(async () => {
  rooms = await createRiskRooms(createTreatmentBehaviours, 16);
});
afterAll(() => rooms.drop());

describe('before any criteria are approved', () => {
  it('no risk is assessed', async () => {
    const risk = await rooms.create(risks, { statement: 'Early' });
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', rated(1, 1)))).toEqual(['CRITERIA_NOT_APPROVED']);
    expect(await rooms.find(riskAssessments, { risk: risk.id })).toEqual([]);
    await rooms.approveCriteria();
  });
});

describe('an assessment', () => {
  it('is a record of its own, and the risk shows it', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    expect(risk).toMatchObject({
      state: 'evaluated',
      inherentLikelihood: 4,
      inherentConsequence: 4,
      inherentLevel: 16,
      band: 'High',
      aboveThreshold: 'yes',
      assessedOn: '2026-03-02',
      reviewDue: '2026-09-02',
      views: ['organisation', 'individuals'],
    });
    expect(await rooms.load(riskAssessments, String(risk['assessment']))).toMatchObject({
      risk: risk.id,
      kind: 'inherent',
      level: 16,
      societiesRating: null,
      societiesWhy: 'Used inside one team only',
      notApplicable: ['societies'],
      assessor: rooms.ids.manager,
      mustFollow: ['decide_treatment', 'review'],
    });
    await rooms.run(risks, risk.id, 'assess', rated(2, 2));
    expect((await rooms.find(riskAssessments, { risk: risk.id })).map((row) => row['level'])).toEqual([16, 4]);
  });

  it('leaves nothing behind when it is refused', async () => {
    const risk = await rooms.create(risks, { statement: 'x' });
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', { ...rated(6, 2), individuals: {} }))).toEqual([
      'RATING_OUTSIDE_SCALE',
      'VIEW_MISSING',
    ]);
    expect(await rooms.find(riskAssessments, { risk: risk.id })).toEqual([]);
  });

  it('does not go back behind the last one', async () => {
    const risk = await rooms.ratedRisk(2, 2);
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', { ...rated(2, 2), happenedOn: '2026-03-01' }))).toContain(
      'OLDER_THAN_LAST',
    );
  });

  it('of what is left waits for the treatment', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', { ...rated(1, 4), kind: 'residual' }))).toEqual(['WRONG_STAGE']);
  });

  it('of the top band takes a second person where the criteria want it', async () => {
    await rooms.approveCriteria({}, { secondReaderBands: 1 });
    const risk = await rooms.ratedRisk(5, 5);
    expect(risk).toMatchObject({ state: 'analysed' });
    expect(await rooms.against(rooms.run(risks, risk.id, 'readSecond'))).toEqual(['READER_IS_ASSESSOR']);
    expect(await rooms.run(risks, risk.id, 'readSecond', {}, 'owner')).toMatchObject({
      state: 'evaluated',
      secondReadBy: rooms.ids.owner,
      secondReadOn: '2026-03-02',
    });
    await rooms.approveCriteria();
  });
});

describe('acceptance', () => {
  it('within the criteria is the owner’s alone', async () => {
    const risk = await rooms.ratedRisk(2, 2);
    expect(await rooms.against(rooms.run(risks, risk.id, 'accept', { reason: 'Small' }))).toEqual(['NOT_THE_OWNER']);
    expect(await rooms.run(risks, risk.id, 'accept', { reason: 'Small' }, 'owner')).toMatchObject({
      state: 'accepted_within_criteria',
      acceptedBy: rooms.ids.owner,
      acceptedFunction: 'owner',
      acceptedLevel: 4,
      acceptedUntil: '2027-03-02',
    });
  });

  it('needs a rating first', async () => {
    const risk = await rooms.create(risks, { statement: 'x', owner: rooms.ids.owner });
    expect(await rooms.against(rooms.run(risks, risk.id, 'accept', { reason: 'Small' }, 'owner'))).toEqual(['WRONG_STAGE']);
  });

  it('above the threshold is approved within the limit, by another person', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    expect(await rooms.against(rooms.run(risks, risk.id, 'approveAcceptance', {}, 'director'))).toEqual(['OWNER_FIRST']);
    expect(await rooms.run(risks, risk.id, 'accept', { reason: 'Costs more to change' }, 'owner')).toMatchObject({ state: 'evaluated' });
    expect(await rooms.against(rooms.run(risks, risk.id, 'approveAcceptance', {}, 'owner'))).toEqual([
      'APPROVER_IS_AUTHOR',
      'NO_AUTHORITY',
    ]);
    expect(await rooms.run(risks, risk.id, 'approveAcceptance', {}, 'director')).toMatchObject({
      state: 'evaluated',
      acceptanceApprovedBy: rooms.ids.director,
      acceptanceApprovedOn: '2026-03-02',
    });
    const higher = await rooms.ratedRisk(5, 5);
    await rooms.run(risks, higher.id, 'accept', { reason: 'Costs more to change' }, 'owner');
    expect(await rooms.against(rooms.run(risks, higher.id, 'approveAcceptance', {}, 'director'))).toEqual(['LIMIT_EXCEEDED']);
  });
});

describe('closing and reopening', () => {
  it('take a risk out of the matrix and back for a new rating', async () => {
    const risk = await rooms.ratedRisk(2, 2);
    await rooms.run(risks, risk.id, 'accept', { reason: 'Small' }, 'owner');
    const open = async () => (await rooms.within((tx) => readRiskMatrix(tx, rooms.contextOf('manager'), 'inherent'))).total;
    const before = await open();
    expect(await rooms.run(risks, risk.id, 'close', { reason: 'System retired' })).toMatchObject({
      state: 'closed',
      stateReason: 'System retired',
    });
    expect(await open()).toBe(before - 1);
    expect(await rooms.against(rooms.run(risks, risk.id, 'assess', rated(1, 1)))).toEqual(['WRONG_STAGE']);
    expect(await rooms.run(risks, risk.id, 'reopen', { reason: 'Back in use', trigger: 'significant_change' })).toMatchObject({
      state: 'reopened',
      stateReason: 'significant_change: Back in use',
    });
    expect(await rooms.run(risks, risk.id, 'assess', rated(5, 2))).toMatchObject({
      state: 'evaluated',
      inherentLevel: 10,
      aboveThreshold: 'yes',
    });
  });
});

describe('an opportunity', () => {
  it('is pursued or left with a reason, and never measured against the threshold', async () => {
    expect(await rooms.against(rooms.create(risks, { statement: 'Faster answers', kind: 'opportunity', pursuit: 'pursue' }))).toEqual([
      'REASON_NEEDED',
    ]);
    const found = await rooms.create(risks, {
      statement: 'Faster answers',
      kind: 'opportunity',
      pursuit: 'pursue',
      pursuitReason: 'Saves a day',
      owner: rooms.ids.owner,
    });
    expect(await rooms.run(risks, found.id, 'assess', rated(5, 5))).toMatchObject({ aboveThreshold: null, state: 'evaluated' });
    expect(await rooms.against(rooms.patch(risks, found.id, { pursuitReason: null }))).toEqual(['REASON_NEEDED']);
    expect(await rooms.against(rooms.treat(found.id))).toEqual(['WRONG_OPTION']);
  });

  it('is not what a risk is called to get rid of it', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    expect(await rooms.against(rooms.patch(risks, risk.id, { kind: 'opportunity' }))).toEqual(['RATED_ALREADY']);
    expect(await rooms.against(rooms.patch(risks, risk.id, { pursuit: 'not_pursue', pursuitReason: 'x' }))).toEqual(['NOT_AN_OPPORTUNITY']);
  });
});

describe('the figures', () => {
  it('count risks by cell for a system, empty cells included', async () => {
    const system = await rooms.create(systems, { name: 'Triage' });
    for (const [likelihood, consequence] of [
      [4, 4],
      [4, 4],
      [1, 2],
    ] as const)
      await rooms.ratedRisk(likelihood, consequence, { system: system.id });
    await rooms.create(risks, { statement: 'Not rated yet', system: system.id });
    await rooms.ratedRisk(4, 4, { kind: 'opportunity', system: system.id });
    const matrix = await rooms.within((tx) => readRiskMatrix(tx, rooms.contextOf('manager'), 'inherent', { system: system.id }));
    expect(matrix).toMatchObject({ total: 4, unrated: 1, aboveThreshold: 2, criteria: { threshold: 9, versionNumber: 3 } });
    expect(matrix.cells).toHaveLength(25);
    expect(matrix.cells.filter((cell) => cell.count > 0)).toEqual([
      { likelihood: 1, consequence: 2, level: 2, count: 1 },
      { likelihood: 4, consequence: 4, level: 16, count: 2 },
    ]);
    expect(await rooms.within((tx) => readRiskMatrix(tx, rooms.contextOf('manager'), 'residual', { system: system.id }))).toMatchObject({
      total: 4,
      unrated: 4,
      aboveThreshold: 0,
    });
  });

  it('tell month by month what the records said then', async () => {
    rooms.setDay('2026-05-10');
    const risk = await rooms.ratedRisk(5, 5);
    const trend = await rooms.within((tx) => readRiskTrend(tx, new Date('2026-06-15T00:00:00Z')));
    expect(trend.map((month) => month.month)).toEqual([
      '2025-07',
      '2025-08',
      '2025-09',
      '2025-10',
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ]);
    const at = (month: string) => trend.find((one) => one.month === month)?.aboveThreshold ?? -1;
    expect([at('2026-02'), at('2026-05') - at('2026-04'), at('2026-06') - at('2026-05')]).toEqual([0, 1, 0]);
    rooms.setDay('2026-06-20');
    await rooms.run(risks, risk.id, 'assess', rated(1, 1));
    const later = await rooms.within((tx) => readRiskTrend(tx, new Date('2026-06-21T00:00:00Z')));
    expect(later.find((one) => one.month === '2026-05')?.aboveThreshold).toBe(at('2026-05'));
    expect(later.at(-1)?.aboveThreshold).toBe(at('2026-05') - 1);
  });
});

it('figures and suggestions answer as the contract says', async () => {
  const system = await rooms.create(systems, { name: 'Shape' });
  const [matrix, months, items] = await rooms.within(
    async (tx) =>
      [
        await readRiskMatrix(tx, rooms.contextOf('manager'), 'inherent'),
        await readRiskTrend(tx, new Date('2026-06-15T00:00:00Z')),
        await readRiskSuggestions(tx, system.id, 6),
      ] as const,
  );
  expect(() => [
    readMatrix.response.parse(matrix),
    readTrend.response.parse({ months }),
    readSuggestions.response.parse({ items }),
  ]).not.toThrow();
});

describe('suggestions', () => {
  it('follow the facts of the system, and leave out what is recorded', async () => {
    const system = await rooms.create(systems, {
      name: 'Selection aid',
      significantDecisions: true,
      personalData: true,
      models: 'A gradient boosted tree; documents in storage',
    });
    const suggest = () => rooms.within((tx) => readRiskSuggestions(tx, system.id, 6));
    const first = await suggest();
    expect(first[0]?.because.length).toBeGreaterThan(0);
    expect(first.flatMap(({ because }) => because)).not.toContain('It answers from documents or data that it retrieves');
    await rooms.create(risks, { statement: first[0]?.statement ?? '', source: first[0]?.source ?? '', system: system.id });
    expect((await suggest()).map(({ source }) => source)).not.toContain(first[0]?.source);
  });

  it('are at least three, whatever is known', async () => {
    const system = await rooms.create(systems, { name: 'Unknown' });
    expect((await rooms.within((tx) => readRiskSuggestions(tx, system.id, 6))).length).toBeGreaterThanOrEqual(3);
  });

  it('of a system elsewhere are not there', async () => {
    await expect(rooms.within((tx) => readRiskSuggestions(tx, newId(), 6))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('a treatment may be drafted before the rating, and counts from then on', async () => {
  const risk = await rooms.create(risks, { statement: 'x', owner: rooms.ids.owner });
  const treatment = await rooms.treat(risk.id);
  expect(await rooms.load(risks, risk.id)).toMatchObject({ state: 'identified' });
  expect(await rooms.run(risks, risk.id, 'assess', rated(4, 4))).toMatchObject({ state: 'treatment_selected' });
  expect(await rooms.load(treatments, treatment.id)).toMatchObject({ state: 'planned' });
});
