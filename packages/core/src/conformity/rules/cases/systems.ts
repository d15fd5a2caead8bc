import type { RuleCase } from './case.ts';

const running = { state: 'production', scopeDecision: 'in' };

export const systemCases: readonly RuleCase[] = [
  {
    rule: 'R006',
    name: 'no role decided',
    flags: { systems: [{ ...running, rolesStandard: [] }] },
    spares: {
      systems: [
        { ...running, rolesStandard: ['user'] },
        { state: 'production', scopeDecision: 'out' },
      ],
    },
  },
  {
    rule: 'R082',
    name: 'decides about persons, nothing on oversight',
    flags: { systems: [{ ...running, significantDecisions: true }] },
    spares: { systems: [{ ...running, significantDecisions: true, oversight: 'A clerk confirms each decision' }] },
    spared: 'notJudged',
  },
  {
    rule: 'R120',
    name: 'trains on data and names none',
    flags: { systems: [{ ...running, trainsOnData: true }] },
    spares: { systems: [{ ...running, trainsOnData: true, data: 'Support tickets' }] },
    spared: 'notJudged',
  },
  {
    rule: 'R125',
    name: 'in development with no objective',
    flags: { systems: [{ state: 'in_development', scopeDecision: 'in', objectives: [] }] },
    spares: { systems: [{ state: 'in_development', scopeDecision: 'in', objectives: ['o'] }] },
    spared: 'notJudged',
  },
];
