import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal } from '../shared/refusal.ts';
import { RISK_MOVES, decideRisk, evolveRisk, identified, riskCommandsAt, riskStages } from './states.ts';
import type { RiskCommand, RiskFacts, RiskStage, RiskState } from './states.ts';

const facts: RiskFacts = {
  owner: 'owner',
  recordKind: 'risk',
  treatmentProblems: [],
  retainedOnly: false,
  unfinishedTreatments: 0,
  inApprovedPlan: true,
  evidence: 1,
  effective: true,
  accepted: true,
};
const at = (stage: RiskStage, aboveThreshold: boolean | null = true): RiskState => ({ stage, assessor: 'assessor', aboveThreshold });
const assessed = (aboveThreshold: boolean, needsSecondReader = false): RiskCommand => ({
  kind: 'assess',
  by: 'assessor',
  aboveThreshold,
  needsSecondReader,
});
const accept: RiskCommand = { kind: 'acceptWithinCriteria', by: 'owner', on: '2026-11-20', nextReview: '2027-11-20' };
const codes = (state: RiskState, command: RiskCommand, change: Partial<RiskFacts> = {}) => {
  const outcome = decideRisk(state, command, { ...facts, ...change });
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};
const step = (state: RiskState, command: RiskCommand, given = facts): RiskState => {
  const outcome = decideRisk(state, command, given);
  return 'refused' in outcome ? state : outcome.events.reduce(evolveRisk, state);
};
const walk = (...commands: readonly RiskCommand[]) => commands.reduce((state, command) => step(state, command), identified).stage;

describe('the way of a risk', () => {
  it('within the criteria ends with the owner', () => expect(walk(assessed(false), accept)).toBe('accepted_within_criteria'));

  it('above the threshold leads through plan, treatment and check to the accepted residual', () => {
    expect(
      walk(
        assessed(true),
        { kind: 'selectTreatment' },
        { kind: 'approvePlan' },
        { kind: 'startTreatment' },
        { kind: 'finishTreatment' },
        { kind: 'acceptResidual' },
      ),
    ).toBe('residual_accepted');
  });

  it('goes round again after a reopening, with a new rating', () => {
    expect(walk(assessed(false), accept, { kind: 'reopen', trigger: 'incident', reason: 'INC-3' }, assessed(true))).toBe('evaluated');
  });
});

describe('a second reader', () => {
  it('holds the evaluation back', () => expect(walk(assessed(true, true))).toBe('analysed'));
  it('is another person', () => expect(codes(at('analysed'), { kind: 'readSecond', by: 'assessor' })).toEqual(['READER_IS_ASSESSOR']));
  it('makes it evaluated', () => expect(step(at('analysed'), { kind: 'readSecond', by: 'reader' }).stage).toBe('evaluated'));
});

describe('acceptance within the criteria', () => {
  it('is refused above the threshold', () => expect(codes(at('evaluated'), accept)).toEqual(['ABOVE_THRESHOLD']));
  it('is open to an opportunity at any level', () => expect(codes(at('evaluated'), accept, { recordKind: 'opportunity' })).toEqual([]));
  it('takes the owner', () => expect(codes(at('evaluated', false), { ...accept, by: 'other' })).toEqual(['NOT_THE_OWNER']));
  it('takes an owner at all', () => expect(codes(at('evaluated', false), accept, { owner: null })).toEqual(['OWNER_NEEDED']));
  it('takes a review to come', () =>
    expect(codes(at('evaluated', false), { ...accept, nextReview: '2026-11-20' })).toEqual(['REVIEW_PAST']));
});

describe('treatment', () => {
  it('has to be there', () =>
    expect(codes(at('evaluated'), { kind: 'selectTreatment' }, { treatmentProblems: null })).toEqual(['TREATMENT_NEEDED']));
  it('has to be complete', () => {
    expect(codes(at('evaluated'), { kind: 'selectTreatment' }, { treatmentProblems: [refusal('OWNER', 'm', 'r')] })).toEqual(['OWNER']);
  });
  it('has to stand in an approved plan', () =>
    expect(codes(at('treatment_selected'), { kind: 'approvePlan' }, { inApprovedPlan: false })).toEqual(['PLAN_NOT_APPROVED']));
  it('has to be complete still when its plan is approved', () => {
    expect(codes(at('treatment_selected'), { kind: 'approvePlan' }, { treatmentProblems: [refusal('OWNER', 'm', 'r')] })).toEqual([
      'OWNER',
    ]);
  });
  it('is done with nothing open and with evidence', () => {
    expect(codes(at('in_treatment'), { kind: 'finishTreatment' }, { unfinishedTreatments: 2, evidence: 0 })).toEqual([
      'TREATMENT_UNFINISHED',
      'EVIDENCE_NEEDED',
    ]);
  });
  it('goes back when the check was negative', () =>
    expect(step(at('treated_pending_check'), { kind: 'sendBackToTreatment', reason: 'no effect' }).stage).toBe('treatment_selected'));
});

