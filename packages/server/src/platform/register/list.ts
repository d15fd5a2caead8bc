import { type Field, isMany } from '@aimwell/contract/platform/field';
import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { isIsoDate } from '@aimwell/core/shared/dates';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { invalid } from '../errors.ts';
import { viewColumns } from './columns.ts';
import { linkTable } from './ddl.ts';
import { fewMatches, heldThen, matchesAmong, tsQuery } from './search.ts';

export interface ListQuery {
  readonly q?: string;
  readonly sort?: string;
  readonly cursor?: string;
  readonly limit: number;
  readonly archived: 'true' | 'false';
  readonly [filter: string]: unknown;
}

type Condition = RawBuilder<unknown>;

/** The value people write for "has none": `owner=none`. */
const none = 'none';

/** Of a filter that asks for values or none, only one of its two parts. */
interface Half {
  readonly field: string;
  readonly part: 'values' | 'empty';
}

// Where "none" is a choice of its own, it is found beside what holds nothing.
const valuesWanted = (field: Field, values: readonly string[]): readonly string[] =>
  (field.kind === 'choice' || field.kind === 'choices') && field.choices.includes(none) ? values : values.filter((value) => value !== none);

const filterCondition = (register: Register, name: string, field: Field, values: readonly string[], half?: Half): Condition => {
  const ref = sql.ref(`t.${columnOf(name, field)}`);
  const orNone = values.includes(none);
  const wanted = valuesWanted(field, values);
  if (isMany(field)) {
    const link = sql.table(linkTable(register, name, field));
    const value = field.kind === 'references' ? sql`l.value = any(${wanted}::uuid[])` : sql`l.value = any(${wanted}::text[])`;
    const some = sql`exists (select 1 from ${link} l where l.organization_id = t.organization_id and l.record_id = t.id and ${value})`;
    // Word for word the condition of the index made for it (ddl.ts).
    const empty = sql`${ref} = '{}'`;
    if (half?.field === name) return half.part === 'values' ? some : empty;
    return !orNone ? some : wanted.length === 0 ? empty : sql`(${some} or ${empty})`;
  }
  const typed = castOf(field);
  const first = wanted[0];
  const equal = wanted.length === 1 ? sql`${ref} = ${first}${typed}` : sql`${ref} = any(${wanted}${castOf(field, '[]')})`;
  return !orNone ? equal : wanted.length === 0 ? sql`${ref} is null` : sql`(${equal} or ${ref} is null)`;
};

const castOf = (field: Field, suffix: '' | '[]' = ''): RawBuilder<unknown> =>
  sql.raw(
    `::${field.kind === 'reference' ? 'uuid' : field.kind === 'integer' ? 'integer' : field.kind === 'boolean' ? 'boolean' : field.kind === 'date' ? 'date' : 'text'}${suffix}`,
  );

const acceptable = (field: Field, value: string): boolean => {
  if (value === none) return true;
  switch (field.kind) {
    case 'reference':
    case 'references':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
    case 'integer':
      return /^-?\d{1,9}$/.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'date':
      return isIsoDate(value) && value > '0001';
    case 'choice':
    case 'choices':
      return field.choices.includes(value);
    default:
      return true;
  }
};

const allowedWords = (field: Field): string =>
  field.kind === 'choice' || field.kind === 'choices'
    ? `one of ${field.choices.join(', ')} or none`
    : field.kind === 'boolean'
      ? 'true, false or none'
      : field.kind === 'date'
        ? 'a date such as 2026-03-31, or none'
        : field.kind === 'integer'
          ? 'a whole number or none'
          : 'an id or none';

const listed = (given: unknown) => (Array.isArray(given) ? given : [given]) as string[];

