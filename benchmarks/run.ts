import { cpus, loadavg } from 'node:os';
import pg from 'pg';
import type { Heavy } from './heavy.ts';
import { openBenchHouse } from './house.ts';
import type { Measured } from './lists.ts';
import { measureProcesses } from './processes.ts';
import { measureRecords } from './records.ts';
import { heavyTable, listTable, overBar } from './report.ts';
import { measureWrites } from './trail.ts';
import { measureUploads } from './uploads.ts';
import { measureVerifying } from './verifying.ts';

/**
 * `npm run bench`: lists and work on records, the trail, uploads; `npm run bench -- trail` takes one part (`records`, `trail`,
 * `uploads`, `processes`).
 * Figures stand beside floors of the same run; what is judged is a ratio, never a time. `--all` prints every question of the
 * lists. Exit code 1 when a bar is missed.
 */
const parts = ['records', 'trail', 'uploads', 'processes'] as const;
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((word) => !parts.some((part) => part === word));
if (unknown.length > 0) throw new Error(`expected ${parts.join(', ')}, got ${unknown.join(', ')}`);
const wanted = (part: (typeof parts)[number]) => asked.length === 0 || asked.includes(part);

const started = performance.now();
const say = (line = '') => process.stdout.write(`${line}\n`);
const load = () => `load average ${loadavg()[0]?.toFixed(2)} on ${cpus().length} cores`;

const bench = await openBenchHouse();
const client = new pg.Client({ ...bench.owner, options: '-c timezone=UTC -c jit=off' });
const lists: Measured[] = [];
const heavy: Heavy[] = [];
const show = (title: string, found: readonly Heavy[]) => {
  heavy.push(...found);
  say(`\n${title}: ${load()}\n`);
  for (const line of heavyTable(found)) say(line);
};
try {
  await client.connect();
  say(`${load()} before the run`);
  if (wanted('records')) {
    const found = await measureRecords(bench, client);
    lists.push(...found.lists);
    say(`\nLists: medians of server time; an empty route answers in ${found.hello.toFixed(2)} ms; ${load()}\n`);
    for (const line of listTable(lists, process.argv.includes('--all'))) say(line);
    show('Work', found.heavy);
  }
  if (wanted('trail')) {
    show('Writing with the trail', await measureWrites(bench, (await bench.tenant('writing')).organisation.id));
    show('Verifying', await measureVerifying(bench, (await bench.tenant('long')).organisation.id));
  }
  if (wanted('uploads')) show('Uploads', await measureUploads(bench, await bench.tenant('uploading')));
  const skipped: string[] = [];
  if (wanted('processes')) {
    const processes = await measureProcesses(bench, await bench.tenant('waiting'));
    show('Processes that wait', processes.found);
    skipped.push(...processes.skipped);
  }
  const missed = overBar(lists, heavy);
  say(
    `\n${missed.length === 0 ? `All ${lists.length} questions and ${heavy.length} pieces of work within their bars` : `${missed.length} bars missed`}, in ${((performance.now() - started) / 1000).toFixed(0)} s.`,
  );
  for (const line of [...missed, ...skipped]) say(`  ${line}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await client.end();
  await bench.close();
}
