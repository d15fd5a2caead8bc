import type { Severity } from '../conformity/verdict.ts';

/** Where the foundations stand: whether each is there, a draft waits in review, or nothing was begun. */
export type Foundation = 'none' | 'draft' | 'in_review' | 'in_force';

export interface SituationFacts {
  readonly systems: number;
  readonly scope: Foundation;
  readonly criteria: Foundation;
  readonly risks: number;
  /** Open risks that nobody has rated. */
  readonly unratedRisks: number;
  readonly plan: Foundation;
  readonly soa: Foundation;
  /** Controls without a decision in the draft statement. */
  readonly undecidedControls: number;
  /** Decisions and signatures that wait for the reader. */
  readonly awaitingMe: number;
  /** Dates of the reader that have passed. */
  readonly lateMine: number;
}

export interface SituationFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly affected: number;
}

export type StepKind =
  | 'answer_what_waits'
  | 'register_systems'
  | 'approve_scope'
  | 'approve_criteria'
  | 'name_risks'
  | 'rate_risks'
  | 'approve_plan'
  | 'decide_controls'
  | 'approve_soa'
  | 'catch_up'
  | 'repair_finding';

export interface NextStep {
  readonly kind: StepKind;
  /** How many records it is about; 1 where there is only one thing to do. */
  readonly count: number;
  /** The foundation has been begun, or waits for its approval. */
  readonly from?: Foundation;
  /** The rule whose finding it clears. */
  readonly rule?: string;
  readonly severity?: Severity;
}

/** A foundation that is missing explains these findings; they are not named a second time. Rules of the catalog. */
const explainedBy: Readonly<Partial<Record<StepKind, readonly string[]>>> = {
  approve_scope: ['R001'],
  approve_criteria: ['R019'],
  rate_risks: ['R021'],
  decide_controls: ['R035', 'R036'],
  approve_soa: ['R035'],
};

const gravity: Readonly<Record<Severity, number>> = { major: 0, minor: 1, observation: 2 };

/**
 * The steps that help most now, likeliest first. What waits for the reader comes before everything, since others cannot
 * go on without it; then the foundations in the order in which they rest on each other (clauses 4.3, 6.1.2, 6.1.3);
 * then the gravest findings, and what is late. Nothing is a step twice.
 */
export function nextSteps(facts: SituationFacts, findings: readonly SituationFinding[], most = 5): readonly NextStep[] {
  const foundations = missingFoundations(facts);
  const explained = new Set(foundations.flatMap(({ kind }) => explainedBy[kind] ?? []));
  const repairs = findings
    .filter(({ rule }) => !explained.has(rule))
    .toSorted((a, b) => gravity[a.severity] - gravity[b.severity] || b.affected - a.affected || (a.rule < b.rule ? -1 : 1))
    .map(({ rule, severity, affected }): NextStep => ({ kind: 'repair_finding', count: Math.max(1, affected), rule, severity }));
  const grave = repairs.filter(({ severity }) => severity === 'major');
  return [
    ...counted('answer_what_waits', facts.awaitingMe),
    ...grave,
    ...foundations,
    ...counted('catch_up', facts.lateMine),
    ...repairs.slice(grave.length),
  ].slice(0, most);
}

/** What a management system needs before anything else can rest on it; a step only when the one it rests on is there. */
function missingFoundations(facts: SituationFacts): readonly NextStep[] {
  const begun = (kind: StepKind, from: Foundation): readonly NextStep[] => (from === 'in_force' ? [] : [{ kind, count: 1, from }]);
  if (facts.systems === 0) return [{ kind: 'register_systems', count: 1 }, ...begun('approve_scope', facts.scope)];
  return [
    ...begun('approve_scope', facts.scope),
    ...begun('approve_criteria', facts.criteria),
    ...(facts.risks === 0 ? [{ kind: 'name_risks' as const, count: facts.systems }] : []),
    ...(facts.criteria === 'in_force' ? counted('rate_risks', facts.unratedRisks) : []),
    ...(facts.risks > 0 ? begun('approve_plan', facts.plan) : []),
    ...controlSteps(facts),
  ];
}

function controlSteps({ soa, undecidedControls }: SituationFacts): readonly NextStep[] {
  if (soa === 'in_force') return [];
  return undecidedControls > 0 || soa === 'none'
    ? [{ kind: 'decide_controls', count: Math.max(1, undecidedControls), from: soa }]
    : [{ kind: 'approve_soa', count: 1, from: soa }];
}

const counted = (kind: StepKind, count: number): readonly NextStep[] => (count === 0 ? [] : [{ kind, count }]);
