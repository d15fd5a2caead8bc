import type { IntervalName } from './settings.ts';

export type Severity = 'major' | 'minor' | 'observation';

/** What a rule says about one subject, or about the organisation. `recheckOn` is the first day on which time alone may change the answer. */
export type Verdict =
  | { readonly kind: 'met'; readonly recheckOn?: string }
  | {
      readonly kind: 'finding';
      /** What was seen, as a short clause without a full stop: "no owner". */
      readonly seen: string;
      readonly severity?: Severity;
      readonly remedy?: string;
      /** The interval that alone makes this a finding; see settings. */
      readonly restsOn?: IntervalName;
      readonly recheckOn?: string;
    }
  /** Outside the population of the rule. */
  | { readonly kind: 'notApplicable'; readonly recheckOn?: string }
  /** Inside the population, but what would be needed to judge is not recorded. */
  | { readonly kind: 'notJudged'; readonly missing: string; readonly recheckOn?: string };

type Finding = Extract<Verdict, { kind: 'finding' }>;

export const met = (recheckOn?: string): Verdict => ({ kind: 'met', ...when(recheckOn) });
export const finding = (seen: string, more: Omit<Finding, 'kind' | 'seen'> = {}): Verdict => ({ kind: 'finding', seen, ...more });
export const outside = (recheckOn?: string): Verdict => ({ kind: 'notApplicable', ...when(recheckOn) });
export const notJudged = (missing: string, recheckOn?: string): Verdict => ({ kind: 'notJudged', missing, ...when(recheckOn) });

/** A finding when there is something to see, else met. */
export const findingIf = (seen: string | null | false, more: Omit<Finding, 'kind' | 'seen'> = {}): Verdict =>
  seen === null || seen === false ? met() : finding(seen, more);

const when = (recheckOn: string | undefined) => (recheckOn === undefined ? {} : { recheckOn });
