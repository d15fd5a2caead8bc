import { columnOf, identifierOf, type Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { identifierSql, type Row } from './columns.ts';

const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * What a person typed → a prefix query: every word must begin some word of the record. Operators lose their meaning. PostgreSQL
 * reads the number of SYS-0042 as one below zero, so a number is looked for as both.
 */
export const tsQuery = (typed: string): string =>
  wordsOf(typed)
    .slice(0, 12)
    .map((word) => (/^\d+$/.test(word) ? `(${word}:* | '-${word}':*)` : `${word}:*`))
    .join(' & ');

/** Fields whose text is found, beside the title. */
const searchedFields = (register: Register) =>
  Object.entries(register.fields).filter(([name, field]) => field.search === true && name !== register.title);

/** Keeps the search table beside the records just written. */
export const indexForSearch = async (tx: Tx, register: Register, rows: readonly Row[]): Promise<void> => {
  const searchable = searchedFields(register).map(([name]) => name);
  const documents = rows.map((row) => ({
    record_id: row.id,
    identifier: identifierOf(register, row.number),
    title: String(row[register.title] ?? ''),
    body: searchable
      .map((name) => row[name])
      .filter((value) => typeof value === 'string')
      .join('\n')
      .slice(0, 100_000),
    archived: row['archivedAt'] !== null && row['archivedAt'] !== undefined,
  }));
  await tx.query(sql`
    insert into search_documents (organization_id, register, record_id, identifier, title, body, archived)
    select ${tx.organisationId}::uuid, ${register.name}, record_id, identifier, title, body, archived
    from json_to_recordset(${JSON.stringify(documents)}::json) as d(record_id uuid, identifier text, title text, body text, archived boolean)
    on conflict (organization_id, register, record_id) do update set identifier = excluded.identifier, title = excluded.title, body = excluded.body, archived = excluded.archived`);
};

/** Which of these records hold the words; costs by the number of ids, however many others hold them too. */
export const matchesAmong = async (tx: Tx, register: Register, words: string, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (await tx.query<{ id: string }>(sql`select search_among(${register.name}, ${words}, ${ids as string[]}::uuid[]) as id`)).map(
        ({ id }) => id,
      );

/** Every record of the register that holds the words, archived ones too; null when there are more than a page can be chosen from. */
export const fewMatches = async (tx: Tx, register: Register, words: string): Promise<string[] | null> => {
  const rows = await tx.query<{ id: string }>(sql`select search_matches(${register.name}, ${words}, ${FEW + 1}) as id`);
  return rows.length > FEW ? null : rows.map(({ id }) => id);
};
const FEW = 1000;

export interface Hit {
  readonly register: string;
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** The text of a record in the past, as `indexForSearch` puts it together; the index itself knows only today's. */
const textThen = (register: Register) => {
  const column = (name: string) => sql`coalesce(${sql.ref(`t.${columnOf(name, register.fields[name] ?? { kind: 'text', max: 1 })}`)}, '')`;
  return {
    head: sql`${identifierSql(register)} || ' ' || ${column(register.title)}`,
    title: column(register.title),
    body: sql`left(concat_ws(E'\\n', ${sql.join([sql`''`, ...searchedFields(register).map(([name]) => column(name))])}), 100000)`,
  };
};

/**
 * True for records of the past that hold the words. Taking text apart into words is dear: it is done only where the longest
 * word stands somewhere in it.
 */
export const heldThen = (register: Register, words: string): RawBuilder<unknown> => {
  const { head, body } = textThen(register);
  const longest = wordsOf(words).toSorted((a, b) => b.length - a.length)[0] ?? '';
  const text = sql`${head} || ' ' || ${body}`;
  return sql`case when strpos(lower(${text}), lower(${longest})) > 0 then to_tsvector('simple', ${text}) @@ to_tsquery('simple', ${words}) else false end`;
};

const searchThen = (tx: Tx, query: string, most: number) => {
  const parts = registers.map((register) => {
    const { head, title, body } = textThen(register);
    return sql`(select ${register.name}::text as register, t.id as record_id, ${identifierSql(register)} as identifier, ${title} collate "C" as title,
        ts_rank(setweight(to_tsvector('simple', ${head}), 'A') || to_tsvector('simple', ${body}), to_tsquery('simple', ${query})) as rank
      from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${heldThen(register, query)}
      limit 2000)`;
  });
  return sql<Found>`select register, record_id, identifier, title from (${sql.join(parts, sql` union all `)}) s order by rank desc, identifier limit ${most}`;
};

interface Found {
  readonly register: string;
  readonly record_id: string;
  readonly identifier: string;
  readonly title: string;
}

/** The palette's search over every register, best first. */
export const searchEverywhere = async (tx: Tx, typed: string, most: number): Promise<Hit[]> => {
  const query = tsQuery(typed);
  if (query === '') return [];
  const rows = await tx.query<Found>(
    tx.asOf === null
      ? sql`select register, record_id, identifier, title from search_records(null, ${query}, ${most})`
      : searchThen(tx, query, most),
  );
  return rows.map(({ record_id, ...hit }) => ({ id: record_id, ...hit }));
};
