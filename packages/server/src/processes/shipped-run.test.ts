import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, everyRecord, password } from '../journey/testing.ts';
import { fireDueTimers } from './clock.ts';
import { createOffice, type Office } from './testing/office.ts';
import { createWalk, type Walk } from './testing/walk.ts';

let office: Office;
let walk: Walk;
beforeAll(async () => {
  office = await createOffice('shipped');
  walk = await createWalk(office);
  await walk.adopt('soa-approval');
});
afterAll(() => office.close());

const visitor: Walk['visitor'] = (role) => walk.visitor(role);
const adopt: Walk['adopt'] = (key) => walk.adopt(key);
const openTasks: Walk['openTasks'] = (instance) => walk.openTasks(instance);
const complete: Walk['complete'] = (...given) => walk.complete(...given);
const nodesOf: Walk['nodesOf'] = (instance) => walk.nodesOf(instance);

const treatedRisk = async () => {
  const { manager, management } = office;
  const owner = visitor('system_owner');
  const criteria = await manager.do('POST', 'risk-criteria', {});
  await manager.do('POST', `risk-criteria/${criteria.id}/submit`, {});
  await management.do('POST', `risk-criteria/${criteria.id}/approve`, { password });
  const risk = await owner.do('POST', 'risks', {
    statement: 'Wrong answers reach people',
    owner: owner.personId,
    source: 'RS-DATA-COVERAGE',
  });
  const rating = {
    likelihood: 4,
    organisation: { rating: 4 },
    individuals: { rating: 4 },
    societies: { notApplicable: 'Used inside one team only' },
  };
  await owner.do('POST', `risks/${risk.id}/assess`, rating);
  await owner.do('POST', 'treatments', {
    title: 'Check answers before they are sent',
    risk: risk.id,
    option: 'modify',
    modifies: 'likelihood',
    controls: ['A.6.2.6'],
    owner: owner.personId,
    resources: 'Two days a month',
    dueDate: '2027-06-30',
    expectedLikelihood: 1,
    expectedConsequence: 4,
    effectivenessMeasure: 'Fewer than 1 wrong answer in 100',
  });
  return risk;
};

const decidedSoa = async (risk: Answered) => {
  const soa = await office.manager.do('POST', 'soa-versions', { ownControlsStatement: 'Annex A is enough for what we do' });
  await office.manager.do('POST', `soa-versions/${soa.id}/suggest`, {});
  for (const { id, version, control, reasons } of await everyRecord(office.manager, `soa-entries?soa=${soa.id}`)) {
    const why =
      control === 'A.6.2.6'
        ? { reasons: ['risk'], risks: [risk.id] }
        : (reasons as string[]).length > 0
          ? {}
          : { reasons: ['own_choice'], justification: 'Good practice that we chose' };
    const set = { decision: 'included', owner: visitor('system_owner').personId, ...why };
    await office.manager.do('PATCH', `soa-entries/${id}`, set, { 'if-match': `"${version}"` });
  }
  return soa;
};

