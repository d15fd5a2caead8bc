import { everyone, riskKeepers, writers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { happened } from '../platform/approval.ts';
import { boolean, choice, choices, date, longText, person, references, result, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';
import { classificationAnswers, flagKinds } from './classification.ts';

export const systemStates = [
  'candidate',
  'registered',
  'in_development',
  'pilot',
  'production',
  'suspended',
  'retired',
  'not_an_ai_system',
] as const;
export const lawHeadlines = ['not-classified', 'outside', 'minimal', 'transparency', 'exempt-recorded', 'high-risk', 'prohibited'] as const;

const move = happened.extend({ reason: z.string().trim().min(3).max(2000).optional() });
const withReason = happened.extend({ reason: z.string().trim().min(3).max(2000) });
const owners = writers;

/** The AI system register. Stage and law class move by commands only; everything else is edited in place. */
export const systems = register({
  name: 'systems',
  room: 'systems',
  prefix: 'SYS',
  title: 'name',
  state: 'state',
  clauses: ['4.3', '8.1', 'A.4.2', 'A.6.2.2'],
  fields: {
    name: text({
      required: true,
      max: 500,
      inList: true,
      sort: true,
      search: true,
      group: 'identity',
      synonyms: ['system', 'use case', 'use case name', 'ai system', 'title', 'application'],
    }),
    state: choice(systemStates, { managed: 'move', initial: 'candidate', inList: true, filter: true, sort: true, group: 'lifecycle' }),
    purpose: longText({ search: true, group: 'identity', synonyms: ['intended purpose', 'description', 'what it does', 'summary'] }),
    intendedUse: longText({ search: true, group: 'identity', synonyms: ['use', 'benefits', 'outputs'] }),
    owner: person({ inList: true, filter: true, group: 'identity', synonyms: ['system owner', 'responsible', 'contact', 'accountable'] }),
    unit: text({
      max: 300,
      inList: true,
      filter: true,
      sort: true,
      search: true,
      group: 'identity',
      synonyms: ['agency', 'department', 'business unit', 'bureau', 'team'],
    }),
    provider: text({
      max: 500,
      inList: true,
      search: true,
      group: 'supply',
      synonyms: ['vendor', 'supplier', 'vendor name', 'manufacturer'],
    }),
    origin: choice(['built', 'bought', 'embedded', 'open_source', 'mixed'], {
      filter: true,
      group: 'supply',
      synonyms: ['development method', 'developed', 'build or buy', 'source'],
    }),
    models: longText({ search: true, group: 'supply', synonyms: ['model', 'ai model', 'technique'] }),
    scopeDecision: choice(['in', 'out', 'undecided'], {
      initial: 'undecided',
      inList: true,
      filter: true,
      group: 'scope',
      synonyms: ['scope', 'in scope'],
    }),
    scopeReason: longText({ group: 'scope' }),
    rolesStandard: choices(['developer', 'provider', 'producer', 'user', 'customer', 'partner'], {
      inList: true,
      filter: true,
      group: 'scope',
      synonyms: ['our role', 'role', 'iso role'],
    }),
    rolesLaw: choices(['provider', 'deployer', 'importer', 'distributor', 'authorised_representative', 'product_manufacturer', 'none'], {
      filter: true,
      group: 'scope',
      synonyms: ['ai act role', 'role under the ai act'],
    }),
    users: longText({ group: 'people', synonyms: ['users', 'user group', 'operators'] }),
    affectedGroups: longText({
      search: true,
      group: 'people',
      synonyms: ['affected', 'subjects', 'data subjects', 'affected persons', 'affects'],
    }),
    affectsPersons: boolean({ filter: true, group: 'people' }),
    significantDecisions: boolean({ filter: true, group: 'people' }),
    autonomy: choice(['assists', 'recommends', 'acts_with_approval', 'acts_alone'], {
      filter: true,
      group: 'people',
      synonyms: ['autonomy', 'automation'],
    }),
    oversight: longText({ group: 'people', synonyms: ['human oversight'] }),
    data: longText({ search: true, group: 'data', synonyms: ['data', 'data sources', 'input data', 'training data'] }),
    personalData: boolean({ filter: true, group: 'data', synonyms: ['pii', 'personal data', 'personally identifiable'] }),
    trainsOnData: boolean({ filter: true, group: 'data' }),
    criticality: choice(['low', 'medium', 'high'], { inList: true, filter: true, group: 'lifecycle' }),
    startedOn: date({ group: 'lifecycle', synonyms: ['initiated', 'start date', 'date initiated'] }),
    liveOn: date({ sort: true, group: 'lifecycle', synonyms: ['go-live', 'in production since', 'date implemented', 'operation date'] }),
    retiredOn: date({ managed: 'move', group: 'lifecycle' }),
    suspendedFrom: choice(systemStates, { managed: 'suspend', group: 'lifecycle' }),
    stateReason: longText({ managed: 'move', group: 'lifecycle' }),
    reviewDue: date({ inList: true, filter: true, sort: true, group: 'lifecycle', synonyms: ['next review', 'review date'] }),
    objectives: references('objectives', { group: 'scope' }),
    lawClass: choice(lawHeadlines, {
      managed: 'confirmClass',
      initial: 'not-classified',
      inList: true,
      filter: true,
      sort: true,
      group: 'law',
    }),
    lawFlags: choices(flagKinds, { managed: 'confirmClass', filter: true, group: 'law' }),
    lawVersion: text({ managed: 'confirmClass', filter: true, group: 'law' }),
    lawAppliesFrom: date({ managed: 'confirmClass', group: 'law' }),
    lawScreenedOn: date({ managed: 'confirmClass', group: 'law' }),
    lawConfirmedBy: person({ managed: 'confirmClass', group: 'law' }),
    lawOverrideReason: longText({ managed: 'confirmClass', group: 'law' }),
    lawAnswers: result('classify', { group: 'law' }),
    lawProposal: result('classify', { group: 'law' }),
    lawProfiling: boolean({ managed: 'classify', group: 'law' }),
    lawExemptionClaimed: boolean({ managed: 'classify', group: 'law' }),
    lawProhibitedFrom: date({ managed: 'confirmClass', group: 'law' }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: riskKeepers },
  commands: [
    command({
      name: 'register',
      roles: owners,
      input: move.extend({ as: z.enum(['registered', 'in_development', 'pilot', 'production']).default('registered') }),
    }),
    command({ name: 'startDevelopment', roles: owners, input: move }),
    command({ name: 'startPilot', roles: owners, input: move }),
    command({ name: 'release', roles: owners, input: move }),
    command({ name: 'suspend', roles: everyone.filter((role) => role !== 'reader' && role !== 'external_auditor'), input: move }),
    command({ name: 'explainSuspension', roles: owners, input: withReason }),
    command({ name: 'resume', roles: owners, input: withReason }),
    command({ name: 'retire', roles: owners, input: withReason }),
    command({ name: 'declareNotAi', roles: owners, input: withReason }),
    command({ name: 'reconsider', roles: owners, input: withReason }),
    command({ name: 'classify', roles: owners, input: z.strictObject({ answers: classificationAnswers }) }),
    command({
      name: 'confirmClass',
      roles: writers,
      input: happened.extend({
        override: z.strictObject({ flags: z.array(z.enum(flagKinds)).min(1), reason: z.string().trim().min(3).max(2000) }).optional(),
      }),
    }),
  ],
  importable: true,
  examples: [
    {
      name: 'Support Triage Assistant',
      purpose: 'Sorts support tickets and proposes answers, so that customers hear back sooner.',
      provider: 'Model supplier',
      rolesStandard: ['provider', 'user'],
      rolesLaw: ['deployer'],
      scopeDecision: 'in',
    },
  ],
});
