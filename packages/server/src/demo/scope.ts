import { authorities, committees, roleAssignments } from '@aimwell/contract/roles/roles';
import { objectives } from '@aimwell/contract/objectives/objectives';
import { scopeElements, scopeStatements } from '@aimwell/contract/scope/scope';
import type { Who } from './cast.ts';
import type { Story } from './story.ts';

/** Month 3: the scope, approved by top management. */
export const tellScope = async (
  story: Story,
  { issues, requirements }: { readonly issues: readonly string[]; readonly requirements: readonly string[] },
): Promise<void> => {
  const { on } = story;
  await story.createAll('aims', scopeElements, [
    { name: 'Product development', kind: 'unit', description: 'Builds and runs the analytics and assistant products.', fromDate: on(3, 4) },
    { name: 'Customer operations', kind: 'unit', description: 'Service desk and customer success.', fromDate: on(3, 4) },
    { name: 'Head office', kind: 'site', description: 'All people in scope work here or from home.', fromDate: on(3, 4) },
    { name: 'Development, operation and support of customer-facing AI products', kind: 'activity', fromDate: on(3, 4) },
    { name: 'Use of AI in hiring', kind: 'activity', description: 'Because of its effect on applicants.', fromDate: on(3, 4) },
    { name: 'European Union', kind: 'jurisdiction', fromDate: on(3, 4) },
    {
      name: 'Language model by interface',
      kind: 'interface',
      description: 'Supplied from outside; controlled by contract and tests.',
      fromDate: on(3, 4),
    },
    {
      name: 'Internal research',
      kind: 'exclusion',
      decision: 'out',
      decisionReason: 'No customer and no person outside the team is affected.',
      fromDate: on(3, 4),
    },
  ]);
  const statement = await story.create('aims', scopeStatements, {
    statement:
      'The AI management system covers the development, operation and support of the customer-facing AI products of TechServe Solutions for analytics and assistance, and the use of AI in hiring, at its head office, in accordance with the Statement of Applicability.',
    aiRoles:
      'Developer and provider of analytics products; provider and user of products that rest on a supplied language model; user in hiring.',
    exclusions: 'Internal research without customers.',
    issues,
    partyRequirements: requirements,
    requirements: ['4.1-1', '4.1-2', '4.1-3', '4.2-1', '4.2-2', '4.3-1', '4.3-2'],
  });
  await story.run('aims', scopeStatements, statement.id, 'submit');
  await story.run('director', scopeStatements, statement.id, 'approve', { happenedOn: on(3, 12) });
};

interface Assignment {
  readonly title: string;
  readonly responsibility: string;
  readonly holder: Who;
  readonly object?: string;
  readonly accepted: boolean;
}

const assignments: readonly Assignment[] = [
  { title: 'Conformity of the AI management system', responsibility: 'aims_conformity', holder: 'aims', accepted: true },
  { title: 'Reporting to top management', responsibility: 'aims_reporting', holder: 'aims', accepted: true },
  { title: 'AI risk management', responsibility: 'risk_management', holder: 'risk', accepted: true },
  { title: 'Impact assessments', responsibility: 'impact_assessment', holder: 'concern', accepted: false },
  { title: 'Analytics products', responsibility: 'system_ownership', holder: 'analytics', object: 'Analytics', accepted: true },
  { title: 'Assistant products', responsibility: 'system_ownership', holder: 'assistant', object: 'Assistant', accepted: true },
  { title: 'Data for models', responsibility: 'data_governance', holder: 'contributor', accepted: true },
  { title: 'Internal audit', responsibility: 'internal_audit', holder: 'auditor', accepted: true },
  { title: 'Concerns', responsibility: 'concern_handling', holder: 'concern', accepted: true },
];

/** Month 3: who answers for what, who may approve how much, and what is to be reached. Answers the ids of the objectives. */
export const tellRoles = async (story: Story): Promise<readonly string[]> => {
  const { on, people } = story;
  for (const { title, responsibility, holder, object, accepted } of assignments) {
    const row = await story.create('aims', roleAssignments, {
      title,
      responsibility,
      holder: people[holder],
      object: object ?? null,
      assignedOn: on(3, 15),
      fromDate: on(3, 15),
    });
    if (accepted) await story.run(holder, roleAssignments, row.id, 'accept', { happenedOn: on(3, 19) });
  }
  await story.createAll('director', authorities, [
    {
      title: 'Managing director',
      holder: people.director,
      riskLevelLimit: 25,
      approvesPlans: true,
      approvesSoa: true,
      approvesCriteria: true,
      fromDate: on(3, 12),
      note: 'By function.',
    },
    {
      title: 'Executive sponsor of the AIMS',
      holder: people.technology,
      grantedBy: people.director,
      riskLevelLimit: 12,
      approvesPlans: true,
      approvesSoa: true,
      approvesCriteria: true,
      fromDate: on(3, 12),
    },
    {
      title: 'Deputy in emergencies',
      holder: people.aims,
      grantedBy: people.director,
      riskLevelLimit: 6,
      fromDate: on(3, 12),
      note: 'Acts where a guarded step cannot wait for its process; each use is reviewed as a deviation.',
    },
  ]);
  await story.create('aims', committees, {
    name: 'AI committee',
    mandate: 'Looks at new AI systems, risks above the threshold and incidents.',
    chair: people.technology,
    members: [people.technology, people.aims, people.risk, people.concern],
    quorum: 3,
    meets: 'Every second Tuesday',
  });
  const goals = await story.createAll('aims', objectives, [
    {
      title: 'No high-severity AI incident',
      metric: 'High-severity incidents in the quarter',
      target: '0',
      owner: people.aims,
      resources: 'Service desk; two days a month of the AIMS manager',
      dueDate: on(4, 28),
      evaluation: 'Count of incidents in the service desk',
      status: 'on_track',
      current: '0',
      measuredOn: on(4, 26),
      frequency: 'monthly',
    },
    {
      title: 'High-risk AI systems are assessed for bias before they are used',
      metric: 'Share of high-risk systems assessed',
      target: '100 %',
      owner: people.risk,
      resources: 'One engineer for two weeks',
      dueDate: on(4, 30),
      evaluation: 'Register of systems against assessments',
      status: 'at_risk',
      current: '0 %',
      measuredOn: on(4, 26),
      frequency: 'monthly',
    },
    {
      title: 'Everyone who works on AI products is trained',
      metric: 'Share of people trained',
      owner: people.aims,
      dueDate: on(4, 30),
      status: 'planned',
      frequency: 'quarterly',
    },
  ]);
  return goals.map(({ id }) => id);
};
