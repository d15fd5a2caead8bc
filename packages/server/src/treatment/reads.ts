import { evidence } from '@aimwell/contract/evidence/evidence';
import { identifierOf, type Values } from '@aimwell/contract/platform/register';
import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { type TreatmentStatus, validateTreatment } from '@aimwell/core/treatment/treatment';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql, type Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';
import { isAccepted, type Risk } from '../risks/reads.ts';

export type Treatment = Row & Values<typeof treatments>;

export interface TreatmentBasis {
  readonly id: string;
  /** For people, e.g. "TRT-0012". */
  readonly code: string;
  readonly title: string;
  readonly riskId: string;
  readonly riskCode: string;
  /** Annex A ids. */
  readonly controls: readonly string[];
  /** Ids of own controls. */
  readonly ownControls: readonly string[];
  readonly status: TreatmentStatus;
}

/** Every treatment that still means its controls: all but cancelled ones. Core decides by `status` which of them bind. */
export const readOpenTreatments = (tx: Tx): Promise<TreatmentBasis[]> =>
  tx.query<TreatmentBasis>(sql`
    select t.id, ${identifierSql(treatments)} as code, t.title, t.risk_id as "riskId", ${identifierSql(risks, 'r')} as "riskCode", t.controls, t.own_controls_ids as "ownControls", t.state as status
    from treatments t join risks r on r.organization_id = t.organization_id and r.id = t.risk_id
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and r.archived_at is null and t.state <> 'cancelled' order by t.number`);

/** The treatment plan in force; null while none is approved. */
export const readPlanInForce = async (tx: Tx): Promise<(Row & Values<typeof treatmentPlans> & { readonly identifier: string }) | null> => {
  const [plan] = (await findRows(tx, treatmentPlans, { state: 'approved' })) as (Row & Values<typeof treatmentPlans>)[];
  return plan === undefined ? null : { ...plan, identifier: identifierOf(treatmentPlans, plan.number) };
};

/** The treatments of these risks that were not cancelled, by risk. */
export const readTreatmentsOf = async (tx: Tx, riskIds: readonly string[]): Promise<ReadonlyMap<string, readonly Treatment[]>> => {
  const found = ((await findRows(tx, treatments, { risk: riskIds })) as Treatment[]).filter((treatment) => treatment.state !== 'cancelled');
  return Map.groupBy(found, (treatment) => treatment.risk);
};

/** How many pieces of evidence valid on this day name each risk or one of its treatments. */
export const countEvidence = async (tx: Tx, riskIds: readonly string[], day: string): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx.query<{ risk: string; count: number }>(sql`
    select n.risk, count(distinct e.id) as count from ${sql.table(evidence.table)} e join (
      select l.record_id, l.value as risk from evidence__risks_ids l where l.organization_id = ${tx.organisationId}::uuid and l.value = any(${riskIds}::uuid[])
      union select l.record_id, t.risk_id from evidence__treatments_ids l join treatments t on t.organization_id = l.organization_id and t.id = l.value
        where l.organization_id = ${tx.organisationId}::uuid and t.risk_id = any(${riskIds}::uuid[])
    ) n on n.record_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.archived_at is null and coalesce(e.valid_from, ${day}::date) <= ${day}::date and coalesce(e.valid_until, ${day}::date) >= ${day}::date
    group by n.risk`);
  return new Map(rows.map((row) => [row.risk, row.count]));
};

/** Everything a treatment lacks before a plan may hold it. It is measured against the rating before treatment. */
export const problemsOf = (treatment: Treatment, risk: Risk, day: string): readonly Refusal[] => {
  if (risk.inherentLikelihood === null || risk.inherentConsequence === null)
    return [refusal('NOT_RATED', 'expected a rated risk, got one without a rating', 'Assess the risk first.', 'risk')];
  return validateTreatment(treatment, {
    recordKind: risk.kind ?? 'risk',
    likelihood: risk.inherentLikelihood,
    consequence: risk.inherentConsequence,
    aboveThreshold: risk.aboveThreshold === 'yes',
    accepted: isAccepted(risk, day),
  });
};
