import { isMany } from '@aimwell/contract/platform/field';
import { sortsOf } from '@aimwell/contract/platform/endpoint';
import { columnOf, type Register } from '@aimwell/contract/platform/register';
import type pg from 'pg';
import { LARGE, valuesOf } from './data.ts';
import type { Tenant } from './house.ts';

/** A question that both organisations are asked. The query may differ: each has ids and cursors of its own. */
export interface Case {
  readonly name: string;
  readonly register: Register;
  readonly query: (tenant: 'small' | 'large') => string;
  /** Its page must be the last one. */
  readonly last?: true;
  /** It finds nothing, in either organisation. */
  readonly empty?: true;
}

type Ids = Readonly<Record<string, readonly string[]>>;
/** Fits the few: both organisations answer with a full page. */
const PAGE = 20;
const DEEP_PAGE = 50;
/** The last page of the large organisation. */
const DEEP = LARGE / DEEP_PAGE;

const asText = (value: unknown) => encodeURIComponent(String(Array.isArray(value) ? value[0] : value));

/** Every declared filter of a register: a value that few hold, one that many hold, none, and both ends of ranges. */
const filterCases = (register: Register, ids: { small: Ids; large: Ids }): Case[] =>
  Object.entries(register.fields).flatMap(([name, field]) => {
    if (field.filter !== true) return [];
    const of = (tenant: 'small' | 'large') => valuesOf(field, ids[tenant]);
    const ask = (what: string, tail: (tenant: 'small' | 'large') => string): Case => ({
      name: `${what} ${name}`,
      register,
      query: (tenant) => `limit=${PAGE}&${tail(tenant)}`,
    });
    const hasNone = isMany(field) || !('initial' in field && field.initial !== undefined);
    return [
      ask('few:', (tenant) => `${name}=${asText(of(tenant).rare)}`),
      ask('many:', (tenant) => `${name}=${asText(of(tenant).common[0])}`),
      ...(hasNone ? [ask('none:', () => `${name}=none`)] : []),
      ...(field.kind === 'date' || field.kind === 'integer'
        ? [
            ask('from:', (tenant) => `${name}.from=${asText(of(tenant).rare)}`),
            ask('to:', (tenant) => `${name}.to=${asText(of(tenant).common.at(-2))}`),
          ]
        : []),
    ];
  });

const searchCases = (register: Register, common: string): Case[] => [
  { name: 'search: a word of few', register, query: () => `limit=${PAGE}&q=zirconium` },
  { name: 'search: a word of all', register, query: () => `limit=${PAGE}&q=${common}` },
  { name: 'search: the beginning of a word', register, query: () => `limit=${PAGE}&q=zirc` },
  { name: 'search: two words', register, query: () => `limit=${PAGE}&q=${common}+zirconium` },
];

/** Combined as people combine them: a filter and an order that no single index serves. */
const mixedCases = (register: Register): Case[] => {
  const sorts = sortsOf(register).filter((sort) => !sort.includes('identifier') && !sort.includes('updatedAt'));
  const [choice] = Object.entries(register.fields).filter(([, field]) => field.kind === 'choice' && field.filter === true);
  if (choice === undefined || choice[1].kind !== 'choice') return [];
  const [name, { choices }] = choice;
  return sorts.flatMap((sort): Case[] => [
    { name: `few: ${name}, sorted by ${sort}`, register, query: () => `limit=${PAGE}&${name}=${choices.at(-1)}&sort=${sort}` },
    { name: `many: ${name}, sorted by ${sort}`, register, query: () => `limit=${PAGE}&${name}=${choices[0]}&sort=${sort}` },
  ]);
};

/**
 * The cursor before the last fifty records, asked of the database: walking there costs more than all measurements. That
 * it is the right one shows in the page it brings: fifty records and no next page.
 */
const cursorBeforeLast = async (client: pg.Client, tenant: Tenant, register: Register, sort: string): Promise<string> => {
  const name = sort.replace(/^-/, '');
  const field = register.fields[name];
  const column =
    name === 'identifier' ? 'number' : name === 'updatedAt' ? 'updated_at' : field === undefined ? name : columnOf(name, field);
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const { rows } = await client.query<{ value: string | null; number: number }>(
    `select t.${column}::text as value, t.number from ${register.table} t where t.organization_id = $1 and t.archived_at is null
     order by t.${column} is null, t.${column} ${direction}, t.number ${direction}
     offset (select count(*) - ${DEEP_PAGE} - 1 from ${register.table} where organization_id = $1 and archived_at is null) limit 1`,
    [tenant.organisation.id],
  );
  return Buffer.from(JSON.stringify([rows[0]?.value ?? null, rows[0]?.number])).toString('base64url');
};

/** First page and last one, 400 pages deep in the large organisation, in every order there is. */
const orderCases = async (client: pg.Client, register: Register, tenants: { small: Tenant; large: Tenant }): Promise<Case[]> => {
  const cases: Case[] = [];
  for (const sort of sortsOf(register)) {
    cases.push({ name: `first page by ${sort}`, register, query: () => `limit=${DEEP_PAGE}&sort=${sort}` });
    const cursors = {
      small: await cursorBeforeLast(client, tenants.small, register, sort),
      large: await cursorBeforeLast(client, tenants.large, register, sort),
    };
    cases.push({
      name: `page ${DEEP} by ${sort}`,
      register,
      last: true,
      query: (tenant) => `limit=${DEEP_PAGE}&sort=${sort}&cursor=${cursors[tenant]}`,
    });
  }
  return cases;
};

/** Everything that is asked of one register. */
export const casesOf = async (
  client: pg.Client,
  register: Register,
  common: string,
  tenants: { small: Tenant; large: Tenant },
  ids: { small: Ids; large: Ids },
): Promise<Case[]> => [
  ...(await orderCases(client, register, tenants)),
  ...filterCases(register, ids),
  ...mixedCases(register),
  { name: 'archived: none there', register, empty: true, query: () => `limit=${PAGE}&archived=true` },
  ...searchCases(register, common),
];
