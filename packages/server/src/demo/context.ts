import { contextIssues, interestedParties, partyRequirements } from '@aimwell/contract/context/context';
import type { Story } from './story.ts';

/** Months 1 and 2: the gap assessment, with what it found as internal issues, and who has a stake in the AI. */
export const tellContext = async (
  story: Story,
): Promise<{ readonly issues: readonly string[]; readonly requirements: readonly string[] }> => {
  const { on, people } = story;
  const found = {
    kind: 'internal',
    relevance: 'relevant',
    owner: people.aims,
    reviewedOn: on(2, 20),
    source: 'Gap assessment by a consultant, months 1 and 2',
  };
  const outside = { kind: 'external', relevance: 'relevant', owner: people.aims, reviewedOn: on(1, 20) };
  const issues = await story.createAll('aims', contextIssues, [
    {
      ...found,
      topic: 'organisation',
      title: 'No formal AI policy',
      effect: 'Priority: critical. Nobody outside product management knows what is allowed.',
    },
    {
      ...found,
      topic: 'organisation',
      title: 'No documented way of assessing AI risks',
      effect: 'Priority: critical. Ratings cannot be compared and nothing shows that they were made.',
    },
    {
      ...found,
      topic: 'organisation',
      title: 'Impact assessments are made for some products only',
      effect: 'Priority: high. Their form and depth depend on the team.',
    },
    {
      ...found,
      topic: 'technology',
      title: 'Good technical practice, poorly documented',
      effect: 'Priority: high. Tests and monitoring exist; an auditor would find little of it on file.',
    },
    {
      ...found,
      topic: 'people',
      title: 'Little training about AI',
      effect: 'Priority: medium. Engineers learn from each other; others were never trained.',
    },
    {
      ...outside,
      topic: 'law',
      title: 'AI law in the European Union',
      effect: 'Most products fall under transparency duties; anything about applicants would be high-risk.',
      source: 'Regulation (EU) 2024/1689',
    },
    {
      ...outside,
      topic: 'market',
      title: 'Customers ask for an AI management system in tenders',
      effect: 'Two tenders named a certificate as a factor of the award.',
    },
    {
      ...outside,
      topic: 'supply',
      title: 'The assistant rests on the language model of one supplier',
      effect: 'A change of price, terms or behaviour reaches every customer.',
    },
    {
      ...outside,
      topic: 'climate',
      title: 'Climate change',
      relevance: 'not_relevant',
      relevanceReason:
        'Models are small and run in a data centre on renewable power; no customer and no site depends on climate in a way that touches the AI.',
    },
  ]);
  const [endCustomers, customers, regulators, employees, supplier] = await story.createAll('aims', interestedParties, [
    {
      name: 'End customers of our customers',
      kind: 'affected_persons',
      description: 'People whose orders, visits and contracts are analysed and scored.',
      owner: people.aims,
    },
    { name: 'Business customers', kind: 'customers', owner: people.reader },
    { name: 'Market surveillance and data protection authorities', kind: 'regulators', owner: people.concern },
    { name: 'Employees and applicants', kind: 'employees', owner: people.concern },
    { name: 'Supplier of the language model', kind: 'suppliers', owner: people.assistant },
  ]);
  const requirements = await story.createAll('aims', partyRequirements, [
    {
      party: endCustomers?.id,
      title: 'No worse treatment because of a group they belong to',
      basis: 'expectation',
      decision: 'addressed',
      how: 'Risk assessments look at individuals; scores are tested for differences between groups.',
    },
    {
      party: endCustomers?.id,
      title: 'To know when a text was written by AI',
      basis: 'law',
      decision: 'addressed',
      how: 'Reports and answers are marked.',
    },
    {
      party: customers?.id,
      title: 'Information on purpose, limits and quality of each product',
      basis: 'contract',
      decision: 'addressed',
      how: 'A product sheet for each system.',
    },
    {
      party: customers?.id,
      title: 'Notice of incidents within two working days',
      basis: 'contract',
      decision: 'addressed',
      how: 'Incident procedure of the service desk.',
    },
    {
      party: regulators?.id,
      title: 'A record of the classification of each AI system',
      basis: 'law',
      decision: 'addressed',
      how: 'Kept with each system of the register.',
    },
    { party: employees?.id, title: 'To be heard before AI is used in hiring', basis: 'expectation', decision: 'undecided' },
    {
      party: supplier?.id,
      title: 'Use within the terms of the supplier',
      basis: 'contract',
      decision: 'not_addressed',
      decisionReason: 'Handled by purchasing with all other terms; nothing in it is particular to AI.',
    },
  ]);
  return { issues: issues.map(({ id }) => id), requirements: requirements.map(({ id }) => id) };
};
