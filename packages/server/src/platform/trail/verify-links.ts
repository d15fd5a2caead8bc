import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { linkedFields, linkTable } from '../register/ddl.ts';
import type { Fault } from './verify-records.ts';

/** Holds the tables of single values, by which records are found and linked, against the records themselves. */
export const linkFaults = async (tx: Tx, registers: readonly Register[]): Promise<Fault[]> => {
  const faults: Fault[] = [];
  for (const register of registers)
    for (const [name, field] of linkedFields(register)) {
      const rows = await tx.query<{ id: string; seq: number | null }>(sql`
        with told as (select t.id, v as value from ${sql.table(register.table)} t, unnest(t.${sql.ref(columnOf(name, field))}) v where t.organization_id = ${tx.organisationId}::uuid),
        kept as (select record_id as id, value from ${sql.table(linkTable(register, name, field))} where organization_id = ${tx.organisationId}::uuid),
        wrong as (select distinct coalesce(told.id, kept.id) as id from told full join kept on kept.id = told.id and kept.value = told.value where told.id is null or kept.id is null)
        select w.id, (select l.seq from ${sql.table(`${register.table}_history`)} h join trail_leaves l on l.organization_id = h.organization_id and l.entry_id = h.entry_id
          where h.organization_id = ${tx.organisationId}::uuid and h.id = w.id order by h.version desc limit 1) as seq from wrong w order by w.id limit 200`);
      for (const { id, seq } of rows)
        faults.push({
          what: 'record',
          entry: seq,
          message: `${register.name} ${id}: the values by which ${name} is found are not those of the record`,
        });
    }
  return faults;
};
