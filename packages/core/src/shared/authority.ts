import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** "Designated management" as a record: who may approve what, and up to which risk level. Days are inclusive. */
export interface Authority {
  readonly holder: string;
  /** Highest level of a risk whose acceptance this person may approve. */
  readonly riskLevelLimit: number;
  readonly approvesPlans: boolean;
  readonly approvesSoa: boolean;
  readonly approvesCriteria: boolean;
  readonly fromDate: string;
  readonly untilDate: string | null;
}

export type ApprovalSubject = 'plan' | 'soa' | 'criteria' | 'acceptance';

const WORDS: Readonly<Record<ApprovalSubject, string>> = {
  plan: 'treatment plans',
  soa: 'the Statement of Applicability',
  criteria: 'risk criteria',
  acceptance: 'the acceptance of risks',
};

/**
 * Everything against this person approving this subject on this day: the recorded authority, its limit, and that nobody
 * approves his own work. `level` is the highest risk level that the approval accepts; leave it out where none is accepted.
 */
export function againstApprover(input: {
  readonly subject: ApprovalSubject;
  readonly approver: string;
  readonly authors: readonly string[];
  readonly on: string;
  readonly authorities: readonly Authority[];
  readonly level?: number;
}): readonly Refusal[] {
  const own = input.authors.includes(input.approver)
    ? [
        refusal(
          'APPROVER_IS_AUTHOR',
          'expected an approver who is not the author, got the author',
          'Let another person with authority approve it.',
          'approvedBy',
        ),
      ]
    : [];
  const held = input.authorities.filter(
    (authority) => authority.holder === input.approver && inForce(authority, input.on) && covers(authority, input.subject),
  );
  if (held.length === 0) {
    const message = `expected a recorded authority for ${WORDS[input.subject]} on ${input.on}, got none`;
    return [
      ...own,
      refusal('NO_AUTHORITY', message, 'Let top management record the authority, or ask a person who holds one.', 'approvedBy'),
    ];
  }
  return [...own, ...againstLimit(held, input.level)];
}

/** True on each day of the authority, its last one included. */
export const inForce = (authority: Authority, on: string): boolean =>
  authority.fromDate <= on && (authority.untilDate === null || on <= authority.untilDate);

const covers = (authority: Authority, subject: ApprovalSubject): boolean => {
  if (subject === 'plan') return authority.approvesPlans;
  if (subject === 'soa') return authority.approvesSoa;
  // Accepting risks is what every authority is about: its limit says how far.
  return subject === 'acceptance' || authority.approvesCriteria;
};

function againstLimit(held: readonly Authority[], level: number | undefined): readonly Refusal[] {
  const limit = Math.max(...held.map((authority) => authority.riskLevelLimit));
  if (level === undefined || level <= limit) return [];
  return [
    refusal(
      'LIMIT_EXCEEDED',
      `expected a level up to ${limit}, got ${level}`,
      'Ask a person whose authority reaches this level, or treat the risk further.',
      'level',
    ),
  ];
}
