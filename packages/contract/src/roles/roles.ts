import { everyone, managers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { happened } from '../platform/approval.ts';
import { boolean, choice, date, integer, longText, people as persons, person, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** Responsibilities of the management system, with the acceptance of those who hold them. */
export const roleAssignments = register({
  name: 'role-assignments',
  room: 'roles',
  prefix: 'ROL',
  title: 'title',
  state: 'state',
  clauses: ['5.3', 'A.3.2'],
  fields: {
    title: text({ required: true, max: 200, inList: true, search: true, sort: true }),
    responsibility: choice(
      [
        'aims_conformity',
        'aims_reporting',
        'risk_management',
        'impact_assessment',
        'system_ownership',
        'human_oversight',
        'data_governance',
        'internal_audit',
        'supplier_management',
        'incident_handling',
        'concern_handling',
        'other',
      ],
      { required: true, inList: true, filter: true },
    ),
    holder: person({ required: true, inList: true, filter: true }),
    deputy: person({}),
    object: text({ max: 300, inList: true }),
    duties: longText({ search: true }),
    fromDate: date({ inList: true }),
    untilDate: date({ filter: true }),
    state: choice(['proposed', 'accepted', 'declined', 'ended'], { managed: 'accept', initial: 'proposed', inList: true, filter: true }),
    acceptedOn: date({ managed: 'accept', inList: true }),
    stateReason: longText({ managed: 'decline' }),
    assignedOn: date({ inList: true }),
  },
  permissions: { read: everyone, create: managers, change: managers, archive: managers },
  commands: [
    command({ name: 'accept', roles: everyone.filter((role) => role !== 'external_auditor'), input: happened }),
    command({
      name: 'decline',
      roles: everyone.filter((role) => role !== 'external_auditor'),
      input: happened.extend({ reason: z.string().trim().min(3).max(2000) }),
    }),
    command({ name: 'end', roles: managers, input: happened.extend({ reason: z.string().trim().min(3).max(2000) }) }),
  ],
  importable: true,
});

/** "Designated management" as a record: who may accept risks up to which level, and approve what. */
export const authorities = register({
  name: 'authorities',
  room: 'roles',
  prefix: 'AUT',
  title: 'title',
  clauses: ['5.3', '6.1.3'],
  fields: {
    title: text({ required: true, max: 200, inList: true, search: true }),
    holder: person({ required: true, inList: true, filter: true }),
    /** Highest level of a risk this person may accept or approve acceptance of. */
    riskLevelLimit: integer({ required: true, min: 1, max: 49, inList: true }),
    approvesPlans: boolean({ initial: false, inList: true, filter: true }),
    approvesSoa: boolean({ initial: false, inList: true, filter: true }),
    approvesCriteria: boolean({ initial: false, inList: true, filter: true }),
    grantedBy: person({ inList: true }),
    fromDate: date({ required: true, inList: true }),
    untilDate: date({ filter: true, inList: true }),
    note: longText(),
  },
  permissions: {
    read: everyone,
    create: ['administrator', 'top_management'],
    change: ['administrator', 'top_management'],
    archive: ['administrator', 'top_management'],
  },
});

/** Committees with members and quorum. */
export const committees = register({
  name: 'committees',
  room: 'roles',
  prefix: 'COM',
  title: 'name',
  clauses: ['5.3'],
  fields: {
    name: text({ required: true, max: 200, inList: true, search: true, sort: true }),
    mandate: longText(),
    chair: person({ inList: true }),
    members: persons({ inList: true }),
    quorum: integer({ min: 1, max: 100, inList: true }),
    meets: text({ max: 200, inList: true }),
  },
  permissions: { read: everyone, create: managers, change: managers, archive: managers },
});
