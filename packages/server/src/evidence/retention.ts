import { evidence } from '@aimwell/contract/evidence/evidence';
import type { ApprovedVersion, RetentionFacts } from '@aimwell/core/evidence/retention';
import { type RawBuilder, sql } from 'kysely';
import { type Context, dayIn } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';

/** What the organisation has adopted: years by register. */
export const adoptedRetention = (context: Context): Readonly<Record<string, number>> =>
  (context.organisation.settings['retention'] as Record<string, number> | undefined) ?? {};

/**
 * How an approved version rests on evidence, as SQL over `h`, a version of the evidence in its twin, and `v`, the approved
 * one. The twins answer, since taking a link away afterwards does not unmake what was approved.
 */
const restsOn: readonly {
  readonly register: string;
  readonly table: string;
  readonly prefix: string;
  readonly rests: RawBuilder<unknown>;
}[] = [
  {
    // Controls that the statement calls implemented are shown by evidence.
    register: 'soa-versions',
    table: 'soa_versions',
    prefix: 'SOA',
    rests: sql`exists (select 1 from soa_entries_history s where s.organization_id = v.organization_id and s.soa_id = v.id
      and s.decision = 'included' and s.status in ('implemented', 'effective')
      and (s.control = any(h.controls) or s.own_control_id = any(h.own_controls_ids)))`,
  },
  {
    register: 'treatment-plans',
    table: 'treatment_plans',
    prefix: 'PLN',
    rests: sql`exists (select 1 from treatment_plan_lines l where l.organization_id = v.organization_id and l.plan_id = v.id and l.treatment_id = any(h.treatments_ids))`,
  },
  {
    register: 'scope-statements',
    table: 'scope_statements',
    prefix: 'SST',
    rests: sql`exists (select 1 from unnest(h.requirements) r where r like '4.3-%')`,
  },
];

/** Approved versions, and runs of processes in which it was attached to a task: what was done then is shown by it. */
const restingOn = async (tx: Tx, context: Context, id: string): Promise<ApprovedVersion[]> => {
  const parts = restsOn.map(
    ({ register, table, prefix, rests }) => sql`
      select ${register}::text as register, ${prefix}::text || '-' || to_char(v.number, 'FM999990000') as identifier, ended.at
      from ${sql.table(table)} v left join lateral (select min(x.updated_at) as at from ${sql.table(`${table}_history`)} x
        where x.organization_id = v.organization_id and x.id = v.id and x.state = 'superseded') ended on true
      where v.organization_id = ${tx.organisationId}::uuid and v.state in ('approved', 'superseded')
        and exists (select 1 from evidence_history h where h.organization_id = v.organization_id and h.id = ${id}::uuid
          and h.updated_at <= coalesce(ended.at, 'infinity') and ${rests})`,
  );
  const ran = sql`
    select 'process-instances'::text as register, 'RUN-' || lpad(i.number::text, greatest(4, length(i.number::text)), '0') as identifier, i.ended_at as at
    from process_instances i where i.organization_id = ${tx.organisationId}::uuid and exists (select 1 from process_evidence p
      where p.organization_id = i.organization_id and p.instance_id = i.id and p.evidence_id = ${id}::uuid)`;
  const rows = await tx.query<{ register: string; identifier: string; at: Date | null }>(
    sql`select * from (${sql.join([...parts, ran], sql` union all `)}) found order by identifier`,
  );
  return rows.map(({ at, ...version }) => ({ ...version, supersededOn: at === null ? null : dayIn(context.organisation.timeZone, at) }));
};

/** Everything the rules of retention ask about one piece of evidence. */
export const retentionFacts = async (tx: Tx, context: Context, row: Row): Promise<RetentionFacts> => {
  const archivedAt = row['archivedAt'] as string | null;
  return {
    register: evidence.name,
    archivedOn: archivedAt === null ? null : dayIn(context.organisation.timeZone, new Date(archivedAt)),
    restedOnBy: await restingOn(tx, context, row.id),
    adopted: adoptedRetention(context),
  };
};
