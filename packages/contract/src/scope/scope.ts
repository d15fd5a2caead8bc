import { everyone, managers, signatories } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { approvalInput, signatureFields, versionStates } from '../platform/approval.ts';
import { choice, codes, date, integer, longText, references, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** What bounds the management system: units, sites, activities, jurisdictions, interfaces, exclusions, phases. */
export const scopeElements = register({
  name: 'scope-elements',
  room: 'scope',
  prefix: 'SCO',
  title: 'name',
  clauses: ['4.3'],
  fields: {
    name: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    kind: choice(['unit', 'site', 'activity', 'jurisdiction', 'interface', 'exclusion', 'phase'], {
      required: true,
      inList: true,
      filter: true,
    }),
    decision: choice(['in', 'out'], { initial: 'in', inList: true, filter: true }),
    description: longText({ search: true, inList: true }),
    decisionReason: longText(),
    fromDate: date({}),
  },
  permissions: { read: everyone, create: managers, change: managers, archive: managers },
  importable: true,
});

/** The scope statement as it may stand on a certificate: versions, approved by top management. */
export const scopeStatements = register({
  name: 'scope-statements',
  room: 'scope',
  prefix: 'SST',
  title: 'name',
  state: 'state',
  clauses: ['4.3'],
  fields: {
    name: text({ managed: 'create', max: 200, inList: true }),
    versionNumber: integer({ managed: 'create', inList: true, sort: true }),
    state: choice(versionStates, { managed: 'approve', initial: 'draft', inList: true, filter: true }),
    statement: longText({ required: true, inList: true, search: true }),
    aiRoles: longText(),
    exclusions: longText(),
    issues: references('context-issues', {}),
    partyRequirements: references('party-requirements', {}),
    requirements: codes('requirements', {}),
    ...signatureFields,
  },
  permissions: { read: everyone, create: managers, change: managers, archive: managers },
  commands: [
    command({ name: 'submit', roles: managers, input: z.strictObject({}) }),
    command({ name: 'sendBack', roles: signatories, input: z.strictObject({ reason: z.string().trim().min(3).max(2000) }) }),
    command({ name: 'approve', roles: ['top_management'], input: approvalInput, signature: true }),
  ],
});
