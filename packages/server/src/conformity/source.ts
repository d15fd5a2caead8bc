import { columnOf, identifierOf, type Register } from '@aimwell/contract/platform/register';
import { isMany } from '@aimwell/contract/platform/field';
import { registerNamed } from '@aimwell/contract/registers';
import type { Condition } from '@aimwell/core/conformity/rule';
import type { Source } from '@aimwell/core/conformity/run';
import type { Seen, Value } from '@aimwell/core/conformity/values';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { linkedFields, linkTable } from '../platform/register/ddl.ts';
import { checksForRules } from '../platform/trail/guard-store.ts';

/** Records in one page. Large enough to keep round trips few, small enough to stay in memory. */
const PAGE = 2000;
const platformColumns: Readonly<Record<string, string>> = { id: 'id', createdAt: 'created_at', updatedAt: 'updated_at' };

const column = (register: Register, name: string): RawBuilder<unknown> => {
  const field = register.fields[name];
  const sqlName = platformColumns[name] ?? (field === undefined ? undefined : columnOf(name, field));
  if (sqlName === undefined) throw new Error(`a rule reads ${register.name}.${name}, which is not declared`);
  return sql.ref(`t.${sqlName}`);
};

// Moments as text of one width, so that they compare as they are; every other kind comes as the rules take it.
const cell = (register: Register, name: string): RawBuilder<unknown> => {
  const moment = name === 'createdAt' || name === 'updatedAt' || register.fields[name]?.kind === 'moment';
  return moment ? sql`to_char(${column(register, name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : column(register, name);
};

/** Live records of this organisation in the order of their ids: only the columns asked for. */
const select = async (
  tx: Tx,
  register: Register,
  fields: readonly string[],
  where: RawBuilder<unknown>,
  limit?: number,
): Promise<Seen[]> => {
  // Plain columns: building JSON in SQL takes three times as long for rows that are read and not passed on.
  const cells = fields.filter((name) => name !== 'id').map((name) => sql`${cell(register, name)} as ${sql.ref(name)}`);
  const rows = await tx.query<Record<string, Value>>(sql`
    select ${sql.join([sql`t.id`, sql`t.number as identifier`, sql`${column(register, register.title)} as title`, ...cells])} from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${where} order by t.id ${limit === undefined ? sql`` : sql`limit ${limit}`}`);
  for (const row of rows) {
    row['identifier'] = identifierOf(register, Number(row['identifier']));
    row['title'] ??= '';
  }
  return rows as unknown as Seen[];
};

const matches = (register: Register, theirs: string, keys: readonly string[], tx: Tx): RawBuilder<unknown> => {
  const field = register.fields[theirs];
  const ids = theirs === 'id' || field?.kind === 'reference' || field?.kind === 'references';
  const wanted = ids ? sql`${keys}::uuid[]` : sql`${keys}::text[]`;
  if (field === undefined || !isMany(field)) return sql`${column(register, theirs)} = any(${wanted})`;
  if (!linkedFields(register).some(([name]) => name === theirs)) return sql`${column(register, theirs)} && ${wanted}`;
  return sql`t.id in (select l.record_id from ${sql.table(linkTable(register, theirs, field))} l where l.organization_id = ${tx.organisationId}::uuid and l.value = any(${wanted}))`;
};

/** The closed language of conditions in SQL; core says the same in memory. */
const conditionSql = (register: Register, condition: Condition): RawBuilder<unknown> =>
  sql.join(
    [
      sql`true`,
      ...Object.entries(condition).map(([name, wanted]) => {
        const ref = column(register, name);
        const field = register.fields[name];
        if (typeof wanted !== 'object') return sql`${ref} = ${wanted}`;
        if ('oneOf' in wanted) return sql`${ref} = any(${wanted.oneOf}::text[])`;
        if ('has' in wanted) return sql`${ref} && ${wanted.has}::text[]`;
        return field !== undefined && isMany(field)
          ? sql`cardinality(${ref}) > 0`
          : field?.kind === 'text' || field?.kind === 'longText'
            ? sql`${ref} <> ''`
            : sql`${ref} is not null`;
      }),
    ],
    sql` and `,
  );

/** The records of the organisation of this transaction, as the rules ask for them; `only` leaves one record to be judged, its neighbours all. */
export const sqlSource = (tx: Tx, only?: { readonly register: string; readonly id: string }): Source => {
  const ends = new Map<string, string>();
  return {
    page: async ({ register: name, fields, after }) => {
      if (only !== undefined)
        return after === null && name === only.register ? select(tx, registerNamed(name), fields, sql`t.id = ${only.id}::uuid`) : [];
      if (after !== null && ends.get(name) === after) return [];
      const page = await select(tx, registerNamed(name), fields, after === null ? sql`true` : sql`t.id > ${after}::uuid`, PAGE);
      const last = page.at(-1);
      // A page that is not full is the last one: no need to ask again.
      if (last !== undefined && page.length < PAGE) ends.set(name, last.id);
      return page;
    },
    matching: ({ register: name, fields, theirs, keys }) => {
      const register = registerNamed(name);
      return select(tx, register, fields, matches(register, theirs, keys, tx));
    },
    fact: async (read) => {
      if ('rows' in read && read.rows === 'integrity-checks') return checksForRules(tx, tx.asOf?.moment ?? new Date());
      if ('rows' in read) return select(tx, registerNamed(read.rows), read.fields, sql`true`);
      const register = registerNamed(read.count);
      const [row] = await tx.query<{ count: number }>(sql`
        select count(*)::int as count from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${conditionSql(register, read.where ?? {})}`);
      return row?.count ?? 0;
    },
  };
};
