import type { Duty } from '@aimwell/core/risks/assess';
import { reopenTriggers, riskStages } from '@aimwell/core/risks/states';
import { everyone, riskKeepers, writers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { approvalInput, happened } from '../platform/approval.ts';
import { choice, choices, code, date, integer, longText, person, reference, references, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** The stages of core, in the order of a risk's way. */
export const riskStates = riskStages;

const view = z.strictObject({
  rating: z.int().min(1).max(7).optional(),
  notApplicable: z.string().trim().min(3).max(2000).optional(),
  why: z.string().trim().max(4000).optional(),
});

/** What an assessor enters: a likelihood and three views on consequence, each rated or marked not applicable with a reason. */
export const assessmentInput = happened.extend({
  kind: z.enum(['inherent', 'residual']).default('inherent'),
  likelihood: z.int().min(1).max(7),
  likelihoodWhy: z.string().trim().max(4000).optional(),
  organisation: view,
  individuals: view,
  societies: view,
  criteria: z.uuid().optional(),
});

/** Risks and opportunities of AI. Ratings come from assessments, which are immutable records of their own. */
export const risks = register({
  name: 'risks',
  room: 'risks',
  prefix: 'RSK',
  title: 'statement',
  state: 'state',
  clauses: ['6.1.1', '6.1.2', '8.2'],
  fields: {
    statement: text({
      required: true,
      max: 500,
      inList: true,
      sort: true,
      search: true,
      group: 'risk',
      synonyms: ['risk', 'title', 'description', 'name'],
    }),
    kind: choice(['risk', 'opportunity'], { initial: 'risk', filter: true, group: 'risk', synonyms: ['type'] }),
    state: choice(riskStates, { managed: 'assess', initial: 'identified', inList: true, filter: true, group: 'status' }),
    system: reference('systems', { inList: true, filter: true, group: 'risk', synonyms: ['ai system', 'use case'] }),
    source: code('risk-sources', { filter: true, group: 'risk', synonyms: ['risk source', 'cause'] }),
    causeAndEvent: longText({ search: true, group: 'risk', synonyms: ['cause', 'event', 'scenario'] }),
    objectives: references('objectives', { group: 'risk' }),
    owner: person({ inList: true, filter: true, group: 'status', synonyms: ['risk owner', 'responsible'] }),
    priority: choice(['low', 'medium', 'high'], { filter: true, group: 'status' }),
    inherentLikelihood: integer({ managed: 'assess', min: 1, max: 7, filter: true, group: 'rating' }),
    inherentConsequence: integer({ managed: 'assess', min: 1, max: 7, filter: true, group: 'rating' }),
    inherentLevel: integer({ managed: 'assess', min: 1, max: 49, inList: true, filter: true, sort: true, group: 'rating' }),
    residualLikelihood: integer({ managed: 'assess', min: 1, max: 7, filter: true, group: 'rating' }),
    residualConsequence: integer({ managed: 'assess', min: 1, max: 7, filter: true, group: 'rating' }),
    residualLevel: integer({ managed: 'assess', min: 1, max: 49, inList: true, filter: true, sort: true, group: 'rating' }),
    band: text({ managed: 'assess', max: 40, inList: true, filter: true, group: 'rating' }),
    aboveThreshold: choice(['yes', 'no'], { managed: 'assess', filter: true, group: 'rating' }),
    assessedOn: date({ managed: 'assess', sort: true, group: 'rating' }),
    reviewDue: date({ managed: 'assess', inList: true, filter: true, sort: true, group: 'rating' }),
    criteria: reference('risk-criteria', { managed: 'assess', group: 'rating' }),
    /** The newest rating; signatures hold for the rating they were given to. */
    assessment: reference('risk-assessments', { managed: 'assess', group: 'rating' }),
    secondReadBy: person({ managed: 'readSecond', group: 'rating' }),
    secondReadOn: date({ managed: 'readSecond', group: 'rating' }),
    /** A pursued opportunity or one left, with the reason. */
    pursuit: choice(['pursue', 'not_pursue'], { filter: true, group: 'status' }),
    pursuitReason: longText({ group: 'status' }),
    acceptedBy: person({ managed: 'accept', group: 'acceptance' }),
    acceptedFunction: text({ managed: 'accept', group: 'acceptance' }),
    acceptedOn: date({ managed: 'accept', group: 'acceptance' }),
    acceptedLevel: integer({ managed: 'accept', min: 1, max: 49, group: 'acceptance' }),
    acceptedUntil: date({ managed: 'accept', filter: true, group: 'acceptance' }),
    acceptedAssessment: reference('risk-assessments', { managed: 'accept', group: 'acceptance' }),
    acceptanceReason: longText({ managed: 'accept', group: 'acceptance' }),
    acceptanceApprovedBy: person({ managed: 'approveAcceptance', group: 'acceptance' }),
    acceptanceApprovedName: text({ managed: 'approveAcceptance', group: 'acceptance' }),
    acceptanceApprovedFunction: text({ managed: 'approveAcceptance', group: 'acceptance' }),
    acceptanceApprovedStatement: longText({ managed: 'approveAcceptance', group: 'acceptance' }),
    acceptanceApprovedHash: text({ managed: 'approveAcceptance', group: 'acceptance' }),
    acceptanceApprovedOn: date({ managed: 'approveAcceptance', group: 'acceptance' }),
    stateReason: longText({ managed: 'close', group: 'status' }),
    views: choices(['organisation', 'individuals', 'societies'], { managed: 'assess', group: 'rating' }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: riskKeepers },
  commands: [
    command({ name: 'assess', roles: writers, input: assessmentInput }),
    command({ name: 'readSecond', roles: writers, input: happened }),
    command({
      name: 'accept',
      roles: [...writers, 'top_management'],
      input: happened.extend({ reason: z.string().trim().min(3).max(2000), until: z.iso.date().optional() }),
      signature: true,
    }),
    command({
      name: 'approveAcceptance',
      roles: ['top_management', 'administrator', 'aims_manager', 'risk_manager'],
      input: approvalInput,
      signature: true,
    }),
    command({ name: 'close', roles: riskKeepers, input: happened.extend({ reason: z.string().trim().min(3).max(2000) }) }),
    command({
      name: 'reopen',
      roles: writers,
      input: happened.extend({ trigger: z.enum(reopenTriggers).default('other'), reason: z.string().trim().min(3).max(2000) }),
    }),
  ],
  importable: true,
  examples: [{ statement: 'Wrong-language answers reach customers', system: 'Support Triage Assistant', source: 'RS-DATA-COVERAGE' }],
});

/** What a rating asks for next; see core/risks/assess. */
export const ratingDuties = [
  'decide_treatment',
  'confirm_acceptance',
  'decide_pursuit',
  'second_reader',
  'assess_impact',
  'review',
] as const satisfies readonly Duty[];

/** One immutable rating of a risk under the criteria in force on its day. Created by the command `assess` of the risk. */
export const riskAssessments = register({
  name: 'risk-assessments',
  room: 'risks',
  prefix: 'RAS',
  title: 'summary',
  parent: 'risk',
  clauses: ['6.1.2', '8.2'],
  fields: {
    summary: text({ managed: 'assess', max: 300, inList: true }),
    risk: reference('risks', { managed: 'assess', inList: true, filter: true }),
    kind: choice(['inherent', 'residual'], { managed: 'assess', initial: 'inherent', inList: true, filter: true }),
    criteria: reference('risk-criteria', { managed: 'assess', inList: true }),
    likelihood: integer({ managed: 'assess', min: 1, max: 7, inList: true }),
    likelihoodWhy: longText({ managed: 'assess' }),
    organisationRating: integer({ managed: 'assess', min: 1, max: 7 }),
    organisationWhy: longText({ managed: 'assess' }),
    individualsRating: integer({ managed: 'assess', min: 1, max: 7 }),
    individualsWhy: longText({ managed: 'assess' }),
    societiesRating: integer({ managed: 'assess', min: 1, max: 7 }),
    societiesWhy: longText({ managed: 'assess' }),
    notApplicable: choices(['organisation', 'individuals', 'societies'], { managed: 'assess' }),
    consequence: integer({ managed: 'assess', min: 1, max: 7, inList: true }),
    level: integer({ managed: 'assess', min: 1, max: 49, inList: true, sort: true }),
    band: text({ managed: 'assess', max: 40, inList: true }),
    aboveThreshold: choice(['yes', 'no'], { managed: 'assess' }),
    mustFollow: choices(ratingDuties, { managed: 'assess' }),
    assessor: person({ managed: 'assess', inList: true }),
    assessedOn: date({ managed: 'assess' }),
    lateReason: longText({ managed: 'assess' }),
  },
  permissions: { read: everyone, create: [], change: [], archive: [] },
});
