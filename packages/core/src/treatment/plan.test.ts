import { describe, expect, it } from 'vitest';
import type { Authority } from '../shared/authority.ts';
import { refusal } from '../shared/refusal.ts';
import { evolveVersion, newVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionState } from '../shared/versions.ts';
import { decidePlan, highestLevelLeft } from './plan.ts';
import type { PlanFacts, PlanLine } from './plan.ts';

const line: PlanLine = {
  riskId: 'r1',
  treatmentId: 't1',
  riskCode: 'RSK-1',
  riskLevel: 16,
  option: 'modify',
  controls: ['A.6.2.4'],
  expectedLevel: 8,
  problems: [],
};
const authority: Authority = {
  holder: 'director',
  riskLevelLimit: 10,
  approvesPlans: true,
  approvesSoa: false,
  approvesCriteria: false,
  fromDate: '2026-01-01',
  untilDate: null,
};
const facts: PlanFacts = { lines: [line], aboveThreshold: [{ riskId: 'r1', riskCode: 'RSK-1' }], authorities: [authority] };
const submit: VersionCommand = { kind: 'submit', by: 'aims-manager', on: '2026-11-01' };
const approve: VersionCommand = { kind: 'approve', by: 'director', on: '2026-11-02' };
const draft = newVersion('risk-manager');
const step = (state: VersionState, command: VersionCommand): VersionState => {
  const outcome = decidePlan(state, command, facts);
  return 'refused' in outcome ? state : outcome.events.reduce(evolveVersion, state);
};
const inReview = step(draft, submit);
const codes = (state: VersionState, command: VersionCommand, change: Partial<PlanFacts> = {}) => {
  const outcome = decidePlan(state, command, { ...facts, ...change });
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};

describe('a treatment plan', () => {
  it('goes from draft through review to approval, and gives way to the next', () => {
    expect(inReview.stage).toBe('in_review');
    const approved = step(inReview, approve);
    expect(approved).toMatchObject({ stage: 'approved', approvedBy: 'director', approvedOn: '2026-11-02' });
    expect(step(approved, { kind: 'supersede' }).stage).toBe('superseded');
  });

  it('lists every risk above the threshold that it leaves out', () => {
    const aboveThreshold = [1, 2, 3].map((n) => ({ riskId: `r${n}`, riskCode: `RSK-${n}` }));
    const outcome = decidePlan(draft, submit, { ...facts, aboveThreshold });
    expect('refused' in outcome ? outcome.refused.map((r) => r.field) : []).toEqual(['r2', 'r3']);
  });

  it('lists what its lines lack', () =>
    expect(codes(draft, submit, { lines: [{ ...line, problems: [refusal('FIELD_NEEDED', 'm', 'r', 'owner')] }] })).toEqual([
      'FIELD_NEEDED',
    ]));
  it('is not empty', () => expect(codes(draft, submit, { lines: [], aboveThreshold: [] })).toEqual(['PLAN_EMPTY']));
  it('goes back with what has to change', () => {
    expect(codes(inReview, { kind: 'sendBack', by: 'director', reason: '' })).toEqual(['REASON_NEEDED']);
    expect(step(inReview, { kind: 'sendBack', by: 'director', reason: 'Due dates' }).stage).toBe('draft');
  });
  it('does not change once approved', () => expect(codes(step(inReview, approve), submit)).toEqual(['WRONG_STAGE']));
});

describe('its approval', () => {
  it('is not by who wrote or who submitted it', () => {
    for (const by of ['risk-manager', 'aims-manager']) {
      expect(codes(inReview, { ...approve, by }, { authorities: [{ ...authority, holder: by }] })).toEqual(['APPROVER_IS_AUTHOR']);
    }
  });
  it('takes an authority for plans', () =>
    expect(codes(inReview, approve, { authorities: [{ ...authority, approvesPlans: false }] })).toEqual(['NO_AUTHORITY']));
  it('reaches the highest level left', () => {
    expect(codes(inReview, approve, { lines: [line, { ...line, option: 'retain', expectedLevel: null }] })).toEqual(['LIMIT_EXCEEDED']);
    expect(highestLevelLeft([line, { ...line, option: 'avoid', expectedLevel: null }])).toBe(8);
    expect(highestLevelLeft([])).toBe(0);
  });
  it('is refused when a risk rose meanwhile', () =>
    expect(codes(inReview, approve, { aboveThreshold: [{ riskId: 'r9', riskCode: 'RSK-9' }] })).toEqual(['RISK_WITHOUT_TREATMENT']));
});