describe('the AIMS life cycle over HTTP', () => {
  it('runs on real records: with a major open through correction and follow-up, then to improvement and its end', async () => {
    await adopt('aims-life-cycle');
    const id = await office.start('aims-life-cycle', { title: 'First cycle' });
    const scope = await office.manager.do('POST', 'scope-statements', { statement: 'All AI systems of the organisation' });
    await complete(id, 'scope', { record: scope.id });
    await complete(id, 'approveScope', { record: scope.id, password });
    expect(await office.manager.do('GET', `scope-statements/${scope.id}`)).toMatchObject({ state: 'approved' });
    await complete(id, 'policy');
    const risk = await treatedRisk();
    await complete(id, 'impacts');
    await complete(id, 'risks');
    const plan = await office.manager.do('POST', 'treatment-plans', {});
    await complete(id, 'plan', { record: plan.id });
    await complete(id, 'approvePlan', { record: plan.id, password });
    const soa = await decidedSoa(risk);
    await complete(id, 'applicability', { record: soa.id });
    // The approval is bound to both processes that come with a step for it: each of them still gets through.
    const bound = { register: 'soa-versions', command: 'approve', reason: 'signed only once it was looked through' };
    for (const process of ['aims-life-cycle', 'soa-approval'])
      await office.manager.do('PUT' as 'POST', 'processes/gates', { ...bound, process });
    const direct = await office.management.ask('POST', `soa-versions/${soa.id}/approve`, { password });
    expect(direct).toMatchObject({ status: 409, body: { problems: [{ code: 'GATED' }] } });
    const both = '"Approval of the Statement of Applicability" or "AIMS life cycle"';
    expect(direct.body.problems).toMatchObject([{ message: `expected "approve" within a run of ${both}, got it outside` }]);
    await complete(id, 'approveApplicability', { record: soa.id, password });
    expect(await office.manager.do('GET', `soa-versions/${soa.id}`)).toMatchObject({ state: 'approved' });
    await complete(id, 'controls');
    const test = {
      title: 'Answers are watched',
      control: 'A.6.2.6',
      testedOn: new Date().toISOString().slice(0, 10),
      outcome: 'effective',
    };
    await complete(id, 'test', { form: test });
    for (const node of ['audit', 'inputs', 'review']) await complete(id, node);
    await expect(complete(id, 'open', { form: { majorOpen: true } })).rejects.toThrow('ANSWER_NEEDED');
    await complete(id, 'open', { form: { majorOpen: true, overdue: 0 } });
    await complete(id, 'correct');
    await complete(id, 'followUp');
    await complete(id, 'open', { form: { majorOpen: false, overdue: 0 } });
    await complete(id, 'improve');
    const { status, done } = await nodesOf(id);
    expect(status).toBe('completed');
    expect(done.slice(-5)).toEqual(['open', 'correct', 'followUp', 'open', 'improve']);
  });
});

describe('the approval of a Statement of Applicability over HTTP', () => {
  it('gives reasons and status to two people at once', async () => {
    const soa = await office.manager.do('POST', 'soa-versions', {});
    const id = await office.start('soa-approval', { record: { register: 'soa-versions', id: soa.id } });
    await complete(id, 'suggest');
    expect((await openTasks(id)).map((task) => task['node']).toSorted()).toEqual(['reasons', 'status']);
  });
});

describe('AI onboarding over HTTP', () => {
  it('takes a candidate through screen and scope into the register', async () => {
    await adopt('ai-onboarding');
    const owner = visitor('system_owner');
    const system = await owner.do('POST', 'systems', { name: 'Support triage', owner: owner.personId });
    const id = await office.start('ai-onboarding', { record: { register: 'systems', id: system.id } });
    await complete(id, 'intake', { form: { purpose: 'Sorts tickets', intendedUse: 'By the support team' } });
    const answers = {
      aiSystem: 'yes',
      unionLinks: ['2-1-b'],
      exclusions: [],
      roles: ['deployer'],
      roleChanges: [],
      prohibitedPractices: [],
      product: { sections: [] },
      annexIII: [],
      transparencyCases: ['50-3'],
      modelDuties: [],
    };
    await complete(id, 'screen', { form: { answers } });
    await complete(id, 'confirm', { form: {} });
    await complete(id, 'roles', { form: { scopeDecision: 'in', rolesStandard: ['user'], rolesLaw: ['deployer'] } });
    await complete(id, 'impacts');
    await complete(id, 'register', { form: {} });
    expect((await nodesOf(id)).status).toBe('completed');
    expect(await owner.do('GET', `systems/${system.id}`)).toMatchObject({ state: 'registered', lawFlags: ['transparency'] });
  });
});

