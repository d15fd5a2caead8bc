import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Job } from './ask-again.ts';
import type { Heavy } from './heavy.ts';
import type { BenchHouse, Tenant } from './house.ts';
import { median } from './measure.ts';
import { findPgbench, perSecond, type Pgbench } from './pgbench.ts';
import { type Statement, written } from './statements.ts';

const run = promisify(execFile);
const SECONDS = 2;
const ROUNDS = 5;

/** What stands beside pgbench: null where there is none. */
export const openPgbench = async (bench: BenchHouse): Promise<Pgbench | null> => {
  const program = await findPgbench();
  if (program === null) return null;
  // The product's own login: pgbench meets the same policies.
  return { program, connection: bench.house.migrated.app, folder: await mkdtemp(path.join(bench.dataDirectory, 'pgbench-')) };
};

const ask = async (job: Job): Promise<number> =>
  Number((await run(process.execPath, [path.join(import.meta.dirname, 'ask-again.ts'), JSON.stringify(job)])).stdout);

/** One transaction as the product runs it: the organisation is set in the message that begins it. */
const transaction = (organisation: string, statements: readonly Statement[]): string =>
  [`begin\\; select set_config('app.tenant', '${organisation}', true);`, ...statements.map((one) => `${written(one)};`), 'commit;'].join(
    '\n',
  );

/** As `transaction`, where pgbench prepares: then no two statements may share a message. */
const preparable = (organisation: string, statements: readonly Statement[]): string =>
  transaction(organisation, statements).replace('\\;', ';');

interface Beside {
  readonly name: string;
  readonly bar: number;
  readonly clients: number;
  /** How often a second the product does it. */
  readonly ours: () => Promise<number>;
  readonly theirs: () => Promise<number>;
}

/** Ours and pgbench in turn, so that whatever else the machine does falls on both; medians, shown as the time of one. */
const beside = async ({ name, bar, clients, ours, theirs }: Beside): Promise<Heavy> => {
  const [mine, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [own, bare] = [1000 / (await ours()), 1000 / (await theirs())];
    // The first warms up.
    if (round > 0) {
      mine.push(own);
      floor.push(bare);
    }
  }
  const crowd = clients === 1 ? 'one client' : `${clients} clients`;
  return { name: `${name}, ${crowd}`, bar, ms: median(mine), floorName: 'pgbench, the same SQL', floor: median(floor) };
};

/** A page over HTTP beside pgbench with its statements, by as many clients. Whichever way pgbench is faster counts. */
export const pageBeside = async (
  pgbench: Pgbench,
  { tenant, url, clients }: { readonly tenant: Tenant; readonly url: string; readonly clients: number },
  page: { readonly name: string; readonly address: string; readonly statements: readonly Statement[] },
): Promise<Heavy> => {
  const { id } = tenant.organisation;
  const job: Job = { url, token: tenant.token, method: 'GET', clients, paths: [page.address], seconds: SECONDS };
  const theirs = async () => {
    const script = { name: 'page', clients, seconds: SECONDS };
    const simple = await perSecond(pgbench, { ...script, mode: 'simple', sql: transaction(id, page.statements) });
    const prepared = await perSecond(pgbench, { ...script, mode: 'prepared', sql: preparable(id, page.statements) });
    return Math.max(simple, prepared);
  };
  return beside({ name: page.name, bar: 2.5, clients, ours: () => ask(job), theirs });
};

/** A question outside an organisation, asked by one worker. */
export const pollBeside = async (pgbench: Pgbench, name: string, statement: Statement, ours: () => Promise<unknown>): Promise<Heavy> =>
  beside({
    name,
    bar: 2.5,
    clients: 1,
    ours: async () => {
      const ends = performance.now() + SECONDS * 1000;
      let count = 0;
      for (; performance.now() < ends; count += 1) await ours();
      return count / SECONDS;
    },
    theirs: () => perSecond(pgbench, { name: 'poll', sql: `${written(statement)};`, clients: 1, seconds: SECONDS, mode: 'prepared' }),
  });

/**
 * A poll that finds work and does it, each piece in a transaction of its own, beside pgbench with the question and the transactions of as
 * many other pieces. `recorded` undoes what it records, so that pgbench does it.
 */
export const workBeside = async (
  pgbench: Pgbench,
  organisation: string,
  poll: {
    readonly name: string;
    ours(): Promise<number>;
    recorded(): Promise<{ readonly question: Statement; readonly pieces: readonly Statement[][] }>;
  },
): Promise<Heavy> =>
  beside({
    name: poll.name,
    bar: 2.5,
    clients: 1,
    ours: async () => {
      const started = performance.now();
      if ((await poll.ours()) === 0) throw new Error('expected work to be due');
      return 1000 / (performance.now() - started);
    },
    theirs: async () => {
      const { question, pieces } = await poll.recorded();
      const sql = [`${written(question)};`, ...pieces.map((statements) => transaction(organisation, statements))].join('\n');
      return perSecond(pgbench, { name: 'pieces', sql, clients: 1, times: 1, mode: 'simple' });
    },
  });

/**
 * Deeds over HTTP, one after the other, beside pgbench with the statements of as many of the same deeds: each has its own record, so
 * that nothing is done twice. `take` gives the addresses of so many deeds to be done; `recorded` the transactions of so many others.
 */
export const deedsBeside = async (
  pgbench: Pgbench,
  { tenant, url }: { readonly tenant: Tenant; readonly url: string },
  deed: { readonly name: string; readonly count: number; take(count: number): string[]; recorded(count: number): Promise<Statement[][]> },
): Promise<Heavy> => {
  const { id } = tenant.organisation;
  return beside({
    name: deed.name,
    bar: 3,
    clients: 1,
    ours: () => ask({ url, token: tenant.token, method: 'POST', clients: 1, paths: deed.take(deed.count) }),
    theirs: async () => {
      const all = await deed.recorded(deed.count);
      const sql = all.map((statements) => transaction(id, statements)).join('\n');
      return deed.count * (await perSecond(pgbench, { name: 'deeds', sql, clients: 1, times: 1, mode: 'simple' }));
    },
  });
};
