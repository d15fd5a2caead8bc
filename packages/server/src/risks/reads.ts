import type { Values } from '@aimwell/contract/platform/register';
import { type criteriaScales, riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import type { CriteriaInForce } from '@aimwell/core/risks/assess';
import { levelTable, type RiskCriteria } from '@aimwell/core/risks/criteria';
import { type AcceptanceState, acceptanceStatus } from '@aimwell/core/treatment/acceptance';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

export type Risk = Row & Values<typeof risks>;
export type CriteriaVersion = Row & Values<typeof riskCriteria>;

/** A version of the criteria as core reads it. */
export const criteriaOf = (version: CriteriaVersion): RiskCriteria => ({
  ...(version.scales as Omit<RiskCriteria, 'threshold'>),
  threshold: version.threshold ?? 0,
});

/** Every version that was ever approved, in the order in which they came into force. */
export const readApprovedCriteria = async (tx: Tx): Promise<CriteriaVersion[]> =>
  ((await findRows(tx, riskCriteria, { state: ['approved', 'superseded'] })) as CriteriaVersion[]).toSorted(
    (a, b) => (a.approvedOn ?? '').localeCompare(b.approvedOn ?? '') || (a.versionNumber ?? 0) - (b.versionNumber ?? 0),
  );

/** The version in force on a day: the last one approved by then; null before the first. `approved` as `readApprovedCriteria` orders it. */
export const criteriaOn = (approved: readonly CriteriaVersion[], day: string): CriteriaVersion | null =>
  approved.findLast((version) => (version.approvedOn ?? '') <= day) ?? null;

/** A version with the days on which it was in force: from its approval until that of the next one. */
export const inForceDays = (version: CriteriaVersion, approved: readonly CriteriaVersion[]): CriteriaInForce => {
  const at = approved.findIndex(({ id }) => id === version.id);
  return {
    criteria: criteriaOf(version),
    approvedOn: version.approvedOn,
    supersededOn: at < 0 ? null : (approved[at + 1]?.approvedOn ?? null),
  };
};

/** What counts today: the level left after treatment, else the level before it; null before the first rating. */
export const levelNow = (risk: Risk): number | null => risk.residualLevel ?? risk.inherentLevel;

/** The signatures under a risk as core reads them. */
export const acceptanceOf = (risk: Risk): AcceptanceState => ({
  owner:
    risk.acceptedBy === null || risk.acceptedOn === null
      ? null
      : { by: risk.acceptedBy, on: risk.acceptedOn, reason: risk.acceptanceReason ?? '' },
  approval:
    risk.acceptanceApprovedBy === null || risk.acceptanceApprovedOn === null
      ? null
      : { by: risk.acceptanceApprovedBy, on: risk.acceptanceApprovedOn },
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
    (risk) =>
      risk.kind !== 'opportunity' &&
      risk.state !== 'closed' &&
      risk.state !== 'treated_pending_check' &&
      !(risk.state === 'residual_accepted' && isAccepted(risk, day)),
  );

export interface Cell {
  readonly likelihood: number;
  readonly consequence: number;
  readonly level: number;
  readonly count: number;
}

export interface RiskMatrix {
  /** The version in force today gives the axes; null while none is. */
  readonly criteria: {
    readonly id: string;
    readonly versionNumber: number;
    readonly threshold: number;
    readonly likelihood: string[];
    readonly consequence: string[];
    readonly bands: z.input<typeof criteriaScales>['bands'];
  } | null;
  readonly cells: Cell[];
  readonly unrated: number;
  readonly total: number;
  /** Risks in cells above the threshold in force; 0 while none is. */
  readonly aboveThreshold: number;
}

/** Open risks by cell, before treatment or after it. Cells of the scale without a risk are there with 0, so that the picture is whole. */
export const readRiskMatrix = async (
  tx: Tx,
  context: Context,
  kind: 'inherent' | 'residual',
  filters: { readonly system?: string | undefined } = {},
): Promise<RiskMatrix> => {
  const version = criteriaOn(await readApprovedCriteria(tx), context.today);
  const column = (name: string) => sql.ref(`t.${kind}_${name}`);
  const found = await tx.query<{ likelihood: number | null; consequence: number | null; level: number | null; count: number }>(sql`
    select ${column('likelihood')} as likelihood, ${column('consequence')} as consequence, ${column('level')} as level, count(*) as count from risks t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.state <> 'closed' and coalesce(t.kind, 'risk') = 'risk'
      ${filters.system === undefined ? sql`` : sql`and t.system_id = ${filters.system}::uuid`}
    group by 1, 2, 3 order by 1, 2, 3`);
  const rated = found.filter((cell): cell is Cell => cell.level !== null);
  const sum = (cells: readonly { readonly count: number }[]) => cells.reduce((total, cell) => total + cell.count, 0);
  const criteria = version === null ? null : criteriaOf(version);
  return {
    criteria:
      version === null || criteria === null
        ? null
        : {
            id: version.id,
            versionNumber: version.versionNumber ?? 0,
            threshold: criteria.threshold,
            likelihood: criteria.likelihood.map(({ label }) => label),
            consequence: criteria.consequence.map(({ label }) => label),
            bands: (version.scales as z.input<typeof criteriaScales>).bands,
          },
    cells: criteria === null ? rated : withEmptyCells(rated, criteria),
    unrated: sum(found) - sum(rated),
    total: sum(found),
    aboveThreshold: criteria === null ? 0 : sum(rated.filter((cell) => cell.level > criteria.threshold)),
  };
};

/** Ratings made under other scales keep their own level and stand beside the cells of the present ones. */
const withEmptyCells = (rated: readonly Cell[], criteria: RiskCriteria): Cell[] => {
  const keyOf = (cell: Omit<Cell, 'count'>) => `${cell.likelihood} ${cell.consequence} ${cell.level}`;
  const taken = new Set(rated.map(keyOf));
  const empty = levelTable(criteria).flatMap((row, l) =>
    row.map((level, c) => ({ likelihood: l + 1, consequence: c + 1, level, count: 0 })),
  );
  return [...rated, ...empty.filter((cell) => !taken.has(keyOf(cell)))].toSorted(
    (a, b) => a.likelihood - b.likelihood || a.consequence - b.consequence || a.level - b.level,
  );
};
