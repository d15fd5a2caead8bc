import type { RuleCase } from './case.ts';

const active = { status: 'on_track' };

export const objectiveCases: readonly RuleCase[] = [
  {
    rule: 'R056',
    name: 'no target',
    flags: { objectives: [{ ...active, metric: 'Answers checked' }] },
    seen: 'no target',
    spares: {
      objectives: [
        { ...active, metric: 'Answers checked', target: '95 %' },
        { ...active, notMeasurableReason: 'Judged by the committee' },
        { status: 'dropped' },
      ],
    },
  },
  {
    rule: 'R057',
    name: 'no resources and no date',
    flags: { objectives: [{ ...active, owner: 'p' }] },
    seen: 'no resources, no due date',
    spares: { objectives: [{ ...active, owner: 'p', resources: 'Two people', dueDate: '2027-01-01' }] },
  },
  {
    rule: 'R058',
    name: 'not measured within its own frequency',
    flags: { objectives: [{ ...active, metric: 'm', frequency: 'monthly', measuredOn: '2026-10-20' }] },
    spares: { objectives: [{ ...active, metric: 'm', frequency: 'monthly', measuredOn: '2026-10-21' }] },
  },
  {
    rule: 'R058',
    name: 'never measured since it was written',
    flags: { objectives: [{ ...active, metric: 'm', frequency: 'weekly', createdAt: '2026-11-13T08:00:00Z' }] },
    seen: 'never measured',
    spares: { objectives: [{ ...active, metric: 'm', frequency: 'weekly', createdAt: '2026-11-14T08:00:00Z' }] },
    spared: 'notJudged',
  },
];

const running = { state: 'production' };

export const lawCases: readonly RuleCase[] = [
  {
    rule: 'R108',
    name: 'never screened',
    flags: { systems: [running] },
    seen: 'not screened',
    spares: { systems: [{ ...running, lawScreenedOn: '2026-07-27' }, { state: 'retired' }] },
  },
  {
    rule: 'R108',
    name: 'screened under the older law',
    flags: { systems: [{ ...running, lawScreenedOn: '2026-07-26' }] },
    seen: 'before the law changed',
    spares: { systems: [{ ...running, lawScreenedOn: '2026-08-01' }] },
  },
  {
    rule: 'R109',
    name: 'an older version',
    flags: { systems: [{ ...running, lawVersion: 'law@1' }] },
    spares: { systems: [{ ...running, lawVersion: 'law@2' }, running] },
  },
  {
    rule: 'R110',
    name: 'exempt though it profiles',
    flags: { systems: [{ ...running, lawFlags: ['exempt'], lawProfiling: true }] },
    spares: {
      systems: [
        { ...running, lawFlags: ['exempt'], lawProfiling: false },
        { ...running, lawFlags: ['high-risk'], lawExemptionClaimed: true, lawProfiling: true },
      ],
    },
  },
  {
    rule: 'R110',
    name: 'claimed and not yet confirmed',
    flags: { systems: [{ ...running, lawExemptionClaimed: true, lawProfiling: true }] },
    spares: { systems: [{ ...running, lawExemptionClaimed: true, lawProfiling: false }] },
  },
  {
    rule: 'R110',
    name: 'profiling not answered',
    flags: { systems: [{ ...running, lawFlags: ['exempt', 'transparency'], lawProfiling: true }] },
    spares: { systems: [{ ...running, lawFlags: ['exempt'] }] },
    spared: 'notJudged',
  },
];

const old = Array.from({ length: 6 }, () => ({ collectedOn: '2026-01-10' }));
const fresh = Array.from({ length: 10 }, () => ({ collectedOn: '2026-11-10' }));

export const evidenceCases: readonly RuleCase[] = [
  {
    rule: 'R115',
    name: 'most of it from the last four weeks',
    flags: { evidence: [...old, ...fresh] },
    seen: '10 of 16',
    spares: { evidence: [...old, ...fresh.slice(0, 9)] },
  },
  {
    rule: 'R115',
    name: 'says nothing about a system that has just begun',
    flags: { evidence: [...old, ...fresh] },
    spares: { evidence: fresh },
    spared: 'notJudged',
  },
  {
    rule: 'R070',
    name: 'records without a retention rule',
    flags: { evidence: [{}], 'control-tests': [{}] },
    seen: 'evidence, control-tests',
    spares: { systems: [{}] },
    spared: 'notJudged',
  },
  {
    rule: 'R117',
    name: 'a number that does not exist',
    flags: { evidence: [{ controls: ['A.2.1'], requirements: ['4.1-1'] }] },
    seen: 'A.2.1',
    spares: { evidence: [{ controls: ['A.2.2'], requirements: ['4.1-1'] }, {}] },
  },
  {
    rule: 'R117',
    name: 'in treatments, tests and scope too',
    flags: {
      treatments: [{ controls: ['A.9.1'] }],
      'control-tests': [{ control: 'B.1' }],
      'scope-statements': [{ requirements: ['11.1-1'] }],
    },
    seen: '3 of 3',
    spares: {
      treatments: [{ controls: ['A.2.2'] }],
      'soa-entries': [{ control: 'A.10.3' }],
      'scope-statements': [{ requirements: ['4.3-1'] }],
    },
  },
];
