import { registerEndpoints } from '@aimwell/contract/platform/endpoint';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { listPage, type ListQuery } from '@aimwell/server/platform/register/list';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely';
import type pg from 'pg';
import type { Case } from './cases.ts';
import type { Tenant } from './house.ts';
import { interleaved, timed, type Timed } from './measure.ts';

export interface Measured {
  readonly name: string;
  readonly register: string;
  /** Medians in milliseconds: both organisations over HTTP, and the large one's SQL alone. */
  readonly small: number;
  readonly large: number;
  readonly bare: number;
  readonly ratio: number;
}

/** The bar: the large organisation within twice the small one. */
export const BAR = 2;
const ROUNDS = 7;

const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The statements behind one page, sent again as they are: one connection, no HTTP, no policies, no person to look up. */
const bareSql = async (client: pg.Client, one: Case, tenant: Tenant): Promise<Timed> => {
  const statements: { text: string; values: unknown[] }[] = [];
  const recording: Tx = {
    organisationId: tenant.organisation.id,
    query: async <Row>(fragment: RawBuilder<Row>) => {
      const { sql: text, parameters } = fragment.compile(compiler);
      statements.push({ text, values: [...parameters] });
      return (await client.query({ text, values: [...parameters] })).rows as Row[];
    },
  };
  const given = Object.fromEntries(new URLSearchParams(one.query('large')));
  await client.query("select set_config('app.tenant', $1, false)", [tenant.organisation.id]);
  await listPage(recording, one.register, registerEndpoints(one.register).list.query?.parse(given) as unknown as ListQuery);
  return timed(async () => {
    for (const statement of statements) await client.query(statement);
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

/** Asks every question of both organisations in turn. A question over the bar is asked again, three times as long: the second answer counts. */
export const measureLists = async (
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
    const work = { small: ask('small'), large: ask('large'), bare: await bareSql(client, one, tenants.large) };
    let found = await interleaved(work, ROUNDS);
    if (found.large / found.small > BAR) found = await interleaved(work, 3 * ROUNDS);
    measured.push({ name: one.name, register: one.register.name, ...found, ratio: found.large / found.small });
  }
  return measured;
};
