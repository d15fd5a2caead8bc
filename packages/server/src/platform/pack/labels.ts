import { people } from '@aimwell/contract/roles/people';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { identifierSql } from '../register/columns.ts';

/** What people call the records with these ids: a person's name, else the identifier, which never changes; other ids stay ids. */
export type ReadNames = (ids: readonly string[]) => Promise<(id: string) => string>;

const select = (ids: string[], organisationId: string) =>
  sql.join(
    registers.map(
      (
        register,
      ) => sql`(select t.id, ${register === people ? sql`t.name` : identifierSql(register)} as name from ${sql.table(register.table)} t
        where t.organization_id = ${organisationId}::uuid and t.id = any(${ids}::uuid[]))`,
    ),
    sql` union all `,
  );

/** Looks up the names for one page at a time, so that they need not all be known at once. */
export const readNames = async (database: Database, organisationId: string, ids: readonly string[]): Promise<(id: string) => string> => {
  const rows = await database.inOrganisation(organisationId, (tx) =>
    tx.query<{ id: string; name: string }>(sql`${select([...new Set(ids)], organisationId)}`),
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
};
