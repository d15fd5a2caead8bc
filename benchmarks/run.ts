import { loadavg } from 'node:os';
import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import pg from 'pg';
import { casesOf } from './cases.ts';
import { furnish, LARGE, SMALL } from './data.ts';
import { measureLists } from './lists.ts';
import { openBenchHouse } from './house.ts';

const started = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);
const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;

const bench = await openBenchHouse();
try {
  const tenants = { small: await bench.tenant('small'), large: await bench.tenant('large') };
  const sources = JSON.parse((await tenants.small.ask('GET', '/api/v1/catalog/risk-sources')).body) as { items: { id: string }[] };
  const codes = { 'risk-sources': sources.items.map(({ id }) => id) };
  const ids = {
    small: await furnish(bench.house, tenants.small, SMALL, codes),
    large: await furnish(bench.house, tenants.large, LARGE, codes),
  };
  say(`furnished ${elapsed()}`);
  say(String(loadavg()));
  const client = new pg.Client(bench.owner);
  await client.connect();
  // As autovacuum does within a minute of an import.
  await client.query('vacuum (analyze)');
  const cases = [
    ...(await casesOf(client, systems, 'assistant', tenants, ids)),
    ...(await casesOf(client, risks, 'customers', tenants, ids)),
  ];
  say(`cases ${cases.length} ${elapsed()}`);
  await measureLists(bench, tenants, cases, say);
  await client.end();
  say(elapsed());
} finally {
  await bench.close();
}
