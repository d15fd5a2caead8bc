import { describe, expect, it } from 'vitest';
import { builtRules, rulesNamed, unjudgedResults } from '../all.ts';
import { type Dataset, memorySource } from '../memory.ts';
import { run } from '../run.ts';
import { caseCircumstances } from './cases/case.ts';
import { contextCases } from './cases/context.ts';
import { integrityCases } from './cases/integrity.ts';
import { evidenceCases, lawCases, objectiveCases } from './cases/others.ts';
import { riskCases } from './cases/risks.ts';
import { roleCases } from './cases/roles.ts';
import { scopeCases } from './cases/scope.ts';
import { implementationCases, soaCases } from './cases/soa.ts';
import { systemCases } from './cases/systems.ts';
import { treatmentCases } from './cases/treatment.ts';

const cases = [
  ...scopeCases,
  ...contextCases,
  ...systemCases,
  ...roleCases,
  ...riskCases,
  ...treatmentCases,
  ...soaCases,
  ...implementationCases,
  ...objectiveCases,
  ...lawCases,
  ...evidenceCases,
  ...integrityCases,
];

const answer = async (rule: string, dataset: Dataset) => (await run(rulesNamed([rule]), memorySource(dataset), caseCircumstances))[0];

describe.each(cases)('$rule: $name', ({ rule, flags, seen, spares, spared }) => {
  it('is flagged', async () => {
    const result = await answer(rule, flags);
    expect(result?.outcome).toBe('finding');
    expect(result?.seen).toContain(seen ?? '');
    expect(result?.affected).toBeGreaterThan(0);
    expect(result?.affected).toBeLessThanOrEqual(result?.population ?? 0);
  });
  it('is not flagged', async () => {
    expect((await answer(rule, spares))?.outcome).toBe(spared ?? 'met');
  });
});

const ids = [...new Set(builtRules.map((rule) => rule.id))];

it('every rule that judges has a case', () => {
  expect(ids.filter((id) => !cases.some((one) => one.rule === id))).toEqual([]);
});

it('all 138 rules answer, each once', () => {
  const all = [...ids, ...unjudgedResults.map((result) => result.rule)].toSorted();
  expect(all).toEqual(Array.from({ length: 138 }, (_, index) => `R${String(index + 1).padStart(3, '0')}`));
  expect(ids.length).toBeGreaterThanOrEqual(50);
});

it('nothing is met on an empty organisation', async () => {
  const results = [...(await run(builtRules, memorySource({}), caseCircumstances)), ...unjudgedResults];
  expect(results.filter((result) => result.outcome === 'met')).toEqual([]);
  expect(results.filter((result) => result.outcome === 'notJudged' && (result.missing ?? '') === '')).toEqual([]);
  expect(
    results
      .filter((result) => result.outcome === 'finding')
      .map((result) => result.rule)
      .toSorted(),
  ).toEqual(['R001', 'R004', 'R005', 'R015', 'R019', 'R035']);
});
