import { gradeOf, type Outcome } from '@aimwell/core/conformity/grouping';
import type { RuleResult } from '@aimwell/core/conformity/result';
import type { ConformitySettings } from '@aimwell/core/conformity/settings';
import { textOf } from './texts.ts';

/** What is kept of a rule's answer beside its records. */
export interface Told extends Outcome {
  readonly seen: string | null;
  readonly missing: string | null;
  readonly remedy: string | null;
  readonly restsOn: string | null;
}

/** The interval a finding owes its existence to, when that is only our default. */
const restsOn = ({ outcome, grades }: RuleResult, settings: ConformitySettings): string | null => {
  const intervals = outcome === 'finding' ? grades.map((grade) => grade.restsOn) : [];
  return intervals.length > 0 && intervals.every((name) => name !== undefined && !settings.adopted.includes(name))
    ? (intervals[0] ?? null)
    : null;
};

/** The answer of a rule with its grade. */
export const toldOf = (result: RuleResult, settings: ConformitySettings): Told => ({
  rule: result.rule,
  outcome: result.outcome,
  severity: gradeOf(result, textOf(result.rule), settings),
  population: result.population,
  affected: result.affected,
  seen: result.seen,
  missing: result.missing,
  remedy: result.remedy,
  restsOn: restsOn(result, settings),
});
