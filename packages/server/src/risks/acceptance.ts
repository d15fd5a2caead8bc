import { identifierOf } from '@aimwell/contract/platform/register';
import { risks } from '@aimwell/contract/risks/risks';
import type { RiskStage } from '@aimwell/core/risks/states';
import { decideRisk, evolveRisk } from '@aimwell/core/risks/states';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import {
  type AcceptanceCommand,
  type AcceptanceFacts,
  type AcceptanceState,
  DEFAULT_VALIDITY_MONTHS,
  decideAcceptance,
  evolveAcceptance,
} from '@aimwell/core/treatment/acceptance';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { functionHeld, signingPerson, versionHash } from '../platform/register/approval.ts';
import type { CommandInput, Outcome } from '../platform/register/behaviour.ts';
import { readAuthorities } from '../roles/reads.ts';
import { bareFacts, riskStateOf } from './follow.ts';
import { acceptanceOf, levelNow, type Risk } from './reads.ts';

/** Stages at which there is something to accept: a rating that counts, or what is left after treatment. */
const acceptableAt: readonly RiskStage[] = [
  'evaluated',
  'accepted_within_criteria',
  'treatment_selected',
  'plan_approved',
  'treated_pending_check',
  'residual_accepted',
];

/** The risk owner's signature. Within the criteria it ends the matter; above the threshold designated management has to approve it. */
export const acceptRisk = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly reason: string; readonly until?: string; readonly happenedOn?: string }>,
): Promise<Outcome> => {
  const risk = record as Risk;
  const by = signingPerson(context);
  const on = input.happenedOn ?? context.today;
  const before = againstMoment(risk, on);
  if (before.length > 0) return { refused: before };
  const signed = await sign(tx, risk, {
    kind: 'accept',
    by,
    on,
    reason: input.reason,
    ...(input.until === undefined ? {} : { validUntil: input.until }),
  });
  if ('refused' in signed) return signed;
  const state = riskStateOf(risk);
  const within = risk.state === 'evaluated' && risk.aboveThreshold !== 'yes';
  const decision = within
    ? decideRisk(state, { kind: 'acceptWithinCriteria', by, on, nextReview: risk.reviewDue ?? on }, bareFacts(risk))
    : { events: [] };
  if ('refused' in decision) return decision;
  const held = await functionHeld(tx, by);
  return {
    reason: input.reason,
    set: {
      ...signatures(signed),
      acceptedFunction: held.function,
      ...noApproval,
      state: decision.events.reduce(evolveRisk, state).stage,
    },
  };
};

/** The second signature: designated management within its recorded limit, never the owner who accepted. */
export const approveAcceptance = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly statement?: string; readonly happenedOn?: string }>,
): Promise<Outcome> => {
  const by = signingPerson(context);
  const risk = record as Risk;
  const signed = await sign(tx, risk, { kind: 'approveAcceptance', by, on: input.happenedOn ?? context.today });
  if ('refused' in signed) return signed;
  const held = await functionHeld(tx, by);
  const { owner, level, validUntil } = signed;
  const statement = `I approve that ${identifierOf(risks, risk.number)} is accepted at level ${level ?? 0} until ${validUntil ?? ''}.`;
  return {
    reason: input.statement,
    set: {
      ...signatures(signed),
      acceptanceApprovedName: held.name,
      acceptanceApprovedFunction: held.function,
      acceptanceApprovedStatement: input.statement ?? statement,
      acceptanceApprovedHash: versionHash({
        risk: risk.id,
        statement: risk.statement,
        assessment: signed.assessmentId,
        level,
        validUntil,
        owner,
      }),
    },
  };
};

/** A new signature of the owner takes back what was approved under the old one. */
const noApproval = {
  acceptanceApprovedName: null,
  acceptanceApprovedFunction: null,
  acceptanceApprovedStatement: null,
  acceptanceApprovedHash: null,
};

const sign = async (
  tx: Tx,
  risk: Risk,
  command: AcceptanceCommand,
): Promise<AcceptanceState | { readonly refused: readonly Refusal[] }> => {
  const level = levelNow(risk);
  const facts: AcceptanceFacts = {
    riskOwner: risk.owner,
    rating: risk.assessment === null || level === null ? null : { assessmentId: risk.assessment, level },
    authorities: await readAuthorities(tx),
    validityMonths: DEFAULT_VALIDITY_MONTHS,
  };
  const state = acceptanceOf(risk);
  const decision = decideAcceptance(state, command, facts);
  return 'refused' in decision ? decision : decision.events.reduce(evolveAcceptance, state);
};

const againstMoment = (risk: Risk, on: string): readonly Refusal[] => {
  const stage = risk.state ?? 'identified';
  if (!acceptableAt.includes(stage))
    return [
      refusal(
        'WRONG_STAGE',
        `expected stage ${acceptableAt.join(' or ')}, got ${stage}`,
        'Assess the risk, or carry its treatment through, before it is accepted.',
        'state',
      ),
    ];
  if (stage === 'treated_pending_check' && risk.residualLevel === null)
    return [
      refusal(
        'RESIDUAL_NOT_RATED',
        'expected a rating of what is left after treatment, got none',
        'Assess the residual risk first.',
        'residualLevel',
      ),
    ];
  if (risk.assessedOn !== null && on < risk.assessedOn)
    return [
      refusal(
        'ACCEPTED_BEFORE_RATED',
        `expected ${risk.assessedOn} or later, the day of the rating, got ${on}`,
        'Enter the day of the acceptance.',
        'happenedOn',
      ),
    ];
  return [];
};

const signatures = (state: AcceptanceState): Record<string, unknown> => ({
  acceptedBy: state.owner?.by ?? null,
  acceptedOn: state.owner?.on ?? null,
  acceptanceReason: state.owner?.reason ?? null,
  acceptedLevel: state.level,
  acceptedUntil: state.validUntil,
  acceptedAssessment: state.assessmentId,
  acceptanceApprovedBy: state.approval?.by ?? null,
  acceptanceApprovedOn: state.approval?.on ?? null,
});
