import { everyone, riskKeepers, signatories, writers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { approvalInput, signatureFields, versionStates } from '../platform/approval.ts';
import { boolean, choice, choices, code, date, integer, longText, person, reference, references, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** Own controls beyond Annex A. */
export const controls = register({
  name: 'controls',
  room: 'soa',
  prefix: 'OWN',
  title: 'title',
  clauses: ['6.1.3'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    purpose: longText({ search: true }),
    owner: person({ inList: true, filter: true }),
    status: choice(['not_started', 'planned', 'in_progress', 'implemented', 'effective'], {
      initial: 'not_started',
      inList: true,
      filter: true,
    }),
  },
  permissions: { read: everyone, create: riskKeepers, change: riskKeepers, archive: riskKeepers },
  importable: true,
});

/** Versions of the Statement of Applicability. One is a draft or in review at a time; one is in force. */
export const soaVersions = register({
  name: 'soa-versions',
  room: 'soa',
  prefix: 'SOA',
  title: 'name',
  state: 'state',
  clauses: ['6.1.3'],
  fields: {
    name: text({ managed: 'create', max: 200, inList: true }),
    versionNumber: integer({ managed: 'create', inList: true, sort: true }),
    state: choice(versionStates, { managed: 'approve', initial: 'draft', inList: true, filter: true }),
    treatmentPlan: reference('treatment-plans', { inList: true }),
    /** Own controls exist, or this says why none are needed. */
    ownControlsStatement: longText(),
    note: longText(),
    ...signatureFields,
  },
  permissions: { read: everyone, create: riskKeepers, change: riskKeepers, archive: riskKeepers },
  commands: [
    command({ name: 'suggest', roles: riskKeepers, input: z.strictObject({}) }),
    command({ name: 'submit', roles: riskKeepers, input: z.strictObject({}) }),
    command({ name: 'sendBack', roles: signatories, input: z.strictObject({ reason: z.string().trim().min(3).max(2000) }) }),
    command({ name: 'approve', roles: signatories, input: approvalInput, signature: true }),
  ],
});

export const soaReasons = ['risk', 'law', 'contract', 'objective', 'own_choice'] as const;

/** One control in one version: decision, why, and where it stands. Approval freezes all but how far it is (docs/decisions/0007). */
export const soaEntries = register({
  name: 'soa-entries',
  room: 'soa',
  prefix: 'SOE',
  title: 'title',
  parent: 'soa',
  clauses: ['6.1.3'],
  fields: {
    title: text({ managed: 'create', max: 300, inList: true }),
    soa: reference('soa-versions', { managed: 'create', inList: true, filter: true }),
    control: code('controls', { managed: 'create', inList: true, filter: true, sort: true }),
    ownControl: reference('controls', { managed: 'create', filter: true }),
    decision: choice(['undecided', 'included', 'excluded'], { initial: 'undecided', inList: true, filter: true }),
    reasons: choices(soaReasons, { inList: true }),
    justification: longText(),
    risks: references('risks', { inList: true }),
    objectives: references('objectives', {}),
    laws: text({ max: 500 }),
    contracts: text({ max: 500 }),
    /** A person confirmed the links above; a suggestion alone never binds. */
    linksConfirmed: boolean({ initial: false }),
    contradictionNote: longText(),
    status: choice(['not_started', 'planned', 'in_progress', 'implemented', 'effective', 'not_applicable'], {
      initial: 'not_started',
      inList: true,
      filter: true,
    }),
    owner: person({ inList: true, filter: true }),
    targetDate: date({ inList: true }),
    statusNote: longText(),
  },
  permissions: { read: everyone, create: [], change: writers, archive: [] },
});

/** Tests of a control's effect. */
export const controlTests = register({
  name: 'control-tests',
  room: 'soa',
  prefix: 'TST',
  title: 'title',
  clauses: ['8.1', '9.1'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true }),
    control: code('controls', { required: true, inList: true, filter: true }),
    ownControl: reference('controls', {}),
    testedOn: date({ required: true, inList: true, filter: true, sort: true }),
    outcome: choice(['effective', 'partly_effective', 'not_effective'], { required: true, inList: true, filter: true }),
    method: longText(),
    tester: person({ inList: true }),
    nextDue: date({ inList: true, filter: true, sort: true }),
    note: longText({ search: true }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: riskKeepers },
  importable: true,
});