/** The conditions of a list, its count and its export: one place, so that they can never disagree. */
export const conditionsOf = (tx: Tx, register: Register, query: Partial<ListQuery>, half?: Half): Condition => {
  const conditions: Condition[] = [
    sql`t.organization_id = ${tx.organisationId}::uuid`,
    query.archived === 'true' ? sql`t.archived_at is not null` : sql`t.archived_at is null`,
  ];
  for (const [name, field] of Object.entries(register.fields)) {
    if (field.filter !== true) continue;
    const given = query[name];
    if (given !== undefined) {
      const values = listed(given);
      const wrong = values.find((value) => !acceptable(field, value));
      if (wrong !== undefined)
        throw invalid([
          {
            code: 'FILTER_VALUE',
            field: name,
            message: `expected ${allowedWords(field)}, got "${wrong}"`,
            remedy: 'Change or remove this filter.',
          },
        ]);
      conditions.push(filterCondition(register, name, field, values, half));
    }
    for (const [end, operator] of [
      ['from', '>='],
      ['to', '<='],
    ] as const) {
      const bound = query[`${name}.${end}`];
      if (typeof bound !== 'string') continue;
      if (bound === none || !acceptable(field, bound))
        throw invalid([{ code: 'FILTER_VALUE', field: `${name}.${end}`, message: `expected ${allowedWords(field)}, got "${bound}"` }]);
      conditions.push(sql`${sql.ref(`t.${columnOf(name, field)}`)} ${sql.raw(operator)} ${bound}${castOf(field)}`);
    }
  }
  if (query.q !== undefined && query.q !== '') {
    const words = tsQuery(query.q);
    // The index of words knows only today's.
    const held = () =>
      tx.asOf === null ? sql`t.id in (select search_matches(${register.name}, ${words}, null))` : heldThen(register, words);
    conditions.push(words === '' ? sql`false` : held());
  }
  return sql.join(conditions, sql` and `);
};

interface Order {
  readonly column: string;
  readonly type: string;
  readonly descending: boolean;
}

const orderOf = (register: Register, sort: string | undefined): Order => {
  const descending = sort?.startsWith('-') ?? false;
  const name = (sort ?? 'identifier').replace(/^-/, '');
  if (name === 'identifier') return { column: 'number', type: 'integer', descending };
  if (name === 'updatedAt') return { column: 'updated_at', type: 'timestamptz', descending };
  const field = register.fields[name];
  if (field?.sort !== true) throw invalid([{ code: 'SORT', field: 'sort', message: `expected a sortable field, got "${name}"` }]);
  return {
    column: columnOf(name, field),
    type: field.kind === 'integer' ? 'integer' : field.kind === 'date' ? 'date' : 'text',
    descending,
  };
};

type Cursor = readonly [value: string | null, number: number];
const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const isPlace = (value: unknown, { column, type }: Order): boolean => {
  if (column === 'number' || value === null) return value === null || typeof value === 'string';
  if (typeof value !== 'string') return false;
  if (type === 'integer') return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31;
  if (type === 'date') return isIsoDate(value) && value > '0001';
  // As PostgreSQL writes it, since it came from there.
  if (type === 'timestamptz') return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(value) && isIsoDate(value.slice(0, 10));
  return value.isWellFormed() && !value.includes('\u0000');
};
const decode = (text: string, order: Order): Cursor => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value) && isPlace(value[0], order) && Number.isInteger(value[1]) && Math.abs(value[1] as number) < 2 ** 31)
      return [value[0] as string | null, value[1] as number];
  } catch {
    /* falls through to the one answer below */
  }
  throw invalid([
    {
      code: 'CURSOR',
      field: 'cursor',
      message: 'expected the value of "next" from an earlier page',
      remedy: 'Start again without a cursor.',
    },
  ]);
};

interface Part {
  readonly order: Order;
  readonly cursor: Cursor | null;
  readonly where: Condition;
  readonly most: number;
}
interface Placed<T> {
  readonly value: T;
  readonly sort_value: string | null;
  readonly sort_number: number;
}

/** `what` of the records after the cursor, in order. Records without a value in the sort column come last, in either order. */
const inOrder = <T>(tx: Tx, register: Register, what: RawBuilder<unknown>, { order, cursor, where, most }: Part): Promise<Placed<T>[]> => {
  const { column, type, descending } = order;
  const ref = sql.ref(`t.${column}`);
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const beyond = sql.raw(descending ? '<' : '>');
  const cast = sql.raw(`::${type}`);
  const [value, number] = cursor ?? [null, null];
  return tx.query<Placed<T>>(
    column === 'number'
      ? sql`select ${what} as value, t.number::text as sort_value, t.number as sort_number
            from ${sql.table(register.table)} t
            where ${where} ${number === null ? sql`` : sql`and t.number ${beyond} ${number}`} order by t.number ${direction} limit ${most}`
      : sql`select * from (
              (select ${what} as value, ${ref}::text as sort_value, t.number as sort_number
               from ${sql.table(register.table)} t
               where ${where} and ${ref} is not null ${cursor !== null && value === null ? sql`and false` : cursor === null ? sql`` : sql`and (${ref}, t.number) ${beyond} (${value}${cast}, ${number}::integer)`}
               order by ${ref} ${direction}, t.number ${direction} limit ${most})
              union all
              (select ${what}, null, t.number
               from ${sql.table(register.table)} t
               where ${where} and ${ref} is null ${cursor !== null && value === null ? sql`and t.number ${beyond} ${number}` : sql``}
               order by t.number ${direction} limit ${most})
            ) pages limit ${most}`,
  );
};

