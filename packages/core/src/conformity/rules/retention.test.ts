import { expect, it } from 'vitest';
import { retentionDefaults } from '../../evidence/retention-rules.ts';
import { rulesNamed } from '../all.ts';
import { settingsFrom } from '../settings.ts';
import { caseCircumstances } from './cases/case.ts';

const [rule] = rulesNamed(['R070']);
const judged = (retention: Record<string, number>) => {
  if (rule?.kind !== 'organisation') throw new Error('expected a rule about the organisation');
  const facts = Object.fromEntries(Object.keys(rule.facts).map((register) => [register, register === 'evidence' ? 2 : 0]));
  return rule.checkAll({ ...caseCircumstances, settings: settingsFrom({ retention }), facts });
};

it('is met once a rule is adopted for every kind of record there is, be it no years', () => {
  expect(judged({ evidence: 0 })).toMatchObject({ verdict: { kind: 'met' }, population: 1, affected: 0 });
  expect(judged({ 'soa-versions': 3 })).toMatchObject({ verdict: { kind: 'finding' }, affected: 1 });
});
it('asks about every kind of record that has a proposal', () =>
  expect(Object.keys(rule?.facts ?? {}).toSorted()).toEqual(retentionDefaults.map(({ register }) => register).toSorted()));
