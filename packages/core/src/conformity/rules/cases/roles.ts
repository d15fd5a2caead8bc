import type { RuleCase } from './case.ts';

const people = [
  { id: 'p1', active: true },
  { id: 'p2', active: true },
];
const both = [
  { responsibility: 'aims_conformity', holder: 'p1', state: 'accepted' },
  { responsibility: 'aims_reporting', holder: 'p1', state: 'proposed' },
];

export const roleCases: readonly RuleCase[] = [
  {
    rule: 'R015',
    name: 'one of the two duties is open',
    flags: { people, 'role-assignments': both.slice(0, 1) },
    seen: 'reporting to top management',
    spares: { people, 'role-assignments': both },
  },
  {
    rule: 'R015',
    name: 'its holder has left',
    flags: { people: [{ id: 'p1', active: false }], 'role-assignments': both },
    spares: { people, 'role-assignments': both },
  },
  {
    rule: 'R015',
    name: 'its time is over',
    flags: { people, 'role-assignments': both.map((one) => ({ ...one, untilDate: '2026-11-20' })) },
    spares: { people, 'role-assignments': both.map((one) => ({ ...one, untilDate: '2026-11-21' })) },
  },
  {
    rule: 'R016',
    name: 'a system without owner, or whose owner left',
    flags: {
      people: [{ id: 'p1', active: false }],
      systems: [{ state: 'production', owner: 'p1' }, { state: 'production' }, { state: 'production', owner: 'archived' }],
    },
    seen: '3 of 3',
    spares: { people, systems: [{ state: 'production', owner: 'p1' }, { state: 'retired' }] },
  },
  {
    rule: 'R016',
    name: 'a risk without owner',
    flags: { people, risks: [{ state: 'evaluated' }] },
    spares: { people, risks: [{ state: 'evaluated', owner: 'p1' }, { state: 'closed' }] },
  },
  {
    rule: 'R016',
    name: 'an objective without owner',
    flags: { people, objectives: [{ status: 'planned' }] },
    spares: { people, objectives: [{ status: 'planned', owner: 'p2' }, { status: 'dropped' }] },
  },
  {
    rule: 'R016',
    name: 'an included control without owner',
    flags: { people, 'soa-versions': [{ id: 'v', state: 'draft', versionNumber: 1 }], 'soa-entries': [{ soa: 'v', decision: 'included' }] },
    spares: {
      people,
      'soa-versions': [{ id: 'v', state: 'draft', versionNumber: 1 }],
      'soa-entries': [
        { soa: 'v', decision: 'included', owner: 'p1' },
        { soa: 'v', decision: 'excluded' },
      ],
    },
  },
  {
    rule: 'R017',
    name: 'auditor of what the same person owns',
    flags: {
      'role-assignments': [
        { responsibility: 'internal_audit', holder: 'p1', state: 'accepted' },
        { responsibility: 'system_ownership', holder: 'p1', state: 'accepted', object: 'Support' },
      ],
    },
    seen: '2 of 2',
    spares: {
      'role-assignments': [
        { responsibility: 'internal_audit', holder: 'p1', state: 'accepted', object: 'Sales' },
        { responsibility: 'system_ownership', holder: 'p1', state: 'accepted', object: 'Support' },
        { responsibility: 'risk_management', holder: 'p2', state: 'accepted' },
      ],
    },
  },
  {
    rule: 'R017',
    name: 'approved by who submitted it',
    flags: { 'soa-versions': [{ state: 'approved', submittedBy: 'p1', approvedBy: 'p1' }] },
    spares: {
      'soa-versions': [{ state: 'approved', submittedBy: 'p1', approvedBy: 'p2' }],
      'treatment-plans': [{ state: 'in_review', submittedBy: 'p1' }],
    },
  },
  {
    rule: 'R018',
    name: 'not accepted in time',
    flags: { 'role-assignments': [{ state: 'proposed', assignedOn: '2026-10-21' }] },
    spares: {
      'role-assignments': [
        { state: 'accepted', assignedOn: '2026-10-21' },
        { state: 'proposed', assignedOn: '2026-10-22' },
      ],
    },
  },
  {
    rule: 'R136',
    name: 'top management last seen over a year ago',
    flags: { 'scope-statements': [{ approvedOn: '2025-11-20' }] },
    spares: { 'scope-statements': [{ approvedOn: '2025-11-21' }] },
  },
];
