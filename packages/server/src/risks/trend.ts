import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';

export interface MonthOfRisks {
  readonly month: string;
  readonly total: number;
  readonly aboveThreshold: number;
}

/** The ends of the last months up to `now`, oldest first: the first moment of the month after (UTC), and for the present one, now. */
export const monthEnds = (now: Date, months: number): { readonly month: string; readonly end: string }[] =>
  Array.from({ length: months }, (_, index) => {
    const back = months - 1 - index;
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    const end = back === 0 ? now : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back + 1, 1));
    return { month: first.toISOString().slice(0, 7), end: end.toISOString() };
  });

/**
 * Open risks, and those above the threshold, as the records stood at the end of each month. Each version of a risk held from its
 * recording until the next one, so one pass over the history twins answers for every month.
 */
export const readRiskTrend = (tx: Tx, now: Date, months = 12): Promise<MonthOfRisks[]> =>
  tx.query<MonthOfRisks>(sql`
    with versions as (
      select updated_at as since, lead(updated_at) over (partition by id order by version) as until, archived_at, state, kind, above_threshold
      from risks_history where organization_id = ${tx.organisationId}::uuid
    ), open as (select since, until, above_threshold from versions where archived_at is null and state <> 'closed' and coalesce(kind, 'risk') = 'risk')
    select m.month, count(o.since) as total, count(o.since) filter (where o.above_threshold = 'yes') as "aboveThreshold"
    from json_to_recordset(${JSON.stringify(monthEnds(now, months))}::json) as m(month text, "end" timestamptz)
    left join open o on o.since <= m."end" and (o.until is null or o.until > m."end")
    group by m.month order by m.month`);
