import { systems } from '@aimwell/contract/systems/systems';
import type { Who } from './cast.ts';
import type { Story } from './story.ts';

/** What "none of these" answers to the eight questions come to; each system changes what differs. */
const plain = {
  aiSystem: 'yes',
  unionLinks: ['2-1-a', '2-1-b'],
  exclusions: [],
  roles: ['provider', 'deployer'],
  roleChanges: [],
  prohibitedPractices: [],
  product: { sections: [] },
  annexIII: [],
  transparencyCases: [],
  modelDuties: [],
};
const analysed = {
  origin: 'built',
  provider: null,
  unit: 'Analytics',
  scopeDecision: 'in',
  rolesStandard: ['developer', 'provider'],
  rolesLaw: ['provider', 'deployer'],
  trainsOnData: true,
};
const assisted = {
  origin: 'bought',
  provider: 'Language model supplier',
  models: 'Large language model by interface',
  unit: 'Assistant',
  scopeDecision: 'in',
  rolesStandard: ['provider', 'user'],
  rolesLaw: ['provider', 'deployer'],
  trainsOnData: false,
};

type Stage = 'registered' | 'in_development' | 'pilot' | 'production' | null;
interface Told {
  readonly key: string;
  readonly owner: Who;
  readonly stage: Stage;
  readonly values: Readonly<Record<string, unknown>>;
  readonly answers?: Readonly<Record<string, unknown>>;
}

const told: readonly Told[] = [
  {
    key: 'forecast',
    owner: 'analytics',
    stage: 'production',
    answers: plain,
    values: {
      ...analysed,
      name: 'Demand Forecast',
      purpose: 'Forecasts demand by article and week, so that customers order in time.',
      intendedUse: 'Planning by buyers, who see the range of the forecast.',
      models: 'Gradient-boosted trees, retrained monthly',
      data: 'Orders and stock of the customer, two years back',
      users: 'Buyers of customers',
      affectsPersons: false,
      significantDecisions: false,
      personalData: false,
      autonomy: 'recommends',
      criticality: 'high',
      oversight: 'Buyers confirm every order.',
    },
  },
  {
    key: 'churn',
    owner: 'analytics',
    stage: 'production',
    answers: plain,
    values: {
      ...analysed,
      name: 'Churn Score',
      purpose: 'Scores how likely an end customer is to leave, so that service can call first.',
      models: 'Logistic regression',
      data: 'Contracts, visits and service history of end customers',
      users: 'Service teams of customers',
      affectedGroups: 'End customers of our customers',
      affectsPersons: true,
      significantDecisions: false,
      personalData: true,
      autonomy: 'recommends',
      criticality: 'medium',
      oversight: 'A team lead sees every list before it is called.',
    },
  },
  {
    key: 'narrator',
    owner: 'assistant',
    stage: 'production',
    answers: { ...plain, transparencyCases: ['50-2'] },
    values: {
      ...assisted,
      name: 'Report Narrator',
      purpose: 'Writes the text around the figures of a monthly report.',
      data: 'Figures of the report',
      users: 'Controllers of customers',
      affectedGroups: 'Readers of the reports',
      affectsPersons: true,
      significantDecisions: false,
      personalData: false,
      autonomy: 'recommends',
      criticality: 'high',
      oversight: 'The controller edits and releases the text.',
    },
  },
  {
    key: 'assistant',
    owner: 'assistant',
    stage: 'production',
    answers: { ...plain, transparencyCases: ['50-1'] },
    values: {
      ...assisted,
      name: 'Ask Your Data',
      purpose: "Answers questions about the customer's own figures in plain language.",
      data: "The customer's reporting database, read only",
      users: 'Staff of customers',
      affectsPersons: true,
      significantDecisions: false,
      personalData: true,
      autonomy: 'assists',
      criticality: 'high',
      oversight: 'Each answer shows the query behind it.',
    },
  },
  {
    key: 'anomaly',
    owner: 'analytics',
    stage: 'production',
    answers: plain,
    values: {
      ...analysed,
      name: 'Anomaly Alerts',
      purpose: 'Points out figures that depart from the usual.',
      models: 'Isolation forest',
      data: 'Time series of the customer',
      users: 'Controllers of customers',
      affectsPersons: false,
      significantDecisions: false,
      personalData: false,
      autonomy: 'assists',
      criticality: 'medium',
    },
  },
  {
    key: 'triage',
    owner: 'assistant',
    stage: 'pilot',
    answers: { ...plain, transparencyCases: ['50-1'] },
    values: {
      ...assisted,
      name: 'Support Triage Assistant',
      purpose: 'Sorts support tickets and proposes answers, so that customers hear back sooner.',
      data: 'Tickets of the last twelve months',
      users: 'Service desk',
      affectedGroups: 'Staff of customers who write tickets',
      affectsPersons: true,
      significantDecisions: false,
      personalData: true,
      autonomy: 'acts_with_approval',
      criticality: 'medium',
      oversight: 'The service desk releases every answer.',
    },
  },
  {
    key: 'pricing',
    owner: 'analytics',
    stage: 'in_development',
    answers: plain,
    values: {
      ...analysed,
      name: 'Price Suggestions',
      purpose: 'Suggests prices for articles from demand and stock.',
      users: 'Category managers of customers',
      affectsPersons: false,
      significantDecisions: false,
      personalData: false,
      autonomy: 'recommends',
      criticality: 'medium',
    },
  },
  {
    key: 'screening',
    owner: 'assistant',
    stage: 'pilot',
    answers: {
      ...plain,
      roles: ['deployer'],
      annexIII: ['3-4-a'],
      exemption: { profilesPersons: 'yes', claimed: 'no' },
      transparencyCases: [],
    },
    values: {
      name: 'Applicant Screening',
      purpose: 'Ranks applications for our own vacancies.',
      origin: 'bought',
      provider: 'Recruiting software supplier',
      unit: 'People',
      scopeDecision: 'in',
      rolesStandard: ['user'],
      rolesLaw: ['deployer'],
      data: 'Applications',
      users: 'Recruiters',
      affectedGroups: 'Applicants',
      affectsPersons: true,
      significantDecisions: true,
      personalData: true,
      trainsOnData: false,
      autonomy: 'recommends',
      criticality: 'high',
    },
  },
  {
    key: 'meetings',
    owner: 'assistant',
    stage: 'production',
    values: {
      name: 'Meeting Summaries',
      purpose: 'Summarises internal meetings.',
      origin: 'embedded',
      provider: 'Office suite supplier',
      unit: 'All units',
      users: 'Employees',
      affectsPersons: true,
      personalData: true,
      autonomy: 'assists',
      criticality: 'low',
    },
  },
  {
    key: 'research',
    owner: 'contributor',
    stage: 'in_development',
    answers: { ...plain, exclusions: ['2-8'] },
    values: {
      ...analysed,
      name: 'Causal Models, research',
      purpose: 'Internal research on causes behind figures; no customer sees it.',
      unit: 'Research',
      scopeDecision: 'out',
      scopeReason:
        'Internal research without customers; the scope covers customer-facing products. Looked at again before anything leaves research.',
      affectsPersons: false,
      criticality: 'low',
    },
  },
  {
    key: 'coding',
    owner: 'contributor',
    stage: null,
    values: {
      name: 'Code Assistant',
      purpose: 'Proposes code to engineers.',
      origin: 'bought',
      provider: 'Development tools supplier',
      unit: 'Engineering',
    },
  },
];

