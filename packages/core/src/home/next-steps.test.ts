import { describe, expect, it } from 'vitest';
import { nextSteps, type SituationFacts, type SituationFinding } from './next-steps.ts';

const settled: SituationFacts = {
  systems: 12,
  scope: 'in_force',
  criteria: 'in_force',
  risks: 20,
  unratedRisks: 0,
  plan: 'in_force',
  soa: 'in_force',
  undecidedControls: 0,
  awaitingMe: 0,
  lateMine: 0,
};
const kinds = (facts: Partial<SituationFacts>, findings: readonly SituationFinding[] = []) =>
  nextSteps({ ...settled, ...facts }, findings).map(({ kind, rule }) => rule ?? kind);
const found = (rule: string, severity: SituationFinding['severity'] = 'minor', affected = 1): SituationFinding => ({
  rule,
  severity,
  affected,
});

describe('the next steps', () => {
  it('are none when everything stands', () => {
    expect(kinds({})).toEqual([]);
  });

  it('begin an empty organisation with its systems and its scope, and name nothing that rests on them', () => {
    expect(
      kinds({ systems: 0, scope: 'none', criteria: 'none', risks: 0, plan: 'none', soa: 'none' }, [found('R019'), found('R035')]).slice(
        0,
        2,
      ),
    ).toEqual(['register_systems', 'approve_scope']);
  });

  it.each([
    ['a scope that nobody approved', { scope: 'draft' as const }, 'approve_scope'],
    ['criteria in review', { criteria: 'in_review' as const }, 'approve_criteria'],
    ['no risks', { risks: 0 }, 'name_risks'],
    ['risks without a rating', { unratedRisks: 3 }, 'rate_risks'],
    ['a plan that is a draft', { plan: 'draft' as const }, 'approve_plan'],
    ['no statement of applicability', { soa: 'none' as const }, 'decide_controls'],
    ['undecided controls', { soa: 'draft' as const, undecidedControls: 4 }, 'decide_controls'],
    ['a decided statement that nobody approved', { soa: 'draft' as const }, 'approve_soa'],
    ['what waits for me', { awaitingMe: 2 }, 'answer_what_waits'],
    ['my late dates', { lateMine: 1 }, 'catch_up'],
  ])('name %s', (_, facts, expected) => {
    expect(kinds(facts)).toEqual([expected]);
  });

  it('rate no risks before there are criteria to rate them by', () => {
    expect(kinds({ criteria: 'none', unratedRisks: 3 })).toEqual(['approve_criteria']);
  });

  it('put what waits for the reader first, grave findings before foundations, lesser ones after', () => {
    expect(
      kinds({ awaitingMe: 1, scope: 'draft', lateMine: 2 }, [found('R008'), found('R021', 'major', 40), found('R046', 'minor', 6)]),
    ).toEqual(['answer_what_waits', 'R021', 'approve_scope', 'catch_up', 'R046']);
  });

  it('do not repeat a finding that a missing foundation explains', () => {
    expect(kinds({ scope: 'none' }, [found('R001', 'major'), found('R008')])).toEqual(['approve_scope', 'R008']);
    expect(kinds({}, [found('R001', 'major')])).toEqual(['R001']);
  });

  it('carry how many records they are about and are never more than asked for', () => {
    const steps = nextSteps({ ...settled, unratedRisks: 7 }, [found('R002', 'minor', 3), found('R001', 'observation', 0)], 2);
    expect(steps).toEqual([
      { kind: 'rate_risks', count: 7 },
      { kind: 'repair_finding', count: 3, rule: 'R002', severity: 'minor' },
    ]);
  });
});
