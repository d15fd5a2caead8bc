import type { RuleResult } from './result.ts';
import type { ConformitySettings } from './settings.ts';
import type { Severity } from './verdict.ts';

export const countGroups = ['standard', 'law', 'certification'] as const;
export type CountGroup = (typeof countGroups)[number];
export const pdcaPhases = ['Plan', 'Do', 'Check', 'Act'] as const;
export type Pdca = (typeof pdcaPhases)[number];

/** What the catalog says about a rule. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly group: CountGroup;
  readonly pdca: Pdca;
  readonly severity: 'major' | 'minor' | 'minor_can_become_major' | 'observation';
  /** Shown beside the verdict and never counted in it. */
  readonly worthALook: boolean;
  /** Clauses and controls. */
  readonly refs: readonly string[];
  /** Law, or certification practice, where it is not the standard. */
  readonly basis: readonly string[];
  readonly remedy: string;
}

/** What of an answer is kept and counted; the records themselves are listed apart. */
export type Outcome = Pick<RuleResult, 'rule' | 'outcome' | 'population' | 'affected'> & { readonly severity: Severity | null };

const gravity: Readonly<Record<Severity, number>> = { observation: 0, minor: 1, major: 2 };
const graver = (a: Severity, b: Severity): Severity => (gravity[b] > gravity[a] ? b : a);

/**
 * The grade an auditor would probably give; null when there is no finding. Without a requirement behind it, or resting
 * on an interval that the organisation has not set, it is an observation. A minor one that can become major does so
 * when it is systemic: share and number of affected records both reach the organisation's thresholds.
 * Source: grades are certification practice (ISO/IEC 17021-1), the standard knows nonconformity only.
 */
export const gradeOf = (
  result: Pick<RuleResult, 'outcome' | 'population' | 'affected' | 'grades'>,
  text: RuleText,
  settings: ConformitySettings,
): Severity | null => {
  if (result.outcome !== 'finding') return null;
  if (text.refs.length + text.basis.length === 0) return 'observation';
  const base = baseGrade(result, text, settings);
  const grades = result.grades.map(({ severity, restsOn }) =>
    restsOn !== undefined && !settings.adopted.includes(restsOn) ? 'observation' : (severity ?? base),
  );
  return grades.length === 0 ? base : grades.reduce(graver);
};

const baseGrade = (
  { population, affected }: Pick<RuleResult, 'population' | 'affected'>,
  { severity }: RuleText,
  { thresholds }: ConformitySettings,
): Severity => {
  if (severity !== 'minor_can_become_major') return severity;
  return population > 0 && affected / population >= thresholds.systemicShare && affected >= thresholds.systemicRecords ? 'major' : 'minor';
};

export interface Counts {
  readonly total: number;
  readonly ran: number;
  readonly met: number;
  readonly found: number;
  readonly notJudged: number;
}

const countsOf = (outcomes: readonly Outcome[]): Counts => {
  const of = (kind: Outcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === kind).length;
  return { total: outcomes.length, ran: of('met') + of('finding'), met: of('met'), found: of('finding'), notJudged: of('notJudged') };
};

/** How much was judged at all: it stands beside every verdict. */
export interface Coverage extends Counts {
  readonly byGroup: Readonly<Record<CountGroup, Counts>>;
  readonly byPdca: Readonly<Record<Pdca, Counts>>;
}

/** Counts the answers, in all and by group and phase. Worth-a-look rules count as checks that ran, never in a verdict. */
export const coverageOf = (outcomes: readonly Outcome[], textOf: (rule: string) => RuleText): Coverage => ({
  ...countsOf(outcomes),
  byGroup: keyed(countGroups, (group) => countsOf(outcomes.filter(({ rule }) => textOf(rule).group === group))),
  byPdca: keyed(pdcaPhases, (phase) =>
    countsOf(outcomes.filter(({ rule }) => textOf(rule).pdca === phase && textOf(rule).group === 'standard')),
  ),
});

export interface VerdictCounts {
  readonly likelyMajor: number;
  readonly likelyMinor: number;
  readonly observations: number;
}

/** What the findings of one group point to. Each finding counts once, however many records it has. */
export const verdictOf = (outcomes: readonly Outcome[], textOf: (rule: string) => RuleText, group: CountGroup): VerdictCounts => {
  const graded = outcomes.filter(({ rule, outcome }) => outcome === 'finding' && textOf(rule).group === group && !textOf(rule).worthALook);
  const of = (wanted: Severity): number => graded.filter(({ severity }) => severity === wanted).length;
  return { likelyMajor: of('major'), likelyMinor: of('minor'), observations: of('observation') };
};

export interface RequirementGroup {
  /** Clause or control; null for what rests on neither. */
  readonly ref: string | null;
  readonly severity: Severity;
  readonly rules: readonly string[];
  /** Of the finding that touches most records: findings of one requirement often share their records. */
  readonly affected: number;
  readonly population: number;
}

/** Findings by the requirement they are written against, gravest first: an auditor writes one nonconformity for each. */
export const byRequirement = (outcomes: readonly Outcome[], textOf: (rule: string) => RuleText): readonly RequirementGroup[] => {
  const found = outcomes.filter(({ rule, outcome }) => outcome === 'finding' && !textOf(rule).worthALook);
  const groups = [...Map.groupBy(found, ({ rule }) => textOf(rule).refs[0] ?? null)].map(([ref, members]) => {
    const widest = members.toSorted((a, b) => b.affected - a.affected)[0];
    return {
      ref,
      rules: members.map(({ rule }) => rule),
      affected: widest?.affected ?? 0,
      population: widest?.population ?? 0,
      severity: members.map(({ severity }) => severity ?? 'observation').reduce(graver),
    };
  });
  return groups.toSorted(
    (a, b) => gravity[b.severity] - gravity[a.severity] || b.affected - a.affected || (a.ref ?? '').localeCompare(b.ref ?? ''),
  );
};

const keyed = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
