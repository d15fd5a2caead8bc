import type { RuleCase } from './case.ts';

export const scopeCases: readonly RuleCase[] = [
  {
    rule: 'R001',
    name: 'a draft is no scope',
    flags: { 'scope-statements': [{ state: 'draft' }] },
    spares: { 'scope-statements': [{ state: 'superseded' }, { state: 'approved' }] },
  },
  {
    rule: 'R001',
    name: 'nothing at all',
    flags: {},
    seen: 'no scope statement exists',
    spares: { 'scope-statements': [{ state: 'approved' }] },
  },
  {
    rule: 'R002',
    name: 'an undecided system, candidates too',
    flags: {
      systems: [
        { state: 'production', scopeDecision: 'in' },
        { state: 'candidate', scopeDecision: 'undecided' },
      ],
    },
    seen: '1 of 2',
    spares: {
      systems: [
        { state: 'production', scopeDecision: 'in' },
        { state: 'retired', scopeDecision: 'undecided' },
        { state: 'not_an_ai_system', scopeDecision: null },
      ],
    },
  },
  {
    rule: 'R003',
    name: 'out without a reason',
    flags: { systems: [{ state: 'production', scopeDecision: 'out', scopeReason: ' ' }] },
    spares: { systems: [{ state: 'production', scopeDecision: 'out', scopeReason: 'Belongs to the parent company' }] },
  },
];
