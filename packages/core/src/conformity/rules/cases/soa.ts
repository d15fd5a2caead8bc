import type { RuleCase } from './case.ts';

const draft = { 'soa-versions': [{ id: 'v', state: 'draft', versionNumber: 1 }] };
const approved = {
  'soa-versions': [{ id: 'v', state: 'approved', versionNumber: 1, approvedOn: '2026-06-01', approvedAt: '2026-06-01T10:00:00Z' }],
};
const entry = { soa: 'v', control: 'A.2.2' };
const included = { ...entry, decision: 'included' };
const excluded = { ...entry, decision: 'excluded' };
const whole = ['A.2.2', 'A.6.2.2', 'A.10.3'].map((control) => ({ soa: 'v', control, decision: 'included' }));

export const soaCases: readonly RuleCase[] = [
  { rule: 'R035', name: 'a draft is no statement', flags: draft, spares: approved },
  {
    rule: 'R036',
    name: 'a control is missing',
    flags: { ...draft, 'soa-entries': whole.slice(1) },
    seen: '1 controls of Annex A have no entry',
    spares: { ...draft, 'soa-entries': whole },
  },
  {
    rule: 'R036',
    name: 'an entry is undecided, of this version',
    flags: { ...draft, 'soa-entries': [...whole.slice(1), { ...entry, decision: 'undecided' }] },
    seen: 'undecided',
    spares: { ...draft, 'soa-entries': [...whole, { soa: 'old', control: 'A.2.2', decision: 'undecided' }] },
  },
  {
    rule: 'R037',
    name: 'included without words',
    flags: { ...draft, 'soa-entries': [{ ...included, reasons: ['risk'] }] },
    spares: {
      ...draft,
      'soa-entries': [
        { ...included, reasons: ['risk'], justification: 'Needed against drift' },
        { ...included, reasons: ['law'], laws: 'AI Act' },
      ],
    },
  },
  {
    rule: 'R037',
    name: 'included without a kind of reason',
    flags: { ...draft, 'soa-entries': [{ ...included, justification: 'Needed' }] },
    seen: 'kind of reason',
    spares: { ...draft, 'soa-entries': [{ ...included, reasons: ['law'], justification: 'Needed' }] },
  },
  {
    rule: 'R038',
    name: 'excluded with an empty phrase',
    flags: { ...draft, 'soa-entries': [{ ...excluded, justification: 'Not applicable.' }] },
    seen: 'empty phrase',
    spares: { ...draft, 'soa-entries': [{ ...excluded, justification: 'No system is developed or changed here' }] },
  },
  {
    rule: 'R038',
    name: 'too short, or nothing',
    flags: { ...draft, 'soa-entries': [{ ...excluded, justification: 'we buy' }, excluded] },
    seen: '2 of 2',
    spares: { ...draft, 'soa-entries': [{ ...excluded, justification: 'Everything is bought ready' }] },
  },
  {
    rule: 'R039',
    name: 'an open treatment names it',
    flags: { ...draft, 'soa-entries': [excluded], treatments: [{ state: 'in_progress', controls: ['A.2.2'] }] },
    spares: {
      ...draft,
      'soa-entries': [excluded],
      treatments: [
        { state: 'cancelled', controls: ['A.2.2'] },
        { state: 'planned', controls: ['A.10.3'] },
      ],
    },
  },
  {
    rule: 'R039',
    name: 'an own control too',
    flags: {
      ...draft,
      'soa-entries': [{ soa: 'v', ownControl: 'c', decision: 'excluded' }],
      treatments: [{ state: 'planned', ownControls: ['c'] }],
    },
    spares: { ...draft, 'soa-entries': [{ soa: 'v', ownControl: 'c', decision: 'excluded' }] },
  },
  {
    rule: 'R040',
    name: 'for risk and none linked',
    flags: { ...draft, 'soa-entries': [{ ...included, reasons: ['risk'] }] },
    spares: {
      ...draft,
      'soa-entries': [
        { ...included, reasons: ['risk'], risks: ['r'] },
        { ...included, reasons: ['own_choice'] },
      ],
    },
  },
  {
    rule: 'R041',
    name: 'A.6 is out although systems are developed',
    flags: {
      ...draft,
      'soa-entries': [{ ...excluded, control: 'A.6.2.2' }],
      systems: [{ state: 'production', scopeDecision: 'in', rolesStandard: ['developer'] }],
    },
    spares: {
      ...draft,
      'soa-entries': [
        { ...excluded, control: 'A.6.2.2' },
        { ...excluded, control: 'A.10.3', contradictionNote: 'The supplier is ourselves' },
      ],
      systems: [
        { state: 'retired', scopeDecision: 'in', rolesStandard: ['developer'] },
        { state: 'production', scopeDecision: 'in', rolesStandard: ['user'], provider: 'Parent company' },
      ],
    },
  },
  {
    rule: 'R041',
    name: 'A.7, A.9 and A.10.3 by training, use and suppliers',
    flags: {
      ...draft,
      'soa-entries': ['A.7.2', 'A.9.2', 'A.10.3'].map((control) => ({ ...excluded, control })),
      systems: [{ state: 'pilot', scopeDecision: 'in', trainsOnData: true, rolesStandard: ['user'], provider: 'Model supplier' }],
    },
    seen: '3 of 3',
    spares: {
      ...draft,
      'soa-entries': ['A.7.2', 'A.9.2', 'A.10.3'].map((control) => ({ ...excluded, control })),
      systems: [{ state: 'pilot', scopeDecision: 'in', trainsOnData: false, rolesStandard: ['developer'] }],
    },
  },
  {
    rule: 'R042',
    name: 'a treatment for another risk came later',
    flags: {
      ...approved,
      'soa-entries': [{ ...included, reasons: ['risk'], risks: ['r1'] }],
      risks: [{ id: 'r1', state: 'evaluated' }],
      treatments: [{ identifier: 'TRT-0002', state: 'planned', controls: ['A.2.2'], risk: 'r2', createdAt: '2026-06-01T10:00:01Z' }],
    },
    seen: 'TRT-0002',
    spares: {
      ...approved,
      'soa-entries': [{ ...included, reasons: ['risk'], risks: ['r1'] }],
      risks: [{ id: 'r1', state: 'evaluated' }],
      treatments: [
        { state: 'planned', controls: ['A.2.2'], risk: 'r2', createdAt: '2026-06-01T09:59:59Z' },
        { state: 'planned', controls: ['A.2.2'], risk: 'r1', createdAt: '2026-07-01T00:00:00Z' },
      ],
    },
  },
  {
    rule: 'R042',
    name: 'the risks it was included for are closed',
    flags: { ...approved, 'soa-entries': [{ ...included, reasons: ['risk'], risks: ['r1'] }], risks: [{ id: 'r1', state: 'closed' }] },
    seen: 'closed',
    spares: {
      ...approved,
      'soa-entries': [{ ...included, reasons: ['risk', 'law'], risks: ['r1'] }],
      risks: [{ id: 'r1', state: 'closed' }],
    },
  },
  { rule: 'R043', name: 'neither own controls nor a word on them', flags: draft, spares: { ...draft, controls: [{}] } },
  {
    rule: 'R043',
    name: 'a statement will do',
    flags: draft,
    spares: { 'soa-versions': [{ id: 'v', state: 'draft', versionNumber: 1, ownControlsStatement: 'Annex A covers every treatment' }] },
  },
  { rule: 'R035', name: 'nothing at all', flags: {}, seen: 'no Statement of Applicability exists', spares: approved },
];

