import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, everyRecord, password, type Visitor } from '../journey/testing.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
/** Each role of the maps is one person, and each does what the lane says. */
let by: Readonly<Record<string, Visitor>>;
beforeAll(async () => {
  office = await createOffice('shipped');
  const { journey, manager, management } = office;
  by = {
    aims_manager: manager,
    top_management: management,
    risk_manager: await journey.enter('risk_manager'),
    system_owner: await journey.enter('system_owner'),
    internal_auditor: await journey.enter('internal_auditor'),
  };
  await journey.administrator.do('POST', 'authorities', {
    title: 'Designated management',
    holder: management.personId,
    riskLevelLimit: 25,
    approvesPlans: true,
    approvesCriteria: true,
    approvesSoa: true,
    fromDate: '2026-01-01',
  });
});
afterAll(() => office.close());

const visitor = (role: string): Visitor => by[role] as Visitor;
const adopt = async (key: string) => {
  const made = await office.manager.do('POST', 'processes', { shipped: key });
  const version = (made['newest'] as { id: string }).id;
  expect(await office.manager.do('GET', `process-versions/${version}`)).toMatchObject({ executable: true, refusals: [] });
  await office.manager.do('POST', `process-versions/${version}/submit`, {});
  await office.management.do('POST', `process-versions/${version}/approve`, { password });
};

const openTasks = async (instance: string) =>
  (await office.manager.do('GET', `process-tasks?who=all&instance=${instance}&state=open`)).items ?? [];

/** Does the one open task at this node as its role, with the evidence that it asks for. */
const complete = async (instance: string, node: string, given: object = {}) => {
  const found = (await openTasks(instance)).find((task) => task['node'] === node);
  if (found === undefined)
    throw new Error(`expected an open task at ${node}, got ${(await openTasks(instance)).map((task) => task['node']).join(', ')}`);
  const task = await office.manager.do('GET', `process-tasks/${found.id}`);
  const role = visitor(String(task['role']));
  const evidence = [];
  for (const kind of task['evidence'] as string[]) {
    const piece = await role.do('POST', 'evidence', { title: kind, kind: 'statement', collectedOn: new Date().toISOString().slice(0, 10) });
    evidence.push({ evidence: piece.id, kind });
  }
  await role.do('POST', `process-tasks/${found.id}/complete`, { evidence, ...given });
};

const nodesOf = async (instance: string) => {
  const run = await office.manager.do('GET', `process-instances/${instance}`);
  const history = run['history'] as { what: string; node: string }[];
  return { status: run['status'], done: history.filter(({ what }) => what === 'completed').map(({ node }) => node) };
};

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
    await adopt('soa-approval');
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
