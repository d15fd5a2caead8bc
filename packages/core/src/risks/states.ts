import { decideUnless, needsText, refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';

/** The stages of a risk (ISO/IEC 42001, 6.1.2, 6.1.3, 8.2, 8.3). An opportunity goes the same way with "pursue". */
export const riskStages = [
  'identified',
  'analysed',
  'evaluated',
  'accepted_within_criteria',
  'treatment_selected',
  'plan_approved',
  'in_treatment',
  'treated_pending_check',
  'residual_accepted',
  'closed',
  'reopened',
] as const;
export type RiskStage = (typeof riskStages)[number];

export const reopenTriggers = ['significant_change', 'incident', 'failed_control', 'acceptance_lapsed', 'review_due', 'other'] as const;
export type ReopenTrigger = (typeof reopenTriggers)[number];

export interface RiskState {
  readonly stage: RiskStage;
  /** Who made the newest rating; nobody reads his own rating a second time. */
  readonly assessor: string | null;
  /** Whether the newest rating lies above the acceptance threshold; null before the first. */
  readonly aboveThreshold: boolean | null;
}

export type RiskCommand =
  /** A residual rating says how far treatment has come; it leaves the stage as it is. Without `rating` it is inherent. */
  | {
      readonly kind: 'assess';
      readonly by: string;
      readonly aboveThreshold: boolean;
      readonly needsSecondReader: boolean;
      readonly rating?: 'inherent' | 'residual';
    }
  | { readonly kind: 'readSecond'; readonly by: string }
  | { readonly kind: 'acceptWithinCriteria'; readonly by: string; readonly on: string; readonly nextReview: string }
  | { readonly kind: 'selectTreatment' }
  | { readonly kind: 'approvePlan' }
  | { readonly kind: 'startTreatment' }
  | { readonly kind: 'finishTreatment' }
  | { readonly kind: 'acceptResidual' }
  | { readonly kind: 'sendBackToTreatment'; readonly reason: string }
  | { readonly kind: 'close'; readonly reason: string }
  | { readonly kind: 'reopen'; readonly trigger: ReopenTrigger; readonly reason: string };

export type RiskEvent =
  | { readonly kind: 'analysed'; readonly by: string; readonly aboveThreshold: boolean }
  /** Rated anew while treatment goes on: the stage stays. */
  | { readonly kind: 'rated_again'; readonly by: string; readonly aboveThreshold: boolean }
  | { readonly kind: 'stage_changed'; readonly to: RiskStage; readonly reason: string | null };

/** What the shell looked up for a command. */
export interface RiskFacts {
  readonly owner: string | null;
  readonly recordKind: 'risk' | 'opportunity';
  /** What the chosen treatments lack (`validateTreatment`); null when none was chosen. */
  readonly treatmentProblems: readonly Refusal[] | null;
  /** All chosen treatments retain the risk: there is nothing to carry out. */
  readonly retainedOnly: boolean;
  /** Treatments of this risk that are not finished yet. */
  readonly unfinishedTreatments: number;
  /** An approved treatment plan version holds every one of its treatments. */
  readonly inApprovedPlan: boolean;
  /** Valid evidence that the treatments were carried out. */
  readonly evidence: number;
  /** The newest effectiveness check of the treatments; null when none was made. */
  readonly effective: boolean | null;
  /** Both signatures under the newest rating (`acceptanceStatus` = 'valid'). */
  readonly accepted: boolean;
}

/** Where each command may start. */
export const RISK_MOVES: Readonly<Record<RiskCommand['kind'], readonly RiskStage[]>> = {
  assess: riskStages.filter((stage) => stage !== 'closed'),
  readSecond: ['analysed'],
  acceptWithinCriteria: ['evaluated'],
  selectTreatment: ['evaluated'],
  approvePlan: ['treatment_selected'],
  startTreatment: ['plan_approved'],
  finishTreatment: ['in_treatment'],
  acceptResidual: ['treated_pending_check', 'plan_approved'],
  sendBackToTreatment: ['treated_pending_check'],
  close: riskStages.filter((stage) => stage !== 'closed'),
  reopen: [
    'accepted_within_criteria',
    'treatment_selected',
    'plan_approved',
    'in_treatment',
    'treated_pending_check',
    'residual_accepted',
    'closed',
  ],
};

export const identified: RiskState = { stage: 'identified', assessor: null, aboveThreshold: null };

/** Judges one command on a risk and returns every reason against it. */
export function decideRisk(state: RiskState, command: RiskCommand, facts: RiskFacts): Decision<RiskEvent> {
  if (!RISK_MOVES[command.kind].includes(state.stage)) return { refused: [wrongStage(state.stage, command.kind)] };
  switch (command.kind) {
    case 'assess':
      return assessed(state, command);
    case 'readSecond':
      return decideUnless(againstReader(state, command.by), moved('evaluated'));
    case 'acceptWithinCriteria':
      return decideUnless(againstAcceptance(state, command, facts), moved('accepted_within_criteria'));
    case 'selectTreatment':
      return decideUnless(againstTreatment(facts), moved('treatment_selected'));
    case 'approvePlan':
      return decideUnless([...againstTreatment(facts), ...againstPlan(facts)], moved('plan_approved'));
    case 'startTreatment':
      return { events: [moved('in_treatment')] };
    case 'finishTreatment':
      return decideUnless(againstFinish(facts), moved('treated_pending_check'));
    case 'acceptResidual':
      return decideUnless(againstResidual(state, facts), moved('residual_accepted'));
    case 'sendBackToTreatment':
      return decideUnless(reasonFor(command.reason), moved('treatment_selected', command.reason));
    case 'close':
      return decideUnless([...reasonFor(command.reason), ...againstOpenWork(facts)], moved('closed', command.reason));
    case 'reopen':
      return decideUnless(reasonFor(command.reason), moved('reopened', `${command.trigger}: ${command.reason.trim()}`));
  }
}

export function evolveRisk(state: RiskState, event: RiskEvent): RiskState {
  switch (event.kind) {
    case 'analysed':
      return { stage: 'analysed', assessor: event.by, aboveThreshold: event.aboveThreshold };
    case 'rated_again':
      return { ...state, assessor: event.by, aboveThreshold: event.aboveThreshold };
    case 'stage_changed':
      return { ...state, stage: event.to };
  }
}

/** The commands that a stage allows, guards aside; for buttons. */
export const riskCommandsAt = (stage: RiskStage): readonly RiskCommand['kind'][] =>
  (Object.keys(RISK_MOVES) as RiskCommand['kind'][]).filter((kind) => RISK_MOVES[kind].includes(stage));

const ACCEPTED: readonly RiskStage[] = ['accepted_within_criteria', 'residual_accepted'];
const AT_WORK: readonly RiskStage[] = ['in_treatment', 'treated_pending_check'];
const TREATED: readonly RiskStage[] = ['treatment_selected', 'plan_approved', ...AT_WORK];

function assessed(state: RiskState, command: Extract<RiskCommand, { kind: 'assess' }>): Decision<RiskEvent> {
  const { by, aboveThreshold } = command;
  if (command.rating === 'residual' && !TREATED.includes(state.stage)) {
    const message = `expected stage ${TREATED.join(' or ')} for a residual rating, got ${state.stage}`;
    return { refused: [refusal('WRONG_STAGE', message, 'Choose a treatment first, or rate the inherent risk.', 'kind')] };
  }
  // Work under way is not called back by a new figure; its outcome is judged when it is done.
  if (command.rating === 'residual' || AT_WORK.includes(state.stage)) return { events: [{ kind: 'rated_again', by, aboveThreshold }] };
  return {
    events: [
      ...(ACCEPTED.includes(state.stage) ? [moved('reopened', 'assessed anew')] : []),
      { kind: 'analysed', by, aboveThreshold },
      // Without a second reader the computed level is the evaluation; with one it waits.
      ...(command.needsSecondReader ? [] : [moved('evaluated')]),
    ],
  };
}

const againstReader = (state: RiskState, by: string): readonly Refusal[] =>
  by === state.assessor
    ? [refusal('READER_IS_ASSESSOR', 'expected a second person, got the assessor', 'Let someone else read the rating.', 'by')]
    : [];

function againstAcceptance(
  state: RiskState,
  command: { readonly by: string; readonly on: string; readonly nextReview: string },
  facts: RiskFacts,
): readonly Refusal[] {
  const tooHigh = facts.recordKind === 'risk' && state.aboveThreshold !== false;
  return [
    ...(tooHigh
      ? [refusal('ABOVE_THRESHOLD', 'expected a level within the criteria, got one above the threshold', 'Choose a treatment.', 'level')]
      : []),
    ...(facts.owner === null ? [refusal('OWNER_NEEDED', 'expected a risk owner, got none', 'Name the owner of the risk.', 'owner')] : []),
    ...(facts.owner !== null && facts.owner !== command.by
      ? [refusal('NOT_THE_OWNER', 'expected the risk owner, got another person', 'Let the risk owner confirm it.', 'by')]
      : []),
    ...(command.nextReview <= command.on
      ? [
          refusal(
            'REVIEW_PAST',
            `expected a review after ${command.on}, got ${command.nextReview}`,
            'Choose a later review day.',
            'nextReview',
          ),
        ]
      : []),
  ];
}

const againstTreatment = ({ treatmentProblems }: RiskFacts): readonly Refusal[] =>
  treatmentProblems ?? [refusal('TREATMENT_NEEDED', 'expected a treatment, got none', 'Choose how to treat the risk.', 'treatments')];

const againstPlan = ({ inApprovedPlan }: RiskFacts): readonly Refusal[] =>
  inApprovedPlan
    ? []
    : [
        refusal(
          'PLAN_NOT_APPROVED',
          'expected its treatments in an approved plan, got none',
          'Submit the treatment plan for approval.',
          'plan',
        ),
      ];

const againstOpenWork = ({ unfinishedTreatments }: RiskFacts): readonly Refusal[] =>
  unfinishedTreatments === 0
    ? []
    : [
        refusal(
          'TREATMENT_UNFINISHED',
          `expected no unfinished treatment, got ${unfinishedTreatments}`,
          'Finish or cancel it.',
          'treatments',
        ),
      ];

const againstFinish = (facts: RiskFacts): readonly Refusal[] => [
  ...againstOpenWork(facts),
  ...(facts.evidence === 0
    ? [refusal('EVIDENCE_NEEDED', 'expected valid evidence, got none', 'Attach what shows that it was done.', 'evidence')]
    : []),
];

function againstResidual(state: RiskState, facts: RiskFacts): readonly Refusal[] {
  // A retained risk has nothing to carry out or check: its plan is approved, and acceptance is all that is left.
  if (state.stage === 'plan_approved' && !facts.retainedOnly) return [wrongStage(state.stage, 'finishTreatment')];
  return [
    ...(facts.retainedOnly || facts.effective === true
      ? []
      : [
          refusal(
            'NOT_SHOWN_EFFECTIVE',
            `expected a positive effectiveness check, got ${facts.effective === null ? 'none' : 'a negative one'}`,
            facts.effective === null ? 'Check the effect first.' : 'Send it back to treatment.',
            'effective',
          ),
        ]),
    ...(facts.accepted
      ? []
      : [
          refusal(
            'ACCEPTANCE_NEEDED',
            'expected the acceptance by the risk owner and its approval, got less',
            'Let the risk owner accept the residual risk and designated management approve it.',
            'acceptedBy',
          ),
        ]),
  ];
}

const moved = (to: RiskStage, reason: string | null = null): RiskEvent => ({ kind: 'stage_changed', to, reason: reason?.trim() ?? null });

const reasonFor = (reason: string): readonly Refusal[] => needsText(reason, 'REASON_NEEDED', 'reason', 'a reason');

const wrongStage = (stage: RiskStage, kind: RiskCommand['kind']): Refusal =>
  refusal(
    'WRONG_STAGE',
    `expected stage ${RISK_MOVES[kind].join(' or ')}, got ${stage}`,
    'Choose a step that the present stage allows.',
    'state',
  );
