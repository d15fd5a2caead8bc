import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authority } from '../shared/authority.ts';
import { VERSION_MOVES, evolveVersion, newVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionState } from '../shared/versions.ts';
import { undecided } from './entry.ts';
import type { SoaEntry } from './entry.ts';
import { decideSoa } from './versions.ts';
import type { SoaFacts } from './versions.ts';

const annexA = ['A.2.2', 'A.10.3'];
const entries: readonly SoaEntry[] = annexA.map((control) => ({ ...undecided(control), decision: 'included', reasons: ['own_choice'] }));
const authority: Authority = {
  holder: 'director',
  riskLevelLimit: 1,
  approvesPlans: false,
  approvesSoa: true,
  approvesCriteria: false,
  fromDate: '2026-01-01',
  untilDate: null,
};
const facts: SoaFacts = {
  annexA,
  surroundings: { treatments: [], developed: [], suppliers: [], trained: [], used: [] },
  treatmentPlan: { code: 'PLN-1', stage: 'approved' },
  authorities: [authority],
};
const submit: VersionCommand = { kind: 'submit', by: 'aims-manager', on: '2026-11-01' };
const approve: VersionCommand = { kind: 'approve', by: 'director', on: '2026-11-02' };
const inReview: VersionState = { ...newVersion('aims-manager'), stage: 'in_review' };
const codes = (version: VersionState, command: VersionCommand, change: Partial<SoaFacts> = {}, given = entries) => {
  const outcome = decideSoa({ version, entries: given }, command, { ...facts, ...change });
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};

describe('approving', () => {
  it('takes designated management and an approved treatment plan', () => expect(codes(inReview, approve)).toEqual([]));
  it('is not for an author', () =>
    expect(codes(inReview, { ...approve, by: 'aims-manager' }, { authorities: [{ ...authority, holder: 'aims-manager' }] })).toEqual([
      'APPROVER_IS_AUTHOR',
    ]));
  it('is not for someone without authority', () =>
    expect(codes(inReview, approve, { authorities: [{ ...authority, approvesSoa: false }] })).toEqual(['NO_AUTHORITY']));
  it('needs the plan named', () => expect(codes(inReview, approve, { treatmentPlan: null })).toEqual(['PLAN_NOT_NAMED']));
  it.each([{ stage: 'draft' }, { stage: 'in_review' }, { stage: 'superseded' }] as const)(
    'does not rest on a plan in stage $stage',
    ({ stage }) => {
      expect(codes(inReview, approve, { treatmentPlan: { code: 'PLN-1', stage } })).toEqual(['PLAN_NOT_APPROVED']);
    },
  );
  it('asks again what submission asked', () => {
    const treatments = [{ code: 'TRT-1', controls: ['A.10.3'], status: 'planned' as const }];
    const exclusion = entries.map((entry) =>
      entry.control === 'A.10.3' ? { ...entry, decision: 'excluded' as const, justification: 'x' } : entry,
    );
    expect(codes(inReview, approve, {}, exclusion)).toEqual([]);
    expect(codes(inReview, approve, { surroundings: { ...facts.surroundings, treatments } }, exclusion)).toEqual(['EXCLUDED_BUT_TREATED']);
  });
});

describe('submitting', () => {
  it('does not need the plan yet', () => expect(codes(newVersion('aims-manager'), submit, { treatmentPlan: null })).toEqual([]));
  it.each([{ stage: 'draft' }, { stage: 'in_review' }, { stage: 'approved' }] as const)('takes a plan in stage $stage', ({ stage }) =>
    expect(codes(newVersion('aims-manager'), submit, { treatmentPlan: { code: 'PLN-1', stage } })).toEqual([]),
  );
  it('does not take a plan that is never approved again', () =>
    expect(codes(newVersion('aims-manager'), submit, { treatmentPlan: { code: 'PLN-1', stage: 'superseded' } })).toEqual([
      'PLAN_SUPERSEDED',
    ]));
  it('judges the entries', () => expect(codes(newVersion('aims-manager'), submit, {}, [])).toEqual(['CONTROL_MISSING', 'CONTROL_MISSING']));
});

describe('any sequence of commands', () => {
  const command = fc
    .record({
      kind: fc.constantFrom(...(Object.keys(VERSION_MOVES) as VersionCommand['kind'][])),
      by: fc.constantFrom('aims-manager', 'director'),
      on: fc.constant('2026-11-01'),
      reason: fc.constantFrom('', 'because'),
    })
    .map((made) => made as VersionCommand);
  const anyFacts: fc.Arbitrary<SoaFacts> = fc.record({
    annexA: fc.constant(annexA),
    surroundings: fc.constant(facts.surroundings),
    treatmentPlan: fc.constantFrom(null, facts.treatmentPlan),
    authorities: fc.constantFrom([authority], [{ ...authority, holder: 'aims-manager' }]),
  });

  it('never approves by an author, and never leaves an approved version for anything but superseded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, anyFacts), { maxLength: 15 }), (steps) => {
        let version = newVersion('aims-manager');
        for (const [given, known] of steps) {
          const outcome = decideSoa({ version, entries }, given, known);
          const next = 'refused' in outcome ? version : outcome.events.reduce(evolveVersion, version);
          if (next.approvedBy !== null && next.authors.includes(next.approvedBy)) return false;
          if (version.stage === 'approved' && !['approved', 'superseded'].includes(next.stage)) return false;
          if (version.stage === 'superseded' && next.stage !== 'superseded') return false;
          version = next;
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });
});
