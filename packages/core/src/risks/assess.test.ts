import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VIEWS, assess } from './assess.ts';
import type { AssessSettings, AssessmentInput, CriteriaInForce } from './assess.ts';
import { DEFAULT_REVIEW_MONTHS, defaultCriteria } from './criteria.ts';

const inForce: CriteriaInForce = { criteria: { ...defaultCriteria, secondReaderBands: 1 }, approvedOn: '2026-01-10', supersededOn: null };
const settings: AssessSettings = { reviewMonths: DEFAULT_REVIEW_MONTHS };
const input: AssessmentInput = {
  kind: 'inherent',
  likelihood: 3,
  organisation: { rating: 2 },
  individuals: { rating: 4 },
  societies: { notApplicable: 'Used inside one team only' },
  on: '2026-03-31',
  assessor: 'risk-manager',
};
const run = (change: Partial<AssessmentInput> = {}, given = inForce, recordKind: 'risk' | 'opportunity' = 'risk') =>
  assess({ ...input, ...change }, given, { recordKind, settings });
const codes = (...args: Parameters<typeof run>) => {
  const outcome = run(...args);
  return 'refused' in outcome ? outcome.refused.map((r) => `${r.code}:${r.field ?? ''}`) : [];
};
const duties = (...args: Parameters<typeof run>) => {
  const outcome = run(...args);
  return 'refused' in outcome ? [] : outcome.mustFollow.map((follow) => follow.duty);
};

describe('assessing', () => {
  it('lets the worst of the three views count', () => {
    expect(run()).toMatchObject({
      consequences: { organisation: 2, individuals: 4, societies: null },
      consequence: 4,
      level: 12,
      band: 'High',
      aboveThreshold: true,
      reviewDue: '2026-09-30',
    });
  });

  it.each([
    { name: 'at the threshold is acceptable', likelihood: 3, rating: 3, above: false },
    { name: 'one level above it is not', likelihood: 2, rating: 5, above: true },
  ])('$name', ({ likelihood, rating, above }) =>
    expect(run({ likelihood, individuals: { rating } })).toMatchObject({ aboveThreshold: above }),
  );
});

describe('is refused', () => {
  it.each([
    { name: 'for a view that is neither rated nor excused', change: { societies: {} }, code: 'VIEW_MISSING:societies' },
    { name: 'for an empty excuse', change: { societies: { notApplicable: ' ' } }, code: 'VIEW_MISSING:societies' },
    { name: 'for a view both rated and excused', change: { societies: { rating: 1, notApplicable: 'x' } }, code: 'VIEW_BOTH:societies' },
    { name: 'for a rating outside the scale', change: { individuals: { rating: 6 } }, code: 'RATING_OUTSIDE_SCALE:individuals' },
    { name: 'for a likelihood outside the scale', change: { likelihood: 0 }, code: 'RATING_OUTSIDE_SCALE:likelihood' },
  ])('$name', ({ change, code }) => expect(codes(change)).toEqual([code]));

  it('when no view applies', () => {
    const no = { notApplicable: 'no' };
    expect(codes({ organisation: no, individuals: no, societies: no })).toEqual(['NO_VIEW_APPLIES:organisation']);
  });

  it.each([
    { name: 'under a draft of the criteria', given: { ...inForce, approvedOn: null }, code: 'CRITERIA_NOT_APPROVED:criteria' },
    {
      name: 'under criteria approved the day after',
      given: { ...inForce, approvedOn: '2026-04-01' },
      code: 'CRITERIA_NOT_YET_APPROVED:criteria',
    },
    { name: 'under criteria superseded that day', given: { ...inForce, supersededOn: '2026-03-31' }, code: 'CRITERIA_SUPERSEDED:criteria' },
  ])('$name', ({ given, code }) => expect(codes({}, given)).toEqual([code]));

  it('but not on the day of their approval', () => expect(codes({}, { ...inForce, approvedOn: '2026-03-31' })).toEqual([]));
});

describe('what must follow', () => {
  it('above the threshold: a treatment decision, and an impact assessment where people are hit', () =>
    expect(duties()).toEqual(['decide_treatment', 'assess_impact', 'review']));
  it('within it: the confirmation by the owner', () =>
    expect(duties({ likelihood: 1, individuals: { rating: 2 } })).toEqual(['confirm_acceptance', 'review']));
  it('in the top band: a second reader', () => expect(duties({ likelihood: 5 })).toContain('second_reader'));
  it.each([
    [undefined, []],
    [0, []],
    [2, ['second_reader']],
  ])('in the band below it: a second reader where the criteria ask for %s bands', (secondReaderBands, expected) => {
    const criteria = { ...defaultCriteria, ...(secondReaderBands === undefined ? {} : { secondReaderBands }) };
    expect(duties({}, { ...inForce, criteria }).filter((duty) => duty === 'second_reader')).toEqual(expected);
  });
  it('for an opportunity: whether to pursue it', () => expect(duties({}, inForce, 'opportunity')).toEqual(['decide_pursuit', 'review']));
});

describe('any rating within the scales', () => {
  const rating = fc.integer({ min: 1, max: 5 });
  it('never gets a milder level by a worse view', () => {
    fc.assert(
      fc.property(rating, rating, rating, rating, fc.constantFrom(...VIEWS), (likelihood, organisation, individuals, societies, view) => {
        const before = run({
          likelihood,
          organisation: { rating: organisation },
          individuals: { rating: individuals },
          societies: { rating: societies },
        });
        const worse = run({
          likelihood,
          organisation: { rating: organisation },
          individuals: { rating: individuals },
          societies: { rating: societies },
          [view]: { rating: 5 },
        });
        return !('refused' in before) && !('refused' in worse) && worse.level >= before.level;
      }),
    );
  });
});