describe('the residual risk', () => {
  const acceptResidual: RiskCommand = { kind: 'acceptResidual' };
  it('is accepted only when shown effective and signed twice', () => {
    expect(codes(at('treated_pending_check'), acceptResidual, { effective: null, accepted: false })).toEqual([
      'NOT_SHOWN_EFFECTIVE',
      'ACCEPTANCE_NEEDED',
    ]);
  });
  it('is not accepted straight from the plan', () => expect(codes(at('plan_approved'), acceptResidual)).toEqual(['WRONG_STAGE']));
  it('of a retained risk needs no check', () =>
    expect(codes(at('plan_approved'), acceptResidual, { retainedOnly: true, effective: null })).toEqual([]));
});

describe('closing and reopening', () => {
  it('take a reason', () => {
    expect(codes(at('residual_accepted'), { kind: 'close', reason: '' })).toEqual(['REASON_NEEDED']);
    expect(codes(at('residual_accepted'), { kind: 'reopen', trigger: 'incident', reason: ' ' })).toEqual(['REASON_NEEDED']);
  });
  it('do not skip a treatment under way', () => {
    expect(codes(at('in_treatment'), { kind: 'close', reason: 'retired' }, { unfinishedTreatments: 1 })).toEqual(['TREATMENT_UNFINISHED']);
    expect(codes(at('in_treatment'), { kind: 'close', reason: 'retired' })).toEqual([]);
  });
  it('need something to close', () => expect(codes(at('closed'), { kind: 'close', reason: 'retired' })).toEqual(['WRONG_STAGE']));
});

describe('rating anew', () => {
  const residual: RiskCommand = { kind: 'assess', by: 'other', aboveThreshold: false, needsSecondReader: false, rating: 'residual' };
  it('opens what was accepted', () => {
    const outcome = decideRisk(at('residual_accepted', false), assessed(true), facts);
    expect('events' in outcome ? outcome.events.map((event) => (event.kind === 'stage_changed' ? event.to : event.kind)) : []).toEqual([
      'reopened',
      'analysed',
      'evaluated',
    ]);
  });
  it('sends a chosen treatment back to the decision', () => expect(step(at('treatment_selected'), assessed(true)).stage).toBe('evaluated'));
  it('does not call back work under way', () => expect(step(at('in_treatment'), assessed(true)).stage).toBe('in_treatment'));
  it('as residual keeps the stage and says where the risk is now', () =>
    expect(step(at('treated_pending_check'), residual)).toEqual({
      stage: 'treated_pending_check',
      assessor: 'other',
      aboveThreshold: false,
    }));
  it('as residual needs a treatment', () => expect(codes(at('evaluated'), residual)).toEqual(['WRONG_STAGE']));
});

describe('any sequence of commands', () => {
  const command = fc
    .record({
      kind: fc.constantFrom(...(Object.keys(RISK_MOVES) as RiskCommand['kind'][])),
      by: fc.constantFrom('owner', 'assessor'),
      aboveThreshold: fc.boolean(),
      needsSecondReader: fc.boolean(),
      rating: fc.constantFrom('inherent' as const, 'residual' as const),
      reason: fc.constantFrom('', 'because'),
      trigger: fc.constant('incident'),
      on: fc.constant('2026-11-20'),
      nextReview: fc.constant('2027-11-20'),
    })
    .map((made) => made as RiskCommand);
  const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
    owner: fc.constantFrom(null, 'owner'),
    recordKind: fc.constant('risk' as const),
    treatmentProblems: fc.constantFrom(null, []),
    retainedOnly: fc.boolean(),
    unfinishedTreatments: fc.nat(2),
    inApprovedPlan: fc.boolean(),
    evidence: fc.nat(1),
    effective: fc.constantFrom(null, true, false),
    accepted: fc.boolean(),
  });

  it('moves only where a move is listed, and never accepts what is above the threshold without both signatures', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, anyFacts), { maxLength: 25 }), (steps) => {
        let state: RiskState = identified;
        for (const [given, known] of steps) {
          const next = step(state, given, known);
          if (next !== state && !riskCommandsAt(state.stage).includes(given.kind)) return false;
          if (next.stage === 'accepted_within_criteria' && next.aboveThreshold !== false) return false;
          if (next.stage === 'residual_accepted' && state.stage !== 'residual_accepted' && !known.accepted) return false;
          state = next;
        }
        return riskStages.includes(state.stage);
      }),
      { numRuns: 500 },
    );
  });
});