export type Systems = Readonly<Record<string, string>>;

/** Months 2 and 3: the inventory, each system's place in the scope, and its classification under the AI Act. */
export const tellSystems = async (story: Story): Promise<Systems> => {
  const { on, people } = story;
  const rows = await story.createAll(
    'aims',
    systems,
    told.map(({ owner, stage, values }) => ({
      reviewDue: on(4, 15),
      ...values,
      owner: people[owner],
      startedOn: stage === null ? null : on(1, 5),
      liveOn: stage === 'production' ? on(1, 5) : null,
    })),
  );
  const ids = Object.fromEntries(told.map(({ key }, index) => [key, rows[index]?.id ?? '']));
  for (const { key, owner, stage, answers } of told) {
    const id = ids[key] ?? '';
    if (stage !== null) await story.run(owner, systems, id, 'register', { as: stage, happenedOn: on(2, 10) });
    if (answers === undefined) continue;
    await story.run(owner, systems, id, 'classify', { answers });
    await story.run('aims', systems, id, 'confirmClass', { happenedOn: on(3, 18) });
  }
  const rules = await story.create('aims', systems, {
    name: 'Invoice Router',
    purpose: 'Sends invoices to cost centres by fixed rules.',
    unit: 'Finance',
    owner: people.administrator,
  });
  await story.run('aims', systems, rules.id, 'declareNotAi', {
    reason: 'Fixed rules written by people; nothing is inferred or learnt.',
    happenedOn: on(2, 12),
  });
  // The recruiters were asked to stop until the impact on applicants is known.
  await story.run('concern', systems, ids['screening'] ?? '', 'suspend', {
    reason: 'High-risk under the AI Act and no impact assessment yet.',
    happenedOn: on(4, 9),
  });
  return ids;
};