describe('risk assessment and treatment over HTTP', () => {
  it('takes a risk above the threshold through second reader, plan, treatment and check to its acceptance', async () => {
    await adopt('risk-assessment-treatment');
    const owner = visitor('system_owner');
    const statement = 'Answers are trusted without a look';
    const risk = await owner.do('POST', 'risks', { statement, owner: owner.personId, source: 'RS-DATA-COVERAGE' });
    const id = await office.start('risk-assessment-treatment', { record: { register: 'risks', id: risk.id } });
    const readTwice = async (secondReaderBands: number) => {
      const { manager, management } = office;
      const criteria = await manager.do('POST', 'risk-criteria', {});
      await manager.do('POST', `risk-criteria/${criteria.id}/setScales`, { ...(criteria['scales'] as object), secondReaderBands });
      await manager.do('POST', `risk-criteria/${criteria.id}/submit`, {});
      await management.do('POST', `risk-criteria/${criteria.id}/approve`, { password });
    };
    const rate = (likelihood: number, kind: string) => ({
      kind,
      likelihood,
      organisation: { rating: 4 },
      individuals: { rating: 4 },
      societies: { notApplicable: 'Used inside one team only' },
    });
    // Where the criteria ask for no second reader, the treatment is chosen at once.
    const other = await owner.do('POST', 'risks', { statement: 'Answers come late', owner: owner.personId, source: 'RS-DATA-COVERAGE' });
    const once = await office.start('risk-assessment-treatment', { record: { register: 'risks', id: other.id } });
    await complete(once, 'assess', { form: rate(4, 'inherent') });
    expect(await openTasks(once)).toMatchObject([{ node: 'choose' }]);
    await readTwice(4);
    await complete(id, 'assess', { form: rate(4, 'inherent') });
    const [second] = await openTasks(id);
    expect(second).toMatchObject({ node: 'second', notBy: ['assess'] });
    await expect(complete(id, 'second', { form: {} })).rejects.toThrow('NOT_BY_THE_SAME');
    await office.manager.do('POST', `process-tasks/${second?.id}/reassign`, { person: office.manager.personId, reason: 'a second reader' });
    await complete(id, 'second', { form: {} }, office.manager);
    const treatment = {
      title: 'Show sources beside each answer',
      risk: risk.id,
      option: 'modify',
      modifies: 'likelihood',
      controls: ['A.6.2.6'],
      owner: owner.personId,
      resources: 'One week',
      dueDate: '2027-06-30',
      expectedLikelihood: 1,
      expectedConsequence: 4,
      effectivenessMeasure: 'Nine of ten answers are looked up',
    };
    await complete(id, 'choose', { form: treatment });
    await complete(once, 'choose', { form: { ...treatment, title: 'Answer faster', risk: other.id } });
    const made = (await office.manager.do('GET', `process-instances/${id}`))['variables'] as { treatments_id: string };
    const plan = await office.manager.do('POST', 'treatment-plans', {});
    await complete(id, 'submit', { record: plan.id });
    await complete(id, 'approve', { record: plan.id, password });
    await complete(id, 'start', { record: made.treatments_id, form: {} });
    // The register asks for evidence that names the treatment, beside the kind that the step asks for.
    await owner.do('POST', 'evidence', {
      title: 'Sources are shown',
      kind: 'statement',
      collectedOn: new Date().toISOString().slice(0, 10),
      treatments: [made.treatments_id],
    });
    await complete(id, 'finish', { record: made.treatments_id, form: {} });
    await complete(id, 'check', { record: made.treatments_id, form: { effective: true, note: 'Counted over one month' } });
    await complete(id, 'residual', { form: rate(1, 'residual') });
    await complete(id, 'further', { form: { treatFurther: false } });
    await complete(id, 'accept', { form: { reason: 'Small enough, and watched' }, password });
    if ((await openTasks(id)).length > 0) await complete(id, 'approveAcceptance', { form: {}, password });
    expect((await nodesOf(id)).status).toBe('completed');
    expect(await owner.do('GET', `risks/${risk.id}`)).toMatchObject({ state: 'residual_accepted' });
    expect(await owner.do('GET', `treatments/${made.treatments_id}`)).toMatchObject({ state: 'effective' });
  });
});

describe('certification over HTTP', () => {
  it('goes from the application with findings through two years of surveillance to its renewal', async () => {
    await adopt('certification');
    const id = await office.start('certification');
    for (const node of ['ready', 'apply', 'stage1', 'concerns']) await complete(id, node);
    await complete(id, 'stage2', { form: { nonconformities: 2 } });
    for (const node of ['correct', 'answer']) await complete(id, node);
    await complete(id, 'decision', { form: { certified: true } });
    const later = (days: number) => () => new Date(Date.now() + days * 86_400_000);
    const fire = (days: number) => fireDueTimers({ database: office.journey.house.database, now: later(days) });
    for (const _ of ['the first year', 'the second']) {
      expect(await openTasks(id)).toEqual([]);
      expect(await fire(290)).toBe(0);
      expect(await fire(310)).toBe(1);
      for (const node of ['surveil', 'close']) await complete(id, node);
    }
    await complete(id, 'renew');
    expect((await nodesOf(id)).status).toBe('completed');
  });
});
