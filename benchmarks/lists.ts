import { registerEndpoints } from '@aimwell/contract/platform/endpoint';
import type { OpenHouse } from '@aimwell/server/compose';
import { listPage, type ListQuery } from '@aimwell/server/platform/register/list';
import type pg from 'pg';
import type { Case } from './cases.ts';
import type { Tenant } from './house.ts';
import { besideEachOther, timed, type Timed } from './measure.ts';
import { statementsOf } from './statements.ts';

export interface Measured {
  readonly name: string;
  readonly register: string;
  /** Medians in milliseconds: both organisations over HTTP, and the large one's SQL alone. */
  readonly small: number;
  readonly large: number;
  readonly bare: number;
  readonly ratio: number;
}

const ROUNDS = 5;

/** The statements behind one page, sent again as they are: one connection, no HTTP, no policies, no person to look up. */
const bareSql = async (house: OpenHouse, client: pg.Client, one: Case, tenant: Tenant): Promise<Timed> => {
  const { id } = tenant.organisation;
  const query = registerEndpoints(one.register).list.query?.parse(
    Object.fromEntries(new URLSearchParams(one.query('large'))),
  ) as unknown as ListQuery;
  const statements = await statementsOf(() => house.database.inOrganisation(id, (tx) => listPage(tx, one.register, query)));
  if (statements.length === 0) throw new Error('expected the statements of a page, got none');
  await client.query("select set_config('app.tenant', $1, false)", [id]);
  return timed(async () => {
    for (const statement of statements) await client.query({ text: statement.text, values: [...statement.values] });
  });
};

const checkPage = async (one: Case, tenants: { small: Tenant; large: Tenant }): Promise<void> => {
  const pages = await Promise.all(
    (['small', 'large'] as const).map(
      async (name) =>
        JSON.parse((await tenants[name].ask('GET', `${one.register.name}?${one.query(name)}`)).body) as {
          items: unknown[];
          next: string | null;
        },
    ),
  );
  const [small, large] = pages.map(({ items }) => items.length);
  if (small !== large || (one.empty !== true && small === 0))
    throw new Error(`${one.register.name}, ${one.name}: expected pages alike, got ${small} and ${large} records`);
  if (one.last === true && pages.some(({ next }) => next !== null))
    throw new Error(`${one.register.name}, ${one.name}: expected the last page`);
};

/** Asks every question of both organisations in turn. */
export const measureLists = async (
  house: OpenHouse,
  client: pg.Client,
  tenants: { small: Tenant; large: Tenant },
  cases: readonly Case[],
): Promise<Measured[]> => {
  const measured: Measured[] = [];
  for (const one of cases) {
    await checkPage(one, tenants);
    const ask =
      (tenant: 'small' | 'large'): Timed =>
      async () =>
        (await tenants[tenant].ask('GET', `${one.register.name}?${one.query(tenant)}`)).ms;
    const work = { small: ask('small'), large: ask('large'), bare: await bareSql(house, client, one, tenants.large) };
    const found = await besideEachOther(work, ROUNDS);
    measured.push({ name: one.name, register: one.register.name, ...found, ratio: found.large / found.small });
  }
  return measured;
};