/** Records looked at in the order of the list before the index of words is asked. */
const FIRST_STEP = 200;

/**
 * The ids among which the records of a searched page are. A word that many records hold is met soon by walking the list
 * in its order; a word that few hold is asked of the index, which then has few to give. Either way the cost follows the
 * page and not the register.
 */
const searchedIds = async (tx: Tx, register: Register, words: string, part: Part): Promise<string[]> => {
  const found: string[] = [];
  for (let step = FIRST_STEP, { cursor } = part; ; step *= 4) {
    const walked = await inOrder<string>(tx, register, sql`t.id`, { ...part, cursor, most: step });
    found.push(
      ...(await matchesAmong(
        tx,
        register,
        words,
        walked.map(({ value }) => value),
      )),
    );
    const last = walked.at(-1);
    if (found.length >= part.most || walked.length < step || last === undefined) return found;
    const all = step === FIRST_STEP ? await fewMatches(tx, register, words) : null;
    if (all !== null) return all;
    cursor = [last.sort_value, last.sort_number];
  }
};

/**
 * "These values or none" of a list of values is an OR over two tables, which would look at every record. Each half has an
 * index of its own: the first records of both are found apart, and the page is chosen among them.
 */
const idsOfHalves = async (tx: Tx, register: Register, query: Partial<ListQuery>, part: Part): Promise<string[] | null> => {
  const split = Object.entries(register.fields).find(([name, field]) => {
    if (field.filter !== true || !isMany(field) || query[name] === undefined) return false;
    const values = listed(query[name]);
    return values.includes(none) && valuesWanted(field, values).length > 0;
  });
  if (split === undefined) return null;
  const ids: string[] = [];
  for (const half of ['values', 'empty'] as const) {
    const where = conditionsOf(tx, register, query, { field: split[0], part: half });
    ids.push(...(await inOrder<string>(tx, register, sql`t.id`, { ...part, where })).map(({ value }) => value));
  }
  return ids;
};

/** One page of a list as JSON text. Keyset, never OFFSET: the page after a cursor costs the same at any depth. */
export const listPage = async (tx: Tx, register: Register, query: ListQuery): Promise<string> => {
  const { q, ...filters } = query;
  const words = q === undefined || tx.asOf !== null ? '' : tsQuery(q);
  const asked: Partial<ListQuery> = words === '' ? query : (filters as Partial<ListQuery>);
  const order = orderOf(register, query.sort);
  const cursor = query.cursor === undefined ? null : decode(query.cursor, order);
  const part: Part = { order, cursor, where: conditionsOf(tx, register, asked), most: query.limit + 1 };
  const among = words === '' ? await idsOfHalves(tx, register, asked, part) : await searchedIds(tx, register, words, part);
  const where = among === null ? part.where : sql`${part.where} and t.id = any(${among}::uuid[])`;
  const what = sql`(select row_to_json(v)::text from (select ${viewColumns(register)}) v)`;
  const rows = await inOrder<string>(tx, register, what, { ...part, where });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const next = rows.length > query.limit && last !== undefined ? JSON.stringify(encode([last.sort_value, last.sort_number])) : 'null';
  return `{"items":[${shown.map((row) => row.value).join(',')}],"next":${next}}`;
};

/** How many records the same filters find; `by` groups them by a filterable field. */
export const countRecords = async (
  tx: Tx,
  register: Register,
  query: Partial<ListQuery> & { by?: string },
): Promise<{ count: number; groups?: { value: string | null; count: number }[] }> => {
  const where = conditionsOf(tx, register, query);
  if (query.by === undefined) {
    const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from ${sql.table(register.table)} t where ${where}`);
    return { count: row?.count ?? 0 };
  }
  const field = register.fields[query.by];
  if (field?.filter !== true) throw invalid([{ code: 'COUNT_BY', field: 'by', message: `expected a filterable field, got "${query.by}"` }]);
  const groups = isMany(field)
    ? await tx.query<{ value: string | null; count: number }>(
        sql`select l.value::text as value, count(*) as count from ${sql.table(register.table)} t left join ${sql.table(linkTable(register, query.by, field))} l on l.organization_id = t.organization_id and l.record_id = t.id where ${where} group by 1 order by 2 desc limit 200`,
      )
    : await tx.query<{ value: string | null; count: number }>(
        sql`select ${sql.ref(`t.${columnOf(query.by, field)}`)}::text as value, count(*) as count from ${sql.table(register.table)} t where ${where} group by 1 order by 2 desc limit 200`,
      );
  return { count: groups.reduce((sum, group) => sum + group.count, 0), groups };
};
