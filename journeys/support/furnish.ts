import type { Page } from 'playwright-core';
import { api, password } from './deeds.ts';

interface Made {
  readonly id: string;
  readonly version: number;
}

/** One record of every register that people fill, so that no page is looked at empty only. Answers register → id. */
export const furnish = async (page: Page, org: string): Promise<ReadonlyMap<string, string>> => {
  const base = `/api/v1/orgs/${org}`;
  const made = new Map<string, string>();
  const create = async (register: string, values: Record<string, unknown>): Promise<Made> => {
    const record = await api<Made>(page, 'POST', `${base}/${register}`, values);
    made.set(register, record.id);
    return record;
  };
  await api(page, 'POST', `${base}/context/drafts`, { activities: ['builds', 'buys'], countries: ['EU'], holds: [] });
  const person = await create('people', { name: 'Head of Customer Service', function: 'Head of Customer Service' });
  const system = await create('systems', {
    name: 'Support chatbot',
    purpose: 'Answers routine questions of customers',
    owner: person.id,
    provider: 'Cloud language model vendor',
    rolesLaw: ['deployer'],
    scopeDecision: 'in',
  });
  await create('scope-elements', { kind: 'site', name: 'Vienna, head office' });
  await create('scope-statements', { statement: 'The management system covers the use of AI in customer service.' });
  await create('objectives', { title: 'Fewer wrong answers' });
  await create('risk-criteria', {});
  const risk = await create('risks', { statement: 'Wrong-language answers reach customers', system: system.id, owner: person.id });
  await create('treatments', {
    title: 'Test every language before release',
    risk: risk.id,
    option: 'modify',
    modifies: 'likelihood',
    controls: ['A.6.2.4'],
  });
  await create('treatment-plans', {});
  await create('soa-versions', {});
  await create('controls', { title: 'Language test set' });
  await create('control-tests', { title: 'Sample of answers', control: 'A.6.2.4', testedOn: '2026-11-02', outcome: 'effective' });
  await create('evidence', {
    title: 'Test report',
    kind: 'link',
    url: 'https://example.org/report',
    collectedOn: new Date().toISOString().slice(0, 10),
  });
  await create('role-assignments', { title: 'Keeps the register of risks', responsibility: 'risk_management', holder: person.id });
  await create('authorities', { title: 'Accepts risks', holder: person.id, riskLevelLimit: 16, fromDate: '2026-01-01' });
  await create('committees', { name: 'AI board' });
  await furnishProcess(page, base, made);
  return made;
};

const adopt = async (page: Page, base: string, shipped: string): Promise<{ readonly id: string }> => {
  const map = await api<{ id: string; newest: { id: string } }>(page, 'POST', `${base}/processes`, { shipped });
  await api(page, 'POST', `${base}/process-versions/${map.newest.id}/submit`, {});
  await api(page, 'POST', `${base}/process-versions/${map.newest.id}/approve`, { password });
  return map;
};

/** A shipped process in force with a run, so that its pages have something to show. */
const furnishProcess = async (page: Page, base: string, made: Map<string, string>): Promise<void> => {
  const map = await adopt(page, base, 'certification');
  const run = await api<{ id: string; tasks: { id: string }[] }>(page, 'POST', `${base}/process-instances`, { process: 'certification' });
  made.set('processes', map.id).set('runs', run.id);
  const [task] = run.tasks;
  if (task !== undefined) made.set('tasks', task.id);
  await furnishGate(page, base, made);
};

/** A gate that is bound, a deviation that is open since a guarded system was suspended, and a run that ended early and so skipped steps. */
const furnishGate = async (page: Page, base: string, made: ReadonlyMap<string, string>): Promise<void> => {
  await adopt(page, base, 'ai-onboarding');
  await api(page, 'PUT', `${base}/processes/gates`, {
    register: 'systems',
    command: 'register',
    process: 'ai-onboarding',
    reason: 'to look at',
  });
  await api(page, 'POST', `${base}/systems/${made.get('systems')}/suspend`, { reason: 'Wrong answers harmed somebody.' });
  const run = await api<{ id: string }>(page, 'POST', `${base}/process-instances`, { process: 'certification' });
  await api(page, 'POST', `${base}/process-instances/${run.id}/terminate`, { reason: 'Started by mistake.' });
};
