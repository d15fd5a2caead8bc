import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authority } from '../shared/authority.ts';
import { acceptanceStatus, decideAcceptance, evolveAcceptance, notAccepted } from './acceptance.ts';
import type { AcceptanceCommand, AcceptanceFacts, AcceptanceState } from './acceptance.ts';

const authority: Authority = {
  holder: 'director',
  riskLevelLimit: 16,
  approvesPlans: false,
  approvesSoa: false,
  approvesCriteria: false,
  fromDate: '2026-01-01',
  untilDate: '2026-12-31',
};
const facts: AcceptanceFacts = {
  riskOwner: 'owner',
  rating: { assessmentId: 'a1', level: 12 },
  authorities: [authority],
  validityMonths: 12,
};
const accept = { kind: 'accept', by: 'owner', on: '2026-02-28', reason: 'Low harm, costly to change' } as const;
const approve = { kind: 'approveAcceptance', by: 'director', on: '2026-03-01' } as const;
const codes = (state: AcceptanceState, command: AcceptanceCommand, change: Partial<AcceptanceFacts> = {}) => {
  const outcome = decideAcceptance(state, command, { ...facts, ...change });
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};
const step = (state: AcceptanceState, command: AcceptanceCommand, given = facts): AcceptanceState => {
  const outcome = decideAcceptance(state, command, given);
  return 'refused' in outcome ? state : outcome.events.reduce(evolveAcceptance, state);
};
const signed = step(notAccepted, accept);
const valid = step(signed, approve);

describe('an acceptance', () => {
  it('takes the owner and designated management', () => {
    expect(acceptanceStatus(notAccepted, '2026-03-01', 'a1')).toBe('none');
    expect(acceptanceStatus(signed, '2026-03-01', 'a1')).toBe('awaits_approval');
    expect(acceptanceStatus(valid, '2026-03-01', 'a1')).toBe('valid');
  });

  it('holds for twelve months, its last day included', () => {
    expect(valid.validUntil).toBe('2027-02-28');
    expect(acceptanceStatus(valid, '2027-02-28', 'a1')).toBe('valid');
    expect(acceptanceStatus(valid, '2027-03-01', 'a1')).toBe('expired');
  });

  it('lapses when the risk is rated anew', () => expect(acceptanceStatus(valid, '2026-03-02', 'a2')).toBe('lapsed'));
  it('starts over when the owner signs again', () =>
    expect(acceptanceStatus(step(valid, { ...accept, on: '2026-05-01' }), '2026-05-02', 'a1')).toBe('awaits_approval'));
});

describe('the signature of the owner', () => {
  it('is the owner’s', () => expect(codes(notAccepted, { ...accept, by: 'other' })).toEqual(['NOT_THE_OWNER']));
  it('needs an owner', () => expect(codes(notAccepted, accept, { riskOwner: null })).toEqual(['OWNER_NEEDED']));
  it('needs a rating', () => expect(codes(notAccepted, accept, { rating: null })).toEqual(['NOT_RATED']));
  it('needs a reason and an end to come', () =>
    expect(codes(notAccepted, { ...accept, reason: '', validUntil: '2026-02-28' })).toEqual(['REASON_NEEDED', 'VALIDITY_PAST']));
});

describe('the approval', () => {
  it('comes after the owner', () => expect(codes(notAccepted, approve)).toEqual(['OWNER_FIRST']));
  it('is not given twice', () => expect(codes(valid, approve)).toEqual(['OWNER_FIRST']));
  it('does not carry an older rating', () =>
    expect(codes(signed, approve, { rating: { assessmentId: 'a2', level: 12 } })).toEqual(['OWNER_FIRST']));
  it('does not date before the acceptance', () =>
    expect(codes(signed, { ...approve, on: '2026-02-27' })).toEqual(['APPROVED_BEFORE_ACCEPTED']));
  it('may be given the same day', () => expect(codes(signed, { ...approve, on: '2026-02-28' })).toEqual([]));
  it('stays within the limit', () => {
    expect(
      codes(step(notAccepted, accept, { ...facts, rating: { assessmentId: 'a1', level: 16 } }), approve, {
        rating: { assessmentId: 'a1', level: 16 },
      }),
    ).toEqual([]);
    expect(
      codes(step(notAccepted, accept, { ...facts, rating: { assessmentId: 'a1', level: 17 } }), approve, {
        rating: { assessmentId: 'a1', level: 17 },
      }),
    ).toEqual(['LIMIT_EXCEEDED']);
  });
  it('takes an authority in force that day', () => {
    expect(codes(signed, approve, { authorities: [] })).toEqual(['NO_AUTHORITY']);
    expect(codes(signed, approve, { authorities: [{ ...authority, untilDate: '2026-02-28' }] })).toEqual(['NO_AUTHORITY']);
    expect(codes(signed, approve, { authorities: [{ ...authority, fromDate: '2026-03-02' }] })).toEqual(['NO_AUTHORITY']);
    expect(codes(signed, approve, { authorities: [{ ...authority, fromDate: '2026-03-01', untilDate: null }] })).toEqual([]);
    expect(codes(signed, approve, { authorities: [{ ...authority, untilDate: '2026-03-01' }] })).toEqual([]);
  });
  it('is not the owner’s own', () =>
    expect(codes(signed, { ...approve, by: 'owner' }, { authorities: [{ ...authority, holder: 'owner' }] })).toEqual([
      'APPROVER_IS_AUTHOR',
    ]));
});

describe('any sequence of signatures', () => {
  const command: fc.Arbitrary<AcceptanceCommand> = fc.record({
    kind: fc.constantFrom('accept' as const, 'approveAcceptance' as const),
    by: fc.constantFrom('owner', 'director', 'other'),
    on: fc.constantFrom('2026-02-01', '2026-06-01', '2027-01-01'),
    reason: fc.constantFrom('', 'because'),
  });
  const anyFacts: fc.Arbitrary<AcceptanceFacts> = fc.record({
    riskOwner: fc.constantFrom(null, 'owner', 'director'),
    rating: fc.constantFrom(null, { assessmentId: 'a1', level: 12 }, { assessmentId: 'a2', level: 25 }),
    authorities: fc.constantFrom([authority], [], [{ ...authority, holder: 'owner' }]),
    validityMonths: fc.constantFrom(1, 12),
  });

  it('is valid only with two different people, the second within authority', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, anyFacts), { maxLength: 12 }), (steps) => {
        const state = steps.reduce((before, [given, known]) => step(before, given, known), notAccepted);
        if (acceptanceStatus(state, '2026-06-01', state.assessmentId) !== 'valid') return true;
        return state.owner?.by !== state.approval?.by && (state.level ?? 99) <= authority.riskLevelLimit;
      }),
      { numRuns: 1000 },
    );
  });
});
