import type { Register } from '@aimwell/contract/platform/register';
import { identifierOf } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Row } from './columns.ts';

/** What a person typed → a prefix query: every word must begin some word of the record. Operators lose their meaning. */
export const tsQuery = (typed: string): string =>
  (typed.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, 12)
    .map((word) => `${word}:*`)
    .join(' & ');

/** Keeps the search table beside the records just written. */
export const indexForSearch = async (tx: Tx, register: Register, rows: readonly Row[]): Promise<void> => {
  const searchable = Object.entries(register.fields)
    .filter(([name, field]) => field.search === true && name !== register.title)
    .map(([name]) => name);
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

/** The palette's search over every register, best first. */
export const searchEverywhere = async (tx: Tx, typed: string, most: number): Promise<Hit[]> => {
  const query = tsQuery(typed);
  if (query === '') return [];
  const rows = await tx.query<{ register: string; record_id: string; identifier: string; title: string }>(
    sql`select register, record_id, identifier, title from search_records(null, ${query}, ${most})`,
  );
  return rows.map(({ record_id, ...hit }) => ({ id: record_id, ...hit }));
};
