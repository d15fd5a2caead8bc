import { roles } from '@aimwell/core/roles/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../demo/cast.ts';
import { demoSlug, loadDemo } from '../demo/load.ts';
import { type Answered, createJourney, everyRecord, type Journey, password, type Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { unsoundRows } from './testing/soundness.ts';

// The demonstration organisation goes once round its management system: every step by the role of its lane, with evidence.
let journey: Journey;
let by: Readonly<Record<string, Visitor>>;
beforeAll(async () => {
  journey = await createJourney('house');
  await loadDemo(journey.house, { password });
  const members = roles.filter((role) => role !== 'external_auditor');
  by = Object.fromEntries(await Promise.all(members.map(async (role) => [role, await journey.visit(demoSlug, addressOf(role))] as const)));
}, 120_000);
afterAll(() => journey.close());

const as = (role: string): Visitor => by[role] as Visitor;
const today = () => new Date().toISOString().slice(0, 10);
const openTasks = async (run: string) =>
  (await as('aims_manager').do('GET', `process-tasks?who=all&instance=${run}&state=open`)).items ?? [];

const piece = async (role: string, kind: string) => {
  const made = await as(role).do('POST', 'evidence', { title: `${kind} of this cycle`, kind: 'statement', collectedOn: today() });
  return { evidence: made.id, kind };
};

/** Does the open task at a node as its role: with the evidence that it asks for, else with a piece of its own. */
const complete = async (run: string, node: string, given: object = {}) => {
  const open = await openTasks(run);
  const found = open.find((task) => task['node'] === node);
  if (found === undefined) throw new Error(`expected a task at ${node}, got ${open.map((task) => task['node']).join(', ')}`);
  const task = await as('aims_manager').do('GET', `process-tasks/${found.id}`);
  const role = String(task['role']);
  const kinds = task['evidence'] as string[];
  const evidence = await Promise.all((kinds.length > 0 ? kinds : ['note']).map((kind) => piece(role, kind)));
  await as(role).do('POST', `process-tasks/${found.id}/complete`, { evidence, ...given });
};

const personNamed = async (wanted: string) => (await everyRecord(as('risk_manager'), 'people')).find(({ name }) => name === wanted)?.id;

const treatWhatIsAbove = async () => {
  const manager = as('risk_manager');
  const [found] = (await everyRecord(manager, 'risks')).filter(({ identifier }) => identifier === 'RSK-0014');
  await manager.do('POST', 'treatments', {
    title: 'Compare forecasts with what was sold',
    risk: found?.id,
    option: 'modify',
    modifies: 'likelihood',
    controls: ['A.6.2.6'],
    owner: await personNamed('Risk manager'),
    resources: 'One day a month',
    dueDate: '2027-06-30',
    expectedLikelihood: 1,
    expectedConsequence: 4,
    effectivenessMeasure: 'Fewer than 1 wrong order in 100',
  });
};

/** The draft of the demonstration leaves out a control that its own suppliers call for; the rule says so until it is taken in. */
const mendedSoa = async (plan: string): Promise<Answered> => {
  const manager = as('risk_manager');
  const draft = (await everyRecord(manager, 'soa-versions')).find(({ state }) => state === 'draft') as Answered;
  expect(await manager.against(`soa-versions/${draft.id}/submit`)).toContain('EXCLUDED_BUT_TREATED A.10.3');
  const version = `"${draft.version}"`;
  await manager.do(
    'PATCH',
    `soa-versions/${draft.id}`,
    { treatmentPlan: plan, ownControlsStatement: 'Annex A is enough' },
    { 'if-match': version },
  );
  const entries = await everyRecord(manager, `soa-entries?soa=${draft.id}`);
  const entry = entries.find(({ control }) => control === 'A.10.3') as Answered;
  const set = {
    decision: 'included',
    reasons: ['own_choice'],
    justification: 'Suppliers of models are recorded',
    owner: (entry['owner'] as Answered | null)?.id ?? (await personNamed('Risk manager')),
  };
  await manager.do('PATCH', `soa-entries/${entry.id}`, set, { 'if-match': `"${entry.version}"` });
  return draft;
};

/** From the start to the question what is still open. */
const untilOpen = async (title: string, soaFor: (plan: string) => Promise<string>) => {
  const { id } = await as('aims_manager').do('POST', 'process-instances', { process: 'aims-life-cycle', title });
  const scope = (await as('aims_manager').do('POST', 'scope-statements', { statement: `All AI systems of TechServe: ${title}` })).id;
  const plan = (await as('risk_manager').do('POST', 'treatment-plans', {})).id;
  await complete(id, 'scope', { record: scope });
  await complete(id, 'approveScope', { record: scope, password });
  for (const node of ['policy', 'impacts', 'risks']) await complete(id, node);
  await complete(id, 'plan', { record: plan });
  await complete(id, 'approvePlan', { record: plan, password });
  const soa = await soaFor(plan);
  await complete(id, 'applicability', { record: soa });
  await complete(id, 'approveApplicability', { record: soa, password });
  await complete(id, 'controls');
  await complete(id, 'test', { form: { title: 'Answers are watched', control: 'A.6.2.6', testedOn: today(), outcome: 'effective' } });
  for (const node of ['audit', 'inputs', 'review']) await complete(id, node);
  return id;
};

interface Line {
  readonly what: string;
  readonly node: string;
  readonly detail: { readonly answers?: object } | null;
}
const pathOf = async (id: string) => {
  const run = await as('aims_manager').do('GET', `process-instances/${id}`);
  const done = (run['history'] as Line[]).filter(({ what }) => what === 'completed').map(({ node }) => node);
  return { status: run['status'], fromOpen: done.slice(done.indexOf('open')), all: done, attached: (run['attached'] as unknown[]).length };
};

describe('the AIMS life cycle of the demonstration organisation', () => {
  it('goes through correction and follow-up for an open major and for one overdue, then to improvement and its end', async () => {
    await treatWhatIsAbove();
    const minor = bpmn(`${startAndEnd}${userTask('mend')}${flow('s', 'mend', 'e')}`);
    const map = await as('aims_manager').do('POST', 'processes', { key: 'minor-nonconformity', xml: minor });
    const version = (map['newest'] as Answered).id;
    await as('aims_manager').do('POST', `process-versions/${version}/submit`, {});
    await as('top_management').do('POST', `process-versions/${version}/approve`, { password });
    const minors = [];
    for (const title of ['First minor', 'Second minor'])
      minors.push((await as('aims_manager').do('POST', 'process-instances', { process: 'minor-nonconformity', title })).id);

    const id = await untilOpen('First cycle', async (plan) => (await mendedSoa(plan)).id);
    await complete(id, 'open', { form: { majorOpen: true, overdue: 0 } });
    expect((await openTasks(id)).map(({ node }) => node)).toEqual(['correct']);
    await complete(id, 'correct');
    await complete(id, 'followUp');
    await complete(id, 'open', { form: { majorOpen: false, overdue: 1 } });
    await complete(id, 'correct');
    await complete(id, 'followUp');
    await complete(id, 'open', { form: { majorOpen: false, overdue: 0 } });
    await complete(id, 'improve');
    const { status, fromOpen, all, attached } = await pathOf(id);
    expect(status).toBe('completed');
    expect(fromOpen).toEqual(['open', 'correct', 'followUp', 'open', 'correct', 'followUp', 'open', 'improve']);
    // Every task that was done has at least one piece of evidence; `planned` is a gateway.
    expect(attached).toBeGreaterThanOrEqual(all.filter((node) => node !== 'planned').length);
    for (const run of minors) expect(await as('aims_manager').do('GET', `process-instances/${run}`)).toMatchObject({ status: 'active' });
  }, 120_000);

  it('with none goes straight to improvement, and what decided stands in the history with its source', async () => {
    const id = await untilOpen(
      'Second cycle',
      async (plan) =>
        (await as('risk_manager').do('POST', 'soa-versions', { treatmentPlan: plan, ownControlsStatement: 'Annex A is enough' })).id,
    );
    const task = (await openTasks(id)).find(({ node }) => node === 'open');
    expect(await as('aims_manager').against(`process-tasks/${task?.id}/complete`, { form: { majorOpen: false, overdue: 0 } })).toEqual([
      'EVIDENCE_MISSING evidence',
    ]);
    await complete(id, 'open', { form: { majorOpen: false, overdue: 0 } });
    await complete(id, 'improve');
    const { status, fromOpen } = await pathOf(id);
    expect([status, fromOpen]).toEqual(['completed', ['open', 'improve']]);
    const run = await as('aims_manager').do('GET', `process-instances/${id}`);
    const answered = (run['history'] as Line[]).filter(({ what, node }) => what === 'completed' && node === 'open');
    expect(answered.map(({ detail }) => detail?.answers)).toEqual([{ majorOpen: false, overdue: 0 }]);
    expect(run['attached']).toContainEqual(expect.objectContaining({ kind: 'nonconformity-list' }));
    expect(await unsoundRows(journey.owner)).toEqual([]);
  }, 120_000);
});
