import { addDays, daysBetween } from '../../shared/dates.ts';
import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { dayOf, earliestOf, listOf, someOf, type Value } from '../values.ts';
import { finding, met, notJudged, outside, type Verdict } from '../verdict.ts';

const DAYS = 28;
const HISTORY = 180;
const whenEmpty = 'references to clauses or controls';

/** Clause 8.1: evidence that grows with the work, and references that exist. */
export const evidenceRules: readonly Rule[] = [
  organisationRule({
    id: 'R115',
    facts: { evidence: { rows: 'evidence', fields: ['collectedOn'] } },
    checkAll: ({ facts, settings, today }) => {
      const days = facts.evidence.map((item) => dayOf(item.collectedOn)).filter((day) => day !== null && day <= today) as string[];
      const first = earliestOf(days);
      // A system that has just begun has nothing but recent evidence; that says nothing about how it works.
      if (days.length < settings.thresholds.recentEvidenceMinimum || first === null || daysBetween(first, today) < HISTORY)
        return notJudged('evidence over half a year');
      const recent = days.filter((day) => day > addDays(today, -DAYS));
      const next = addDays(today, 1);
      if (recent.length / days.length <= settings.thresholds.recentEvidenceShare) return met(next);
      return finding(`${recent.length} of ${days.length} pieces of evidence are from the last four weeks`, { recheckOn: next });
    },
  }),
  organisationRule({
    id: 'R070',
    facts: {
      evidence: { count: 'evidence' },
      'scope-statements': { count: 'scope-statements' },
      'risk-criteria': { count: 'risk-criteria' },
      'treatment-plans': { count: 'treatment-plans' },
      'soa-versions': { count: 'soa-versions' },
      'risk-assessments': { count: 'risk-assessments' },
      'control-tests': { count: 'control-tests' },
    },
    checkAll: ({ facts, settings }) => {
      const kept = Object.entries(facts).flatMap(([register, count]) => (count > 0 ? [register] : []));
      const without = kept.filter((register) => settings.retention[register] === undefined);
      if (kept.length === 0) return notJudged('records that have to be kept');
      return {
        verdict: without.length === 0 ? met() : finding(`no retention rule adopted for ${without.join(', ')}`),
        population: kept.length,
        affected: without.length,
      };
    },
  }),
  ...(['evidence', 'treatments', 'control-tests', 'soa-entries', 'scope-statements'] as const).map((register) => referencesOf(register)),
];

/** Numbers are checked when they are written; older records, imports and a new edition of the catalog can leave others behind. */
function referencesOf(register: 'evidence' | 'treatments' | 'control-tests' | 'soa-entries' | 'scope-statements'): Rule {
  const fields = {
    evidence: ['controls', 'requirements'],
    treatments: ['controls'],
    'control-tests': ['control'],
    'soa-entries': ['control'],
    'scope-statements': ['requirements'],
  }[register];
  return subjectRule({
    id: 'R117',
    subject: register,
    fields,
    whenEmpty,
    check: ({ subject, known }) => {
      const values: Readonly<Record<string, Value>> = subject;
      const unknown = fields.flatMap((field) =>
        listOf(values[field]).filter((id) => !(field === 'requirements' ? known.requirements : known.controls).includes(id)),
      );
      return verdictOn(
        fields.some((field) => listOf(values[field]).length > 0),
        unknown,
      );
    },
  });
}

const verdictOn = (any: boolean, unknown: readonly string[]): Verdict => {
  if (!any) return outside();
  return unknown.length > 0 ? finding(`names ${someOf(unknown)}, which does not exist`) : met();
};
