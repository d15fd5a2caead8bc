import { addMonths } from '../shared/dates.ts';
import { type Refusal, refusal } from '../shared/refusal.ts';

/** A certification cycle is three years (ISO/IEC 17021-1): so long an auditor may still ask who signed what was in force. */
export const SIGNATURE_YEARS = 3;

/** A name under an approval. */
export interface Signature {
  readonly register: string;
  readonly record: string;
  readonly identifier: string;
  /** The day of the approval, ISO 8601. */
  readonly approvedOn: string;
  /** The day from which something else was in force; null while it still is. */
  readonly endedOn: string | null;
}

/** A signature that must stay, and the first day on which it need not any more; null while what was signed is in force. */
export type Held<S extends Signature = Signature> = S & { readonly until: string | null };

export interface LegalHold {
  readonly reason: string;
  /** Last day, ISO 8601; null until it is lifted. */
  readonly until: string | null;
}

/** Everything that the decision on erasing a person rests on. */
export interface ErasureFacts<S extends Signature = Signature> {
  readonly today: string;
  /** Access to the organisation, suspended access included. */
  readonly isMember: boolean;
  /** His access is the only one of an administrator. */
  readonly isLastAdministrator: boolean;
  /** Identifiers of records in use that rest on him: responsibilities, authorities, committees, things he owns. */
  readonly duties: readonly string[];
  readonly signatures: readonly S[];
  /** Years that the organisation keeps signatures after what was signed went out of force. */
  readonly signatureYears: number;
  readonly legalHold: LegalHold | null;
}

/** What the one who erases says he knows. */
export interface ErasureChoice {
  /** Signatures whose retention runs stay; everything else goes. */
  readonly exceptSignatures: boolean;
  /** His duties stay where they are; the records then name nobody. */
  readonly leaveDuties: boolean;
}

export type ErasureDecision<S extends Signature = Signature> =
  | { readonly keep: readonly Held<S>[] }
  | { readonly refused: readonly ErasureRefusal[] };

export interface ErasureRefusal extends Refusal {
  /** From this day on the reason is gone by itself; null where somebody has to do something. */
  readonly from: string | null;
}

/** The signatures whose retention runs on a day. The day of the end counts from when something else came into force. */
export function heldSignatures<S extends Signature>(
  facts: Pick<ErasureFacts<S>, 'signatures' | 'signatureYears' | 'today'>,
): readonly Held<S>[] {
  return facts.signatures
    .map((signature) => ({
      ...signature,
      until: signature.endedOn === null ? null : addMonths(signature.endedOn, 12 * facts.signatureYears),
    }))
    .filter(({ until }) => until === null || facts.today < until);
}

/**
 * Judges the erasure of a person: every reason against it, or which signatures stay. It is whole or refused; what may stay
 * does so only where that was asked for. Days are ISO 8601 in the organisation's time zone.
 */
export function decideErasure<S extends Signature>(facts: ErasureFacts<S>, choice: ErasureChoice): ErasureDecision<S> {
  const held = heldSignatures(facts);
  const refused = [
    ...againstMember(facts),
    ...(choice.leaveDuties ? [] : againstDuties(facts.duties)),
    ...(choice.exceptSignatures ? [] : held.map(againstSignature)),
    ...againstHold(facts),
  ];
  return refused.length > 0 ? { refused } : { keep: held };
}

const from = (day: string | null, reason: Refusal): ErasureRefusal => ({ ...reason, from: day });

function againstMember({ isMember, isLastAdministrator }: ErasureFacts): readonly ErasureRefusal[] {
  if (!isMember) return [];
  return isLastAdministrator
    ? [
        from(
          null,
          refusal(
            'LAST_ADMINISTRATOR',
            'expected a person without access, got the only administrator',
            'Make somebody else an administrator, then take this access away.',
          ),
        ),
      ]
    : [from(null, refusal('HAS_ACCESS', 'expected a person without access, got a member', 'Take the access away first.'))];
}

function againstDuties(duties: readonly string[]): readonly ErasureRefusal[] {
  if (duties.length === 0) return [];
  const named = duties.slice(0, 5).join(', ');
  return [
    from(
      null,
      refusal(
        'OPEN_DUTIES',
        `expected no open duties, got ${duties.length}: ${named}${duties.length > 5 ? ', …' : ''}`,
        'Hand them over, or say that they may stay without a name.',
      ),
    ),
  ];
}

function againstSignature({ identifier, approvedOn, until }: Held): ErasureRefusal {
  const message =
    until === null
      ? `expected no signature under retention, got the approval of ${identifier} on ${approvedOn}, which is in force`
      : `expected no signature under retention, got the approval of ${identifier} on ${approvedOn}, kept until ${until}`;
  const remedy =
    until === null
      ? 'Repeat the erasure once its retention has ended, or erase everything except signatures.'
      : `Repeat the erasure from ${until} on, or erase everything except signatures.`;
  return from(until, refusal('SIGNATURE_RETAINED', message, remedy));
}

function againstHold({ legalHold, today }: ErasureFacts): readonly ErasureRefusal[] {
  if (legalHold === null || (legalHold.until !== null && legalHold.until < today)) return [];
  const end = legalHold.until === null ? '' : ` until ${legalHold.until}`;
  return [
    from(
      legalHold.until,
      refusal(
        'LEGAL_HOLD',
        `expected no legal hold, got one${end}: ${legalHold.reason}`,
        'Repeat the erasure when the hold has been lifted in the settings of the organisation.',
      ),
    ),
  ];
}
