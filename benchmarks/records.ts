import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import type pg from 'pg';
import { casesOf } from './cases.ts';
import { furnish, LARGE, SMALL } from './data.ts';
import { type Heavy, measureHeavy } from './heavy.ts';
import type { BenchHouse } from './house.ts';
import { type Measured, measureLists } from './lists.ts';
import { interleaved } from './measure.ts';

/** Two organisations in one database, 200 and 20,000 systems and as many risks: every question a list can be asked, and the work on records. */
export const measureRecords = async (
  bench: BenchHouse,
  client: pg.Client,
): Promise<{ readonly hello: number; readonly lists: readonly Measured[]; readonly heavy: readonly Heavy[] }> => {
  const tenants = { small: await bench.tenant('small'), large: await bench.tenant('large') };
  const sources = JSON.parse((await tenants.small.ask('GET', '/api/v1/catalog/risk-sources')).body) as { items: { id: string }[] };
  const codes = { 'risk-sources': sources.items.map(({ id }) => id) };
  const ids = {
    small: await furnish(bench.house, tenants.small, SMALL, codes),
    large: await furnish(bench.house, tenants.large, LARGE, codes),
  };
  // Autovacuum does this within a minute of an import; until then the planner knows nothing of the new records.
  await client.query('vacuum (analyze)');
  const { hello } = await interleaved({ hello: async () => (await bench.hello()).ms }, 50);
  const cases = [
    ...(await casesOf(client, systems, 'assistant', tenants, ids)),
    ...(await casesOf(client, risks, 'customers', tenants, ids)),
  ];
  const lists = await measureLists(bench.house, client, tenants, cases);
  return { hello, lists, heavy: await measureHeavy({ bench, client, tenants }) };
};
