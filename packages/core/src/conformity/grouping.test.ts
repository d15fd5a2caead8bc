import { describe, expect, it } from 'vitest';
import { byRequirement, coverageOf, gradeOf, type Outcome, type RuleText, verdictOf } from './grouping.ts';
import { settingsFrom } from './settings.ts';

const text = (id: string, more: Partial<RuleText> = {}): RuleText => ({
  id,
  title: id,
  group: 'standard',
  pdca: 'Plan',
  severity: 'minor',
  worthALook: false,
  refs: ['6.1.2'],
  basis: [],
  remedy: '',
  ...more,
});
const result = (affected: number, population: number, grades: Parameters<typeof gradeOf>[0]['grades'] = [{}]) => ({
  outcome: 'finding' as const,
  affected,
  population,
  grades,
});
const systemic = text('R021', { severity: 'minor_can_become_major' });

describe('the grade of a finding', () => {
  it.each([
    { name: 'half of the records and three of them: major', affected: 3, population: 6, expected: 'major' },
    { name: 'fewer than half: minor', affected: 3, population: 7, expected: 'minor' },
    { name: 'both of two records: too few to be systemic', affected: 2, population: 2, expected: 'minor' },
  ])('$name', ({ affected, population, expected }) => {
    expect(gradeOf(result(affected, population), systemic, settingsFrom())).toBe(expected);
  });
  it("follows the organisation's own thresholds", () => {
    expect(gradeOf(result(3, 6), systemic, settingsFrom({ thresholds: { systemicRecords: 4 } }))).toBe('minor');
  });
  it('stays an observation while it rests on an interval that is only our default', () => {
    const late = result(1, 1, [{ restsOn: 'controlTestMonths' }]);
    expect(gradeOf(late, text('R046'), settingsFrom())).toBe('observation');
    expect(gradeOf(late, text('R046'), settingsFrom({ intervals: { controlTestMonths: 12 } }))).toBe('minor');
  });
  it('takes the gravest of its records', () => {
    expect(gradeOf(result(2, 2, [{ restsOn: 'controlTestMonths' }, {}]), text('R046'), settingsFrom())).toBe('minor');
  });
  it('is an observation without a requirement behind it', () => {
    expect(gradeOf(result(1, 1), text('R999', { refs: [] }), settingsFrom())).toBe('observation');
    expect(gradeOf(result(1, 1), text('R109', { refs: [], basis: ['law'] }), settingsFrom())).toBe('minor');
  });
  it('is absent where nothing was found', () => {
    expect(gradeOf({ ...result(0, 3), outcome: 'met' }, text('R021'), settingsFrom())).toBeNull();
  });
});

const texts = [
  text('R001', { severity: 'major', refs: ['4.3'] }),
  text('R021'),
  text('R022', { refs: ['6.1.2', '8.2'] }),
  text('R108', { group: 'law' }),
  text('R115', { worthALook: true }),
  text('R047', { pdca: 'Do' }),
];
const textOf = (rule: string): RuleText => texts.find((one) => one.id === rule) ?? text(rule);
const outcomes: readonly Outcome[] = [
  { rule: 'R001', outcome: 'finding', population: 1, affected: 1, severity: 'major' },
  { rule: 'R021', outcome: 'finding', population: 40, affected: 40, severity: 'major' },
  { rule: 'R022', outcome: 'finding', population: 9, affected: 2, severity: 'minor' },
  { rule: 'R108', outcome: 'finding', population: 9, affected: 9, severity: 'minor' },
  { rule: 'R115', outcome: 'finding', population: 1, affected: 1, severity: 'observation' },
  { rule: 'R047', outcome: 'notJudged', population: 0, affected: 0, severity: null },
];

describe('the overview', () => {
  it('counts forty systems without an assessment as one finding, and law apart from the standard', () => {
    expect(verdictOf(outcomes, textOf, 'standard')).toEqual({ likelyMajor: 2, likelyMinor: 1, observations: 0 });
    expect(verdictOf(outcomes, textOf, 'law')).toEqual({ likelyMajor: 0, likelyMinor: 1, observations: 0 });
  });
  it('keeps what is worth a look outside the verdict', () => {
    expect(verdictOf(outcomes, textOf, 'standard').observations).toBe(0);
    expect(byRequirement(outcomes, textOf).flatMap((group) => group.rules)).not.toContain('R115');
  });
  it('groups findings by requirement, gravest and widest first', () => {
    expect(
      byRequirement(outcomes, textOf).map(({ ref, rules, affected, population, severity }) => [ref, rules, affected, population, severity]),
    ).toEqual([
      ['6.1.2', ['R021', 'R022', 'R108'], 40, 40, 'major'],
      ['4.3', ['R001'], 1, 1, 'major'],
    ]);
  });
  it('always says how much was judged', () => {
    const coverage = coverageOf(outcomes, textOf);
    expect([coverage.total, coverage.ran, coverage.met, coverage.found, coverage.notJudged]).toEqual([6, 5, 0, 5, 1]);
    expect(coverage.byPdca.Do.notJudged).toBe(1);
    expect(coverage.byGroup.law.found).toBe(1);
  });
});
