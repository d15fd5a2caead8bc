import { isMany } from '@aimwell/contract/platform/field';
import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { type RawBuilder, sql } from 'kysely';

/** A record as the server holds it: field names of the declaration, references as ids. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly number: number; readonly version: number };

const t = sql.raw('t');
const column = (name: string) => sql`${t}.${sql.ref(name)}`;

/** The columns a record has beside its declared fields, by their name in answers. */
export const systemFields = {
  createdAt: 'created_at',
  createdBy: 'created_by',
  updatedAt: 'updated_at',
  updatedBy: 'updated_by',
  archivedAt: 'archived_at',
  archivedReason: 'archived_reason',
  custom: 'custom',
} as const;

/** `SYS-0042` built in SQL from the number; identifiers grow past four digits. */
export const identifierSql = (register: Pick<Register, 'prefix'>, alias = 't'): RawBuilder<string> =>
  sql`${sql.lit(`${register.prefix}-`)} || to_char(${sql.ref(`${alias}.number`)}, 'FM999990000')`;

const referenceObject = (target: Register) =>
  sql`json_build_object('id', r.id, 'identifier', ${identifierSql(target, 'r')}, 'title', coalesce(${sql.ref(`r.${columnOf(target.title, target.fields[target.title] ?? { kind: 'text', max: 1 })}`)}, ''))`;

const one = (target: Register, holder: RawBuilder<unknown>) =>
  sql`(select ${referenceObject(target)} from ${sql.table(target.table)} r where r.organization_id = ${t}.organization_id and r.id = ${holder})`;
const many = (target: Register, holder: RawBuilder<unknown>) =>
  sql`coalesce((select json_agg(${referenceObject(target)} order by r.number) from ${sql.table(target.table)} r where r.organization_id = ${t}.organization_id and r.id = any(${holder})), '[]'::json)`;

const people = () => registerNamed('people');

/** Select list of a record as it is answered: references with identifier and title. Works on the table and on its twin alike. */
export const viewColumns = (register: Register): RawBuilder<unknown> => {
  const parts: RawBuilder<unknown>[] = [sql`${t}.id`, sql`${identifierSql(register)} as identifier`, sql`${t}.version`];
  for (const [name, field] of Object.entries(register.fields)) {
    const holder = column(columnOf(name, field));
    const value =
      field.kind === 'reference'
        ? one(registerNamed(field.to), holder)
        : field.kind === 'references'
          ? many(registerNamed(field.to), holder)
          : holder;
    parts.push(sql`${value} as ${sql.ref(name)}`);
  }
  parts.push(
    sql`${t}.custom`,
    sql`${t}.created_at as "createdAt"`,
    sql`${one(people(), sql`${t}.created_by`)} as "createdBy"`,
    sql`${t}.updated_at as "updatedAt"`,
    sql`${one(people(), sql`${t}.updated_by`)} as "updatedBy"`,
    sql`${t}.archived_at as "archivedAt"`,
    sql`${t}.archived_reason as "archivedReason"`,
  );
  return sql.join(parts);
};

/** Select list of a record as actions work with it: references as ids. */
export const rowColumns = (register: Register): RawBuilder<unknown> =>
  sql.join([
    sql`${t}.id`,
    sql`${t}.number`,
    sql`${t}.version`,
    ...Object.entries(register.fields).map(([name, field]) => sql`${column(columnOf(name, field))} as ${sql.ref(name)}`),
    ...Object.entries(systemFields).map(([name, sqlName]) => sql`${column(sqlName)} as ${sql.ref(name)}`),
  ]);

/** Field name → column name for everything a row holds. */
export const columnNames = (register: Register): Record<string, string> => ({
  id: 'id',
  number: 'number',
  version: 'version',
  ...systemFields,
  ...Object.fromEntries(Object.entries(register.fields).map(([name, field]) => [name, columnOf(name, field)])),
});

/** The value that stands for "nothing" in a field. */
export const emptyValue = (register: Register, name: string): unknown => {
  const field = register.fields[name];
  if (field === undefined) return null;
  if (isMany(field)) return [];
  return 'initial' in field && field.initial !== undefined ? field.initial : null;
};
