import { everyone, managers, writers } from '@aimwell/core/roles/permissions';
import { choice, date, longText, person, reference, references, text, boolean } from '../platform/field.ts';
import { register } from '../platform/register.ts';

/** External and internal issues, the climate question among them. */
export const contextIssues = register({
  name: 'context-issues',
  room: 'context',
  prefix: 'ISS',
  title: 'title',
  clauses: ['4.1'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    kind: choice(['external', 'internal'], { required: true, inList: true, filter: true }),
    topic: choice(
      ['law', 'market', 'technology', 'culture', 'ethics', 'competition', 'climate', 'organisation', 'people', 'supply', 'other'],
      { inList: true, filter: true },
    ),
    description: longText({ search: true }),
    /** For the climate question: whether it bears on this management system. */
    relevance: choice(['relevant', 'not_relevant', 'undecided'], { initial: 'undecided', inList: true, filter: true }),
    relevanceReason: longText(),
    effect: longText(),
    owner: person({ inList: true, filter: true }),
    reviewedOn: date({ inList: true, filter: true, sort: true }),
    source: text({ max: 500 }),
    /** Written by the product as a starting point and nobody has made it theirs. */
    suggested: boolean({ initial: false, filter: true }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: managers },
  importable: true,
});

/** Interested parties. */
export const interestedParties = register({
  name: 'interested-parties',
  room: 'context',
  prefix: 'PTY',
  title: 'name',
  clauses: ['4.2'],
  fields: {
    name: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    kind: choice(
      [
        'affected_persons',
        'customers',
        'regulators',
        'employees',
        'suppliers',
        'owners',
        'partners',
        'public',
        'certification_body',
        'other',
      ],
      { required: true, inList: true, filter: true },
    ),
    description: longText({ search: true }),
    owner: person({ inList: true, filter: true }),
    suggested: boolean({ initial: false, filter: true }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: managers },
  importable: true,
});

/** What a party requires, and whether the management system addresses it. */
export const partyRequirements = register({
  name: 'party-requirements',
  room: 'context',
  prefix: 'REQ',
  title: 'title',
  parent: 'party',
  clauses: ['4.2'],
  fields: {
    title: text({ required: true, max: 500, inList: true, search: true, sort: true }),
    party: reference('interested-parties', { required: true, inList: true, filter: true }),
    basis: choice(['law', 'contract', 'expectation'], { inList: true, filter: true }),
    decision: choice(['undecided', 'addressed', 'not_addressed'], { initial: 'undecided', inList: true, filter: true }),
    decisionReason: longText(),
    how: longText(),
    systems: references('systems', {}),
    dueDate: date({ inList: true, filter: true }),
    suggested: boolean({ initial: false, filter: true }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: managers },
  importable: true,
});
