import type { RuleResult } from './result.ts';
import { type Rule, registersOf } from './rule.ts';
import { contextRules } from './rules/context.ts';
import { evidenceRules } from './rules/evidence.ts';
import { implementationRules } from './rules/implementation.ts';
import { integrityRules } from './rules/integrity.ts';
import { lawRules } from './rules/law.ts';
import { objectiveRules } from './rules/objectives.ts';
import { ownershipRules } from './rules/ownership.ts';
import { riskRules } from './rules/risks.ts';
import { roleRules } from './rules/roles.ts';
import { scopeRules } from './rules/scope.ts';
import { soaFactRules } from './rules/soa-facts.ts';
import { soaRules } from './rules/soa.ts';
import { systemRules } from './rules/systems.ts';
import { treatmentRules } from './rules/treatment.ts';
import { unjudged } from './rules/unjudged.ts';

/** Changes with the judgement of any rule, so that stored answers of an older release are judged anew. */
export const rulesRevision = '2026-11-21.4';

/** Every rule that judges records. Rules that share an id judge different kinds of subject and answer together. */
export const builtRules: readonly Rule[] = [
  ...scopeRules,
  ...contextRules,
  ...systemRules,
  ...roleRules,
  ...ownershipRules,
  ...riskRules,
  ...treatmentRules,
  ...soaRules,
  ...soaFactRules,
  ...implementationRules,
  ...objectiveRules,
  ...lawRules,
  ...evidenceRules,
  ...integrityRules,
];

/** The rules that a write to one of these registers can have changed, whole ids at a time. */
export const rulesReading = (registers: readonly string[]): readonly Rule[] =>
  rulesNamed(builtRules.filter((rule) => registersOf(rule).some((name) => registers.includes(name))).map((rule) => rule.id));

/** The rules with these ids. */
export const rulesNamed = (ids: readonly string[]): readonly Rule[] => {
  const wanted = new Set(ids);
  return builtRules.filter((rule) => wanted.has(rule.id));
};

/** The answers of the rules that have no records to judge yet. */
export const unjudgedResults: readonly RuleResult[] = Object.entries(unjudged).flatMap(([missing, ids]) =>
  ids.map((rule) => ({
    rule,
    outcome: 'notJudged' as const,
    population: 0,
    affected: 0,
    seen: null,
    missing,
    recheckOn: null,
    found: [],
    grades: [],
    remedy: null,
  })),
);
