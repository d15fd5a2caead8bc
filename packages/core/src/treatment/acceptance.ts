import { againstApprover } from '../shared/authority.ts';
import type { Authority } from '../shared/authority.ts';
import { addMonths } from '../shared/dates.ts';
import { decideUnless, needsText, refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';

/**
 * The acceptance of one rating of a risk takes two signatures: the risk owner's, and the approval by designated management.
 * ISO/IEC 42001 asks for the second, ISO/IEC 27001 for the first; with both, both are covered.
 */
export interface AcceptanceState {
  readonly owner: { readonly by: string; readonly on: string; readonly reason: string } | null;
  readonly approval: { readonly by: string; readonly on: string } | null;
  /** The rating that was accepted; a newer one lapses the acceptance. */
  readonly assessmentId: string | null;
  readonly level: number | null;
  /** Last day on which it holds. */
  readonly validUntil: string | null;
}

export type AcceptanceCommand =
  | { readonly kind: 'accept'; readonly by: string; readonly on: string; readonly reason: string; readonly validUntil?: string | undefined }
  | { readonly kind: 'approveAcceptance'; readonly by: string; readonly on: string };

export type AcceptanceEvent =
  | {
      readonly kind: 'accepted_by_owner';
      readonly by: string;
      readonly on: string;
      readonly reason: string;
      readonly assessmentId: string;
      readonly level: number;
      readonly validUntil: string;
    }
  | { readonly kind: 'acceptance_approved'; readonly by: string; readonly on: string };

export interface AcceptanceFacts {
  readonly riskOwner: string | null;
  /** The newest rating, null when the risk was never rated. */
  readonly rating: { readonly assessmentId: string; readonly level: number } | null;
  readonly authorities: readonly Authority[];
  /** The organisation's default validity; 12 unless it chose otherwise. */
  readonly validityMonths: number;
}

export const DEFAULT_VALIDITY_MONTHS = 12;

export const notAccepted: AcceptanceState = { owner: null, approval: null, assessmentId: null, level: null, validUntil: null };

/** Judges the owner's signature or the approval; the approver is never the owner who accepted. */
export function decideAcceptance(state: AcceptanceState, command: AcceptanceCommand, facts: AcceptanceFacts): Decision<AcceptanceEvent> {
  const { rating } = facts;
  if (rating === null)
    return { refused: [refusal('NOT_RATED', 'expected a rated risk, got one without a rating', 'Assess the risk first.')] };
  if (command.kind === 'approveAcceptance') {
    return decideUnless<AcceptanceEvent>(againstApproval(state, command, rating, facts), {
      kind: 'acceptance_approved',
      by: command.by,
      on: command.on,
    });
  }
  const validUntil = command.validUntil ?? addMonths(command.on, facts.validityMonths);
  return decideUnless<AcceptanceEvent>(againstOwner(command, validUntil, facts), {
    kind: 'accepted_by_owner',
    by: command.by,
    on: command.on,
    reason: command.reason.trim(),
    assessmentId: rating.assessmentId,
    level: rating.level,
    validUntil,
  });
}

export function evolveAcceptance(state: AcceptanceState, event: AcceptanceEvent): AcceptanceState {
  if (event.kind === 'acceptance_approved') return { ...state, approval: { by: event.by, on: event.on } };
  const { by, on, reason, assessmentId, level, validUntil } = event;
  // A new signature of the owner is a new acceptance: an approval given to the old one does not carry over.
  return { owner: { by, on, reason }, approval: null, assessmentId, level, validUntil };
}

export type AcceptanceStatus = 'none' | 'awaits_approval' | 'valid' | 'expired' | 'lapsed';

/** Where an acceptance stands on a day. It lapses when the risk was rated anew, and expires after its last day. */
export function acceptanceStatus(state: AcceptanceState, on: string, currentAssessmentId: string | null): AcceptanceStatus {
  if (state.owner === null || state.validUntil === null) return 'none';
  if (state.assessmentId !== currentAssessmentId) return 'lapsed';
  if (on > state.validUntil) return 'expired';
  return state.approval === null ? 'awaits_approval' : 'valid';
}

function againstOwner(
  command: Extract<AcceptanceCommand, { kind: 'accept' }>,
  validUntil: string,
  facts: AcceptanceFacts,
): readonly Refusal[] {
  return [
    ...(facts.riskOwner === null
      ? [refusal('OWNER_NEEDED', 'expected a risk owner, got none', 'Name the owner of the risk first.', 'owner')]
      : []),
    ...(facts.riskOwner !== null && facts.riskOwner !== command.by
      ? [
          refusal(
            'NOT_THE_OWNER',
            'expected the risk owner, got another person',
            'Let the risk owner accept it, or change the owner.',
            'acceptedBy',
          ),
        ]
      : []),
    ...needsText(command.reason, 'REASON_NEEDED', 'reason', 'why the risk is accepted'),
    ...(validUntil <= command.on
      ? [refusal('VALIDITY_PAST', `expected an end after ${command.on}, got ${validUntil}`, 'Choose a later last day.', 'validUntil')]
      : []),
  ];
}

function againstApproval(
  state: AcceptanceState,
  command: { readonly by: string; readonly on: string },
  rating: { readonly assessmentId: string; readonly level: number },
  facts: AcceptanceFacts,
): readonly Refusal[] {
  const status = acceptanceStatus(state, command.on, rating.assessmentId);
  if (status !== 'awaits_approval' || state.owner === null) {
    const got = {
      none: 'none',
      lapsed: 'one made for an older rating',
      expired: 'an expired one',
      valid: 'one that is approved already',
      awaits_approval: 'one',
    }[status];
    return [
      refusal(
        'OWNER_FIRST',
        `expected a current acceptance by the risk owner, got ${got}`,
        'Let the risk owner accept the present rating first.',
        'acceptedBy',
      ),
    ];
  }
  const early = command.on < state.owner.on;
  return [
    ...(early
      ? [
          refusal(
            'APPROVED_BEFORE_ACCEPTED',
            `expected ${state.owner.on} or later, got ${command.on}`,
            'Enter the day of the approval.',
            'happenedOn',
          ),
        ]
      : []),
    ...againstApprover({
      subject: 'acceptance',
      approver: command.by,
      authors: [state.owner.by],
      on: command.on,
      authorities: facts.authorities,
      level: rating.level,
    }),
  ];
}
