import { type RawBuilder, sql } from 'kysely';

/** A person as answers name one: null where there is none. `id` is a column such as `t.person_id`. */
export const personSql = (id: string): RawBuilder<unknown> =>
  sql`(select json_build_object('id', p.id, 'name', p.name) from people p where p.organization_id = ${sql.ref(`${id.split('.')[0]}.organization_id`)} and p.id = ${sql.ref(id)})`;

/** The record of a run, by the index of search; null where it has none. `i` is the run. */
export const recordSql = (i: string): RawBuilder<unknown> =>
  sql`(select json_build_object('register', s.register, 'id', s.record_id, 'identifier', s.identifier, 'title', s.title) from search_documents s
    where s.organization_id = ${sql.ref(`${i}.organization_id`)} and s.register = ${sql.ref(`${i}.register`)} and s.record_id = ${sql.ref(`${i}.record_id`)})`;

/** `RUN-0001` of a number. */
export const runIdentifierSql = (column: string): RawBuilder<unknown> =>
  sql`'RUN-' || lpad(${sql.ref(column)}::text, greatest(4, length(${sql.ref(column)}::text)), '0')`;

export const mapRefSql = (m: string): RawBuilder<unknown> =>
  sql`json_build_object('id', ${sql.ref(`${m}.id`)}, 'key', ${sql.ref(`${m}.key`)}, 'name', ${sql.ref(`${m}.name`)})`;

/** A cursor as it travels: JSON in base64url; null for what is none. */
export const readCursor = (text: string | undefined): readonly unknown[] | null => {
  if (text === undefined) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(read) ? (read as unknown[]) : null;
  } catch {
    return null;
  }
};
export const writeCursor = (...parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
