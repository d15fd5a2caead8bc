import { sql } from 'kysely';
import type { Tx } from '../../platform/database/pool.ts';

/**
 * What tells of records without being named in a field of theirs: the runs about them with the runs these called, the versions and maps
 * they run on, what was done outside a process, and the evidence that hangs on their tasks. Ids, for an audit pack.
 */
export const besideRecords = async (tx: Tx, records: readonly string[]): Promise<readonly string[]> => {
  const rows = await tx.query<{ id: string }>(sql`
    with recursive named as (select unnest(${records as string[]}::uuid[]) as id),
    runs as (
      select i.id, i.version_id, i.map_id from process_instances i where i.organization_id = ${tx.organisationId}::uuid and i.record_id in (select id from named)
      union
      select c.id, c.version_id, c.map_id from process_instances c join runs r on c.parent_instance = r.id where c.organization_id = ${tx.organisationId}::uuid)
    select id from runs union select version_id from runs union select map_id from runs
    -- Those it ran on before it was moved.
    union select h.version_id from process_happenings h where h.organization_id = ${tx.organisationId}::uuid and h.instance_id in (select id from runs)
    union select d.id from process_deviations d where d.organization_id = ${tx.organisationId}::uuid and d.record_id in (select id from named)
    union select e.evidence_id from process_evidence e where e.organization_id = ${tx.organisationId}::uuid and e.instance_id in (select id from runs)`);
  return rows.map(({ id }) => id);
};
