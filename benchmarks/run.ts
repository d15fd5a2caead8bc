import { cpus, loadavg } from 'node:os';
import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import pg from 'pg';
import { casesOf } from './cases.ts';
import { furnish, LARGE, SMALL } from './data.ts';
import { measureHeavy } from './heavy.ts';
import { openBenchHouse } from './house.ts';
import { measureLists } from './lists.ts';
import { BAR, interleaved } from './measure.ts';
import { heavyTable, listTable, overBar } from './report.ts';

/**
 * `npm run bench`: two organisations in one database, 200 and 20,000 systems and as many risks, and every question a list
 * can be asked. Figures stand beside floors of the same run; what is judged is a ratio, never a time. `--all` prints every
 * question. Exit code 1 when a bar is missed.
 */
const started = performance.now();
const say = (line = '') => process.stdout.write(`${line}\n`);
const load = () => `load average ${loadavg()[0]?.toFixed(2)} on ${cpus().length} cores`;

const bench = await openBenchHouse();
const client = new pg.Client({ ...bench.owner, options: '-c timezone=UTC -c jit=off' });
try {
  await client.connect();
  say(`${load()} before the run`);
  const tenants = { small: await bench.tenant('small'), large: await bench.tenant('large') };
  const sources = JSON.parse((await tenants.small.ask('GET', '/api/v1/catalog/risk-sources')).body) as { items: { id: string }[] };
  const codes = { 'risk-sources': sources.items.map(({ id }) => id) };
  const ids = {
    small: await furnish(bench.house, tenants.small, SMALL, codes),
    large: await furnish(bench.house, tenants.large, LARGE, codes),
  };
  // Autovacuum does this within a minute of an import; until then the planner knows nothing of the new records.
  await client.query('vacuum (analyze)');
  say(
    `${SMALL} and ${LARGE.toLocaleString('en')} systems, as many risks: written in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );

  const { hello } = await interleaved({ hello: async () => (await bench.hello()).ms }, 50);
  const cases = [
    ...(await casesOf(client, systems, 'assistant', tenants, ids)),
    ...(await casesOf(client, risks, 'customers', tenants, ids)),
  ];
  const lists = await measureLists(bench.house, client, tenants, cases);
  say(`\nLists: medians of server time; an empty route answers in ${hello.toFixed(2)} ms; ${load()}\n`);
  for (const line of listTable(lists, process.argv.includes('--all'))) say(line);

  const heavy = await measureHeavy({ bench, client, tenants });
  say(`\nWork: ${load()}\n`);
  for (const line of heavyTable(heavy)) say(line);

  const missed = overBar(lists, heavy);
  say(
    `\n${missed.length === 0 ? `All ${lists.length} questions within ${BAR} times, all ${heavy.length} pieces of work within their bars` : `${missed.length} bars missed`}, in ${((performance.now() - started) / 1000).toFixed(0)} s.`,
  );
  for (const line of missed) say(`  ${line}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await client.end();
  await bench.close();
}
