import type { RuleCase } from './case.ts';

export const contextCases: readonly RuleCase[] = [
  {
    rule: 'R004',
    name: 'a review older than the interval',
    flags: { 'context-issues': [{ reviewedOn: '2025-11-20' }] },
    spares: { 'context-issues': [{ reviewedOn: '2025-11-20' }, { reviewedOn: '2025-11-21' }] },
  },
  {
    rule: 'R004',
    name: 'suggestions alone',
    flags: { 'context-issues': [{ reviewedOn: '2026-11-01', suggested: true }] },
    seen: 'no issue of its own',
    spares: { 'context-issues': [{ reviewedOn: '2026-11-01', suggested: false }] },
  },
  {
    rule: 'R004',
    name: 'never reviewed',
    flags: { 'context-issues': [{}] },
    seen: 'no issue has a date',
    spares: { 'context-issues': [{ reviewedOn: '2026-11-20' }] },
  },
  {
    rule: 'R005',
    name: 'the climate question left open',
    flags: {
      'context-issues': [
        { topic: 'climate', relevance: 'undecided' },
        { topic: 'law', relevance: 'relevant' },
      ],
    },
    spares: { 'context-issues': [{ topic: 'climate', relevance: 'not_relevant', suggested: false }] },
  },
  {
    rule: 'R005',
    name: 'a suggested answer is not an answer',
    flags: { 'context-issues': [{ topic: 'climate', relevance: 'relevant', suggested: true }] },
    spares: { 'context-issues': [{ topic: 'climate', relevance: 'relevant' }] },
  },
  {
    rule: 'R007',
    name: 'people affected, not among the parties',
    flags: {
      systems: [{ state: 'production', affectsPersons: true }],
      'interested-parties': [{ kind: 'customers' }, { kind: 'affected_persons', suggested: true }],
    },
    spares: { systems: [{ state: 'production', affectsPersons: true }], 'interested-parties': [{ kind: 'affected_persons' }] },
  },
  {
    rule: 'R007',
    name: 'a retired system affects nobody any more',
    flags: { systems: [{ state: 'pilot', affectsPersons: true }] },
    spares: { systems: [{ state: 'retired', affectsPersons: true }] },
    spared: 'notJudged',
  },
  {
    rule: 'R008',
    name: 'an undecided requirement',
    flags: { 'party-requirements': [{ decision: 'addressed' }, { decision: 'undecided' }] },
    spares: { 'party-requirements': [{ decision: 'addressed' }] },
  },
  {
    rule: 'R008',
    name: 'not addressed needs a reason',
    flags: { 'party-requirements': [{ decision: 'not_addressed' }] },
    seen: 'without a reason',
    spares: { 'party-requirements': [{ decision: 'not_addressed', decisionReason: 'No such customers' }] },
  },
  {
    rule: 'R008',
    name: "a suggested requirement is nobody's yet",
    flags: { 'party-requirements': [{ decision: 'undecided', suggested: false }] },
    spares: {
      'party-requirements': [
        { decision: 'addressed', suggested: true },
        { decision: 'undecided', suggested: true },
      ],
    },
    spared: 'notJudged',
  },
];
