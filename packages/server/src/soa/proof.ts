import { evidence } from '@aimwell/contract/evidence/evidence';
import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { controlTests } from '@aimwell/contract/soa/soa';
import { daysBetween } from '@aimwell/core/shared/dates';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql } from '../platform/register/columns.ts';

interface Counted {
  readonly control: string;
  readonly count: number;
  readonly valid: number;
  readonly openEnded: boolean;
  readonly validUntil: string | null;
}

export const noEvidence: SoaRow['evidence'] = { count: 0, valid: 0, validUntil: null, openEnded: false, daysLeft: null };

/** Evidence by the Annex A control it names, and how long the best of it holds from this day on. */
export const readEvidenceByControl = async (tx: Tx, today: string): Promise<ReadonlyMap<string, SoaRow['evidence']>> => {
  const rows = await tx.query<Counted>(sql`
    select control, count(*) as count, count(*) filter (where holds) as valid, coalesce(bool_or(holds and valid_until is null), false) as "openEnded",
      (max(valid_until) filter (where holds))::text as "validUntil"
    from (select l.value as control, t.valid_until, coalesce(t.valid_from, ${today}::date) <= ${today}::date and coalesce(t.valid_until, ${today}::date) >= ${today}::date as holds
      from ${sql.table(evidence.table)} t join evidence__controls l on l.organization_id = t.organization_id and l.record_id = t.id
      where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null) e
    group by control`);
  return new Map(
    rows.map(({ control, ...found }) => [
      control,
      { ...found, daysLeft: found.openEnded || found.validUntil === null ? null : daysBetween(today, found.validUntil) },
    ]),
  );
};

/** The latest test of each control; of an own control by its id. */
export const readLastTests = async (tx: Tx): Promise<ReadonlyMap<string, NonNullable<SoaRow['lastTest']>>> => {
  const rows = await tx.query<NonNullable<SoaRow['lastTest']> & { readonly control: string }>(sql`
    select distinct on (coalesce(t.own_control_id::text, t.control)) coalesce(t.own_control_id::text, t.control) as control,
      t.id, ${identifierSql(controlTests)} as identifier, t.title, t.tested_on::text as "testedOn", t.outcome, t.next_due::text as "nextDue"
    from ${sql.table(controlTests.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null
    order by coalesce(t.own_control_id::text, t.control), t.tested_on desc, t.number desc`);
  return new Map(rows.map(({ control, ...test }) => [control, test]));
};
