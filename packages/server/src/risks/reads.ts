import type { Values } from '@aimwell/contract/platform/register';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import type { CriteriaInForce } from '@aimwell/core/risks/assess';
import type { RiskCriteria } from '@aimwell/core/risks/criteria';
import { type AcceptanceState, acceptanceStatus } from '@aimwell/core/treatment/acceptance';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

export type Risk = Row & Values<typeof risks>;
export type CriteriaVersion = Row & Values<typeof riskCriteria>;

/** A version of the criteria as core reads it. */
export const criteriaOf = (version: CriteriaVersion): RiskCriteria => ({ ...(version.scales as Omit<RiskCriteria, 'threshold'>), threshold: version.threshold ?? 0 });

/** Every version that was ever approved, in the order in which they came into force. */
export const readApprovedCriteria = async (tx: Tx): Promise<CriteriaVersion[]> =>
  ((await findRows(tx, riskCriteria, { state: ['approved', 'superseded'] })) as CriteriaVersion[]).toSorted(
    (a, b) => (a.approvedOn ?? '').localeCompare(b.approvedOn ?? '') || (a.versionNumber ?? 0) - (b.versionNumber ?? 0),
  );

/** The version in force on a day: the last one approved by then; null before the first. `approved` as `readApprovedCriteria` orders it. */
export const criteriaOn = (approved: readonly CriteriaVersion[], day: string): CriteriaVersion | null => approved.findLast((version) => (version.approvedOn ?? '') <= day) ?? null;

/** A version with the days on which it was in force: from its approval until that of the next one. */
export const inForceDays = (version: CriteriaVersion, approved: readonly CriteriaVersion[]): CriteriaInForce => {
  const at = approved.findIndex(({ id }) => id === version.id);
  return { criteria: criteriaOf(version), approvedOn: version.approvedOn, supersededOn: at < 0 ? null : (approved[at + 1]?.approvedOn ?? null) };
};

/** What counts today: the level left after treatment, else the level before it; null before the first rating. */
export const levelNow = (risk: Risk): number | null => risk.residualLevel ?? risk.inherentLevel;

/** The signatures under a risk as core reads them. */
export const acceptanceOf = (risk: Risk): AcceptanceState => ({
  owner: risk.acceptedBy === null || risk.acceptedOn === null ? null : { by: risk.acceptedBy, on: risk.acceptedOn, reason: risk.acceptanceReason ?? '' },
  approval: risk.acceptanceApprovedBy === null || risk.acceptanceApprovedOn === null ? null : { by: risk.acceptanceApprovedBy, on: risk.acceptanceApprovedOn },
  assessmentId: risk.acceptedAssessment,
  level: risk.acceptedLevel,
  validUntil: risk.acceptedUntil,
});

/** Both signatures stand under the newest rating on this day. */
export const isAccepted = (risk: Risk, day: string): boolean => acceptanceStatus(acceptanceOf(risk), day, risk.assessment) === 'valid';

/**
 * The risks above the threshold that a treatment plan has to speak of. Left out: closed ones, those treated already (what is left of
 * them is rated and accepted, not planned), and residual risks with a valid acceptance.
 */
export const readRisksToTreat = async (tx: Tx, day: string): Promise<Risk[]> =>
  ((await findRows(tx, risks, { aboveThreshold: 'yes' })) as Risk[]).filter(
    (risk) => risk.kind !== 'opportunity' && risk.state !== 'closed' && risk.state !== 'treated_pending_check' && !(risk.state === 'residual_accepted' && isAccepted(risk, day)),
  );
