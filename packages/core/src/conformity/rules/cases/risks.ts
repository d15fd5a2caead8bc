import type { RuleCase } from './case.ts';

const assessed = { kind: 'risk', state: 'evaluated', assessedOn: '2026-06-01' };
const rated = { organisationRating: 2, individualsRating: 3, societiesRating: 1 };

export const riskCases: readonly RuleCase[] = [
  {
    rule: 'R019',
    name: 'criteria in draft',
    flags: { 'risk-criteria': [{ state: 'draft', threshold: 9 }] },
    spares: { 'risk-criteria': [{ state: 'approved', threshold: 9 }] },
  },
  {
    rule: 'R020',
    name: 'rated under a version that was not in force',
    flags: {
      'risk-criteria': [
        { id: 'c1', approvedOn: '2026-01-01' },
        { id: 'c2', approvedOn: '2026-05-01' },
      ],
      risks: [{ ...assessed, criteria: 'c1' }],
    },
    spares: {
      'risk-criteria': [
        { id: 'c1', approvedOn: '2026-01-01' },
        { id: 'c2', approvedOn: '2026-07-01' },
      ],
      risks: [{ ...assessed, criteria: 'c1' }],
    },
  },
  {
    rule: 'R020',
    name: 'rated before any was approved; on the day of change both hold',
    flags: { 'risk-criteria': [{ id: 'c1', approvedOn: '2026-06-02' }], risks: [{ ...assessed, criteria: 'c1' }] },
    seen: 'no criteria were approved',
    spares: {
      'risk-criteria': [
        { id: 'c1', approvedOn: '2026-01-01' },
        { id: 'c2', approvedOn: '2026-06-01' },
      ],
      risks: [
        { ...assessed, criteria: 'c1' },
        { ...assessed, criteria: 'c2' },
      ],
    },
  },
  {
    rule: 'R021',
    name: 'in scope and no risk assessed',
    flags: {
      systems: [{ id: 's', state: 'production', scopeDecision: 'in' }],
      risks: [
        { system: 's', kind: 'risk' },
        { system: 's', kind: 'opportunity', assessedOn: '2026-01-01' },
        { system: 'other', kind: 'risk', assessedOn: '2026-01-01' },
      ],
    },
    seen: 'none assessed',
    spares: {
      systems: [
        { id: 's', state: 'production', scopeDecision: 'in' },
        { state: 'production', scopeDecision: 'out' },
      ],
      risks: [{ system: 's', kind: 'risk', assessedOn: '2026-01-01' }],
    },
  },
  {
    rule: 'R022',
    name: 'review overdue',
    flags: { risks: [{ ...assessed, reviewDue: '2026-11-20' }] },
    spares: {
      risks: [
        { ...assessed, reviewDue: '2026-11-21' },
        { ...assessed, state: 'closed', reviewDue: '2026-01-01' },
      ],
    },
  },
  {
    rule: 'R024',
    name: 'a view left out of the last assessment',
    flags: {
      risks: [{ ...assessed, assessment: 'new' }],
      'risk-assessments': [
        { id: 'old', ...rated },
        { id: 'new', organisationRating: 2, individualsRating: 2, notApplicable: ['societies'] },
      ],
    },
    seen: 'nothing on societies',
    spares: {
      risks: [{ ...assessed, assessment: 'new' }],
      'risk-assessments': [
        { id: 'old' },
        { id: 'new', organisationRating: 2, individualsRating: 2, notApplicable: ['societies'], societiesWhy: 'Internal tool' },
      ],
    },
  },
  {
    rule: 'R025',
    name: 'tied to no objective',
    flags: { risks: [{ kind: 'risk', state: 'identified', objectives: [] }] },
    spares: {
      risks: [
        { kind: 'risk', state: 'identified', objectives: ['o'] },
        { kind: 'opportunity', state: 'identified' },
      ],
    },
  },
  {
    rule: 'R029',
    name: 'acceptance ended',
    flags: { risks: [{ ...assessed, acceptedOn: '2026-06-02', acceptedLevel: 12, inherentLevel: 12, acceptedUntil: '2026-11-20' }] },
    seen: 'ended',
    spares: { risks: [{ ...assessed, acceptedOn: '2026-06-02', acceptedLevel: 12, inherentLevel: 12, acceptedUntil: '2026-11-21' }] },
  },
  {
    rule: 'R029',
    name: 'accepted for an older rating',
    flags: {
      risks: [
        { ...assessed, acceptedOn: '2026-05-01', acceptedLevel: 12, inherentLevel: 12, acceptedAssessment: 'old', assessment: 'new' },
        { ...assessed, acceptedOn: '2026-07-01', acceptedLevel: 8, inherentLevel: 20, residualLevel: 12 },
      ],
    },
    seen: '2 of 2',
    spares: {
      risks: [
        { ...assessed, acceptedOn: '2026-07-01', acceptedLevel: 8, inherentLevel: 20, residualLevel: 8 },
        {
          ...assessed,
          acceptedOn: '2026-07-01',
          acceptedLevel: 8,
          inherentLevel: 20,
          residualLevel: 8,
          acceptedAssessment: 'new',
          assessment: 'new',
        },
      ],
    },
  },
  {
    rule: 'R034',
    name: 'risks and no opportunity',
    flags: { risks: [{ kind: 'risk' }] },
    spares: { risks: [{ kind: 'risk' }, { kind: 'opportunity' }] },
  },
];
