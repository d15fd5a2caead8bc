import type { IntervalName } from './settings.ts';
import { earliestOf, type Seen } from './values.ts';
import type { Severity, Verdict } from './verdict.ts';

/** One record a rule found wanting. */
export interface Found {
  readonly register: string;
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
  readonly seen: string;
  readonly severity?: Severity;
  readonly remedy?: string;
  readonly restsOn?: IntervalName;
}

/** What one rule says. `affected` of `population` are found wanting; `found` names those that are records. */
export interface RuleResult {
  readonly rule: string;
  readonly outcome: 'met' | 'finding' | 'notJudged';
  readonly population: number;
  readonly affected: number;
  readonly seen: string | null;
  readonly missing: string | null;
  readonly recheckOn: string | null;
  readonly found: readonly Found[];
  /** What the finding says of itself beyond the rule's text: graver or milder, another remedy, resting on an interval. */
  readonly grades: readonly { readonly severity?: Severity; readonly restsOn?: IntervalName }[];
  readonly remedy: string | null;
}

/** Counts verdicts of one rule. A growing heap, since a rule may judge twenty thousand records. */
export interface Tally {
  readonly rule: string;
  readonly whenEmpty: string;
  population: number;
  affected: number;
  met: number;
  unjudged: number;
  missing: string | null;
  recheckOn: string | null;
  remedy: string | null;
  readonly examples: string[];
  readonly found: Found[];
  readonly grades: Map<string, { readonly severity?: Severity; readonly restsOn?: IntervalName }>;
}

export const newTally = (rule: string, whenEmpty: string): Tally => ({
  rule,
  whenEmpty,
  population: 0,
  affected: 0,
  met: 0,
  unjudged: 0,
  missing: null,
  recheckOn: null,
  remedy: null,
  examples: [],
  found: [],
  grades: new Map(),
});

/** Takes one verdict into the count; `about` is the record it was about, if it was about a record. */
export const count = (tally: Tally, verdict: Verdict, about?: { readonly register: string; readonly record: Seen }): void => {
  if (verdict.recheckOn !== undefined) tally.recheckOn = earliestOf([tally.recheckOn, verdict.recheckOn]);
  if (verdict.kind === 'notApplicable') return;
  tally.population += 1;
  if (verdict.kind === 'met') tally.met += 1;
  if (verdict.kind === 'notJudged') {
    tally.unjudged += 1;
    tally.missing ??= verdict.missing;
  }
  if (verdict.kind === 'finding') countFinding(tally, verdict, about);
};

const countFinding = (
  tally: Tally,
  verdict: Extract<Verdict, { kind: 'finding' }>,
  about?: { readonly register: string; readonly record: Seen },
): void => {
  tally.affected += 1;
  tally.remedy ??= verdict.remedy ?? null;
  const own = {
    ...(verdict.severity === undefined ? {} : { severity: verdict.severity }),
    ...(verdict.restsOn === undefined ? {} : { restsOn: verdict.restsOn }),
  };
  tally.grades.set(`${own.severity ?? ''}/${own.restsOn ?? ''}`, own);
  if (tally.examples.length < 3 && !tally.examples.includes(verdict.seen)) tally.examples.push(verdict.seen);
  if (about !== undefined) tally.found.push({ ...named(about.register, about.record), seen: verdict.seen, ...own });
};

/**
 * The answer of one rule. Whatever could not be judged keeps it from being met, and an empty population says nothing:
 * no rule is met for lack of data.
 */
export const conclude = (tally: Tally): RuleResult => {
  const outcome = tally.affected > 0 ? 'finding' : tally.unjudged > 0 || tally.met === 0 ? 'notJudged' : 'met';
  return {
    rule: tally.rule,
    outcome,
    population: tally.population,
    affected: tally.affected,
    seen: outcome === 'finding' ? seenBy(tally) : null,
    missing: outcome === 'notJudged' ? (tally.missing ?? tally.whenEmpty) : null,
    recheckOn: tally.recheckOn,
    found: tally.found,
    grades: [...tally.grades.values()],
    remedy: tally.remedy,
  };
};

/** Who a record is, without the fields that were read of it. */
export const named = (register: string, record: Seen): Omit<Found, 'seen'> => ({
  register,
  id: record.id,
  identifier: record.identifier,
  title: record.title,
});

const seenBy = ({ affected, population, examples, found }: Tally): string => {
  const said = examples.join('; ');
  return found.length === 0 && population <= 1 ? said : `${affected} of ${population}: ${said}`;
};
