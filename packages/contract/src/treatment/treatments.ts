import { everyone, riskKeepers, signatories, writers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { approvalInput, happened, signatureFields, versionStates } from '../platform/approval.ts';
import { choice, codes, date, integer, longText, moment, person, reference, references, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** What is done about a risk: modify, retain, avoid or share. An opportunity is pursued or not on its own record. */
export const treatments = register({
  name: 'treatments',
  room: 'treatment',
  prefix: 'TRT',
  title: 'title',
  state: 'state',
  parent: 'risk',
  clauses: ['6.1.3', '8.3'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true, sort: true, synonyms: ['treatment', 'measure', 'action'] }),
    risk: reference('risks', { required: true, inList: true, filter: true }),
    option: choice(['modify', 'retain', 'avoid', 'share'], { required: true, inList: true, filter: true }),
    modifies: choice(['likelihood', 'consequence', 'both']),
    description: longText({ search: true }),
    controls: codes('controls', { inList: true, filter: true, synonyms: ['annex a controls'] }),
    ownControls: references('controls', {}),
    owner: person({ inList: true, filter: true }),
    resources: longText(),
    dueDate: date({ inList: true, filter: true, sort: true }),
    expectedLikelihood: integer({ min: 1, max: 7 }),
    expectedConsequence: integer({ min: 1, max: 7 }),
    effectivenessMeasure: longText(),
    state: choice(['planned', 'in_progress', 'done', 'effective', 'not_effective', 'cancelled'], {
      managed: 'start',
      initial: 'planned',
      inList: true,
      filter: true,
    }),
    startedOn: date({ managed: 'start' }),
    doneOn: date({ managed: 'finish' }),
    doneBy: person({ managed: 'finish' }),
    checkedOn: date({ managed: 'check' }),
    checkedBy: person({ managed: 'check' }),
    checkNote: longText({ managed: 'check' }),
    stateReason: longText({ managed: 'cancel' }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: riskKeepers },
  commands: [
    command({ name: 'start', roles: writers, input: happened }),
    command({ name: 'finish', roles: writers, input: happened.extend({ note: z.string().trim().max(2000).optional() }) }),
    command({
      name: 'check',
      roles: writers,
      input: happened.extend({ effective: z.boolean(), note: z.string().trim().min(3).max(4000) }),
    }),
    command({ name: 'cancel', roles: writers, input: happened.extend({ reason: z.string().trim().min(3).max(2000) }) }),
  ],
  importable: false,
});

/** Versions of the treatment plan. Its lines are copied when it is submitted, so that an approval names exactly what was approved. */
export const treatmentPlans = register({
  name: 'treatment-plans',
  room: 'treatment',
  prefix: 'PLN',
  title: 'name',
  state: 'state',
  clauses: ['6.1.3', '8.3'],
  fields: {
    /** "Treatment plan 2" unless it is given another name. */
    name: text({ max: 200, inList: true }),
    versionNumber: integer({ managed: 'create', inList: true, sort: true }),
    state: choice(versionStates, { managed: 'approve', initial: 'draft', inList: true, filter: true }),
    note: longText(),
    lineCount: integer({ managed: 'submit', inList: true }),
    ...signatureFields,
  },
  permissions: { read: everyone, create: riskKeepers, change: riskKeepers, archive: riskKeepers },
  commands: [
    command({ name: 'submit', roles: riskKeepers, input: z.strictObject({}) }),
    command({ name: 'sendBack', roles: signatories, input: z.strictObject({ reason: z.string().trim().min(3).max(2000) }) }),
    command({ name: 'approve', roles: signatories, input: approvalInput, signature: true }),
  ],
});

/** One treatment as it stood in a plan version. */
export const treatmentPlanLines = register({
  name: 'treatment-plan-lines',
  room: 'treatment',
  prefix: 'PLL',
  title: 'title',
  parent: 'plan',
  clauses: ['6.1.3'],
  fields: {
    title: text({ managed: 'submit', max: 300, inList: true }),
    plan: reference('treatment-plans', { managed: 'submit', inList: true, filter: true }),
    risk: reference('risks', { managed: 'submit', inList: true }),
    treatment: reference('treatments', { managed: 'submit', inList: true }),
    treatmentVersion: integer({ managed: 'submit' }),
    riskStatement: text({ managed: 'submit', max: 500 }),
    riskLevel: integer({ managed: 'submit', min: 1, max: 49, inList: true }),
    option: choice(['modify', 'retain', 'avoid', 'share'], { managed: 'submit', inList: true }),
    modifies: choice(['likelihood', 'consequence', 'both'], { managed: 'submit' }),
    description: longText({ managed: 'submit' }),
    controls: codes('controls', { managed: 'submit', inList: true }),
    ownControls: references('controls', { managed: 'submit' }),
    owner: person({ managed: 'submit', inList: true }),
    dueDate: date({ managed: 'submit', inList: true }),
    expectedLevel: integer({ managed: 'submit', min: 1, max: 49 }),
    resources: longText({ managed: 'submit' }),
    effectivenessMeasure: longText({ managed: 'submit' }),
    frozenAt: moment({ managed: 'submit' }),
  },
  permissions: { read: everyone, create: [], change: [], archive: [] },
});
