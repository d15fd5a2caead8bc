import type { RuleCase } from './case.ts';

const above = { kind: 'risk', state: 'evaluated', aboveThreshold: 'yes', inherentLevel: 16 };
const retain = { risk: 'r', option: 'retain', state: 'planned' };
const approved = { ...above, id: 'r', acceptedBy: 'p1', acceptedLevel: 16, acceptanceApprovedBy: 'p2', acceptanceApprovedOn: '2026-06-01' };

export const treatmentCases: readonly RuleCase[] = [
  {
    rule: 'R027',
    name: 'above the threshold, nothing decided',
    flags: { risks: [{ id: 'r', ...above }], treatments: [{ risk: 'r', state: 'cancelled' }] },
    seen: 'level 16',
    spares: {
      risks: [
        { id: 'r', ...above },
        { ...above, state: 'closed' },
      ],
      treatments: [{ risk: 'r', state: 'planned' }],
    },
  },
  {
    rule: 'R028',
    name: 'retained, not accepted',
    flags: { risks: [{ id: 'r', ...above }], treatments: [retain] },
    seen: 'not accepted',
    spares: { risks: [approved], treatments: [retain], authorities: [{ holder: 'p2', riskLevelLimit: 16, fromDate: '2026-01-01' }] },
  },
  {
    rule: 'R028',
    name: 'approved beyond the authority, or when it was over',
    flags: {
      risks: [approved],
      treatments: [retain],
      authorities: [
        { holder: 'p2', riskLevelLimit: 15, fromDate: '2026-01-01' },
        { holder: 'p2', riskLevelLimit: 25, fromDate: '2026-01-01', untilDate: '2026-05-31' },
        { holder: 'p1', riskLevelLimit: 25, fromDate: '2026-01-01' },
      ],
    },
    seen: 'without authority',
    spares: {
      risks: [approved],
      treatments: [retain],
      authorities: [{ holder: 'p2', riskLevelLimit: 25, fromDate: '2026-06-01', untilDate: '2026-06-01' }],
    },
  },
  {
    rule: 'R028',
    name: 'accepted, not approved',
    flags: { risks: [{ id: 'r', ...above, acceptedBy: 'p1' }], treatments: [retain] },
    seen: 'not approved',
    spares: { risks: [approved], treatments: [retain], authorities: [{ holder: 'p2', riskLevelLimit: 16, fromDate: '2026-01-01' }] },
  },
  {
    rule: 'R030',
    name: 'modifies by no control',
    flags: { treatments: [{ option: 'modify', state: 'planned', controls: [], ownControls: [] }] },
    spares: {
      treatments: [
        { option: 'modify', state: 'planned', controls: ['A.2.2'] },
        { option: 'modify', state: 'planned', ownControls: ['c'] },
        { option: 'avoid', state: 'planned' },
      ],
    },
  },
  {
    rule: 'R031',
    name: 'past its date',
    flags: { treatments: [{ state: 'in_progress', dueDate: '2026-11-20' }] },
    spares: {
      treatments: [
        { state: 'in_progress', dueDate: '2026-11-21' },
        { state: 'done', dueDate: '2026-01-01' },
      ],
    },
  },
  {
    rule: 'R031',
    name: 'without a date nothing is overdue, and nothing is in time',
    flags: { treatments: [{ state: 'planned' }, { state: 'planned', dueDate: '2026-11-01' }] },
    seen: '1 of 2',
    spares: { treatments: [{ state: 'planned' }] },
    spared: 'notJudged',
  },
  {
    rule: 'R032',
    name: 'done and never checked',
    flags: { treatments: [{ state: 'done', doneOn: '2026-08-22' }] },
    spares: {
      treatments: [
        { state: 'done', doneOn: '2026-08-23' },
        { state: 'effective', checkedOn: '2026-09-01', option: 'avoid' },
      ],
    },
  },
  {
    rule: 'R032',
    name: 'called effective and the rating stands',
    flags: {
      risks: [{ id: 'r', inherentLevel: 12, residualLevel: 12 }],
      treatments: [{ state: 'effective', checkedOn: '2026-09-01', option: 'modify', risk: 'r' }],
    },
    seen: 'did not change',
    spares: {
      risks: [{ id: 'r', inherentLevel: 12, residualLevel: 6 }],
      treatments: [{ state: 'effective', checkedOn: '2026-09-01', option: 'modify', risk: 'r' }],
    },
  },
  {
    rule: 'R033',
    name: 'relies on a control that failed',
    flags: {
      treatments: [{ state: 'effective', controls: ['A.2.2', 'A.10.3'], checkedOn: '2026-05-01' }],
      'control-tests': [
        { control: 'A.10.3', outcome: 'effective', testedOn: '2026-01-01' },
        { control: 'A.10.3', outcome: 'not_effective', testedOn: '2026-06-01' },
      ],
    },
    seen: 'A.10.3',
    spares: {
      treatments: [{ state: 'effective', controls: ['A.10.3'], checkedOn: '2026-05-01' }],
      'control-tests': [
        { control: 'A.10.3', outcome: 'not_effective', testedOn: '2026-01-01' },
        { control: 'A.10.3', outcome: 'effective', testedOn: '2026-06-01' },
      ],
    },
  },
];
