import type { RiskStage } from '@aimwell/core/risks/states';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { TreatmentStatus } from '@aimwell/core/treatment/treatment';
import type { Treatment } from './reads.ts';

export type Move = 'start' | 'finish' | 'check' | 'cancel';

/** Where each step may begin. A treatment without effect is started again; one with effect is checked again when doubts arise. */
export const treatmentMoves: Readonly<Record<Move, readonly TreatmentStatus[]>> = {
  start: ['planned', 'not_effective'],
  finish: ['in_progress'],
  check: ['done', 'effective'],
  cancel: ['planned', 'in_progress', 'done', 'not_effective'],
};

/** Everything against a step of a treatment on a day. */
export const againstMove = (treatment: Treatment, move: Move, on: string): readonly Refusal[] => {
  const status = treatment.state ?? 'planned';
  if (treatment.option === 'retain' && move !== 'cancel')
    return [
      refusal(
        'NOTHING_TO_CARRY_OUT',
        'expected a treatment that changes something, got a retained risk',
        'A retained risk needs its two signatures and an approved plan, nothing else.',
        'option',
      ),
    ];
  if (!treatmentMoves[move].includes(status))
    return [
      refusal(
        'WRONG_STAGE',
        `expected stage ${treatmentMoves[move].join(' or ')}, got ${status}`,
        'Choose a step that the present stage allows.',
        'state',
      ),
    ];
  const earliest = move === 'finish' ? treatment.startedOn : move === 'check' ? (treatment.checkedOn ?? treatment.doneOn) : null;
  return earliest !== null && on < earliest
    ? [refusal('TOO_EARLY', `expected ${earliest} or later, got ${on}`, 'Enter the day on which it happened.', 'happenedOn')]
    : [];
};

/** Stages of the risk at which an effect can be judged: the plan is approved and the work under way or done. */
const checkableAt: readonly RiskStage[] = ['in_treatment', 'treated_pending_check', 'residual_accepted'];

/** Everything against a person judging the effect: he did not do the work, the plan was approved, and there is something to judge by. */
export const againstChecker = (
  treatment: Treatment,
  facts: { readonly by: string; readonly riskStage: RiskStage; readonly evidence: number },
): readonly Refusal[] => [
  ...(facts.by === treatment.owner || facts.by === treatment.doneBy
    ? [
        refusal(
          'CHECKER_DID_THE_WORK',
          'expected someone who did not carry the treatment out, got its owner',
          'Let another person check the effect.',
          'checkedBy',
        ),
      ]
    : []),
  ...(checkableAt.includes(facts.riskStage)
    ? []
    : [
        refusal(
          'PLAN_NOT_APPROVED',
          `expected a risk in treatment, got one in stage ${facts.riskStage}`,
          'Have the treatment plan with it approved first.',
          'risk',
        ),
      ]),
  ...(facts.evidence === 0
    ? [
        refusal(
          'EVIDENCE_NEEDED',
          'expected valid evidence that names the treatment or its risk, got none',
          'Attach what shows that it was done.',
          'evidence',
        ),
      ]
    : []),
];