const working = { ...included, status: 'implemented' };

export const implementationCases: readonly RuleCase[] = [
  {
    rule: 'R044',
    name: 'implemented with no evidence',
    flags: { ...approved, 'soa-entries': [working], evidence: [{ controls: ['A.10.3'], collectedOn: '2026-11-01' }] },
    seen: 'no evidence',
    spares: { ...approved, 'soa-entries': [working], evidence: [{ controls: ['A.2.2'], collectedOn: '2026-11-01' }] },
  },
  {
    rule: 'R044',
    name: 'evidence no longer valid',
    flags: {
      ...approved,
      'soa-entries': [working],
      evidence: [{ controls: ['A.2.2'], collectedOn: '2026-11-01', validUntil: '2026-11-20' }],
    },
    seen: 'valid today',
    spares: {
      ...approved,
      'soa-entries': [working],
      evidence: [{ controls: ['A.2.2'], collectedOn: '2020-11-01', validUntil: '2026-11-21' }],
    },
  },
  {
    rule: 'R044',
    name: 'stale by the interval',
    flags: { ...approved, 'soa-entries': [working], evidence: [{ controls: ['A.2.2'], collectedOn: '2025-11-20' }] },
    seen: 'stale',
    spares: { ...approved, 'soa-entries': [working], evidence: [{ controls: ['A.2.2'], collectedOn: '2025-11-21' }] },
  },
  {
    rule: 'R044',
    name: 'overdue by its own day',
    flags: { ...approved, 'soa-entries': [working], evidence: [{ controls: ['A.2.2'], collectedOn: '2026-11-01', nextDue: '2026-11-20' }] },
    seen: 'anew by 2026-11-20',
    spares: {
      ...approved,
      'soa-entries': [working],
      evidence: [{ controls: ['A.2.2'], collectedOn: '2024-11-01', nextDue: '2026-11-21' }],
    },
  },
  {
    rule: 'R044',
    name: 'an own control with no evidence',
    flags: {
      ...approved,
      'soa-entries': [{ ...working, control: null, ownControl: 'own1' }],
      evidence: [{ controls: ['A.2.2'], ownControls: ['own2'], collectedOn: '2026-11-01' }],
    },
    seen: 'no evidence',
    spares: {
      ...approved,
      'soa-entries': [{ ...working, control: null, ownControl: 'own1' }],
      evidence: [{ ownControls: ['own1'], collectedOn: '2026-11-01' }],
    },
  },
  {
    rule: 'R045',
    name: 'target date passed',
    flags: { ...approved, 'soa-entries': [{ ...included, status: 'planned', targetDate: '2026-11-20' }] },
    spares: {
      ...approved,
      'soa-entries': [
        { ...included, status: 'planned', targetDate: '2026-11-21' },
        { ...included, status: 'implemented', targetDate: '2026-01-01' },
      ],
    },
  },
  {
    rule: 'R046',
    name: 'never tested',
    flags: { ...approved, 'soa-entries': [working], 'control-tests': [{ control: 'A.10.3', testedOn: '2026-10-01' }] },
    seen: 'never tested',
    spares: { ...approved, 'soa-entries': [working], 'control-tests': [{ control: 'A.2.2', testedOn: '2026-10-01' }] },
  },
  {
    rule: 'R046',
    name: 'its own next date passed',
    flags: {
      ...approved,
      'soa-entries': [working],
      'control-tests': [{ control: 'A.2.2', testedOn: '2026-10-01', nextDue: '2026-11-20' }],
    },
    seen: 'due on 2026-11-20',
    spares: {
      ...approved,
      'soa-entries': [working],
      'control-tests': [{ control: 'A.2.2', testedOn: '2024-10-01', nextDue: '2026-11-21' }],
    },
  },
  {
    rule: 'R046',
    name: 'tested longer ago than the interval',
    flags: { ...approved, 'soa-entries': [working], 'control-tests': [{ control: 'A.2.2', testedOn: '2025-11-20' }] },
    seen: 'last tested',
    spares: {
      ...approved,
      'soa-entries': [{ ...working, control: null, ownControl: 'c' }],
      'control-tests': [{ ownControl: 'c', testedOn: '2025-11-21' }],
    },
  },
];
