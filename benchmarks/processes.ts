import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createContext, type Organisation } from '@aimwell/server/platform/context';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { systemActor } from '@aimwell/server/platform/identity/founding';
import { fireDueTimers } from '@aimwell/server/processes/clock';
import { inForce } from '@aimwell/server/processes/in-force';
import { heatOf } from '@aimwell/server/processes/heat';
import { createMap } from '@aimwell/server/processes/maps';
import { startRun } from '@aimwell/server/processes/run';
import { completeTask } from '@aimwell/server/processes/task-actions';
import { readTask } from '@aimwell/server/processes/read-task';
import { listTasks } from '@aimwell/server/processes/task-reads';
import { holdVersion, putInForce } from '@aimwell/server/processes/versions';
import { newMap } from '@aimwell/contract/processes/maps';
import { completion, taskEndpoints } from '@aimwell/contract/processes/tasks';
import { sql } from 'kysely';
import pg from 'pg';
import type { Heavy } from './heavy.ts';
import type { BenchHouse, Tenant } from './house.ts';
import { deedsBeside, openPgbench, pageBeside, pollBeside, workBeside } from './beside-pgbench.ts';
import { type Statement, statementsOf } from './statements.ts';

const RUNS = Number(process.env['AIMWELL_BENCH_RUNS'] ?? 10_000);

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:aims="urn:aimwell:process:1" id="d" targetNamespace="urn:bench">
  <process id="p" name="Waiting" isExecutable="true"><startEvent id="s" /><endEvent id="e" />
    <userTask id="a" name="Look"><extensionElements><aims:step role="administrator" due="P30D" /></extensionElements></userTask>
    <userTask id="b" name="Decide"><extensionElements><aims:step role="administrator" due="P30D" /></extensionElements></userTask>
    <boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>P90D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="e2" />
    <sequenceFlow id="f1" sourceRef="s" targetRef="a" /><sequenceFlow id="f2" sourceRef="a" targetRef="b" /><sequenceFlow id="f3" sourceRef="b" targetRef="e" />
    <sequenceFlow id="f4" sourceRef="t" targetRef="e2" />
  </process>
</definitions>`;

const collect = (): number => {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1_048_576;
};

const contextOf = (organisation: Organisation) => createContext({ actor: systemActor, organisation, now: new Date() });

const publish = ({ house }: BenchHouse, organisation: Organisation): Promise<{ map: string; version: string }> =>
  house.database.inOrganisation(organisation.id, async (tx) => {
    const context = contextOf(organisation);
    const map = await createMap(tx, context, newMap.parse({ key: 'waiting', xml }));
    const [version] = await tx.query<{ id: string }>(sql`select id from process_versions where map_id = ${map}::uuid`);
    await putInForce(tx, context, await holdVersion(tx, version?.id ?? '', null), { person: null, name: 'Bench', function: null });
    return { map, version: (await inForce(tx, 'waiting')).version };
  });

/** Starts the runs that wait, a hundred to a transaction; answers by how many MB the heap grew. */
const fill = async ({ house }: BenchHouse, organisation: Organisation, versionId: string): Promise<number> => {
  const start = (count: number) =>
    house.database.inOrganisation(organisation.id, async (tx) => {
      for (let n = 0; n < count; n += 1)
        await startRun(tx, contextOf(organisation), { versionId, record: null, start: null, variables: { n } });
    });
  await start(100);
  const before = collect();
  for (let done = 100; done < RUNS; done += 100) await start(100);
  return collect() - before;
};

/** Ids of open tasks, each given out once. */
const openTasks = async ({ house }: BenchHouse, organisation: string): Promise<(count: number) => string[]> => {
  const ids = await house.database.inOrganisation(organisation, (tx) =>
    tx.query<{ id: string }>(sql`select id from process_tasks where state = 'open' order by id limit 2000`),
  );
  return (count) => ids.splice(0, count).map(({ id }) => id);
};

class Undone extends Error {}

/** The moment at which the timers of all tasks are due. */
const allDue = () => new Date(Date.now() + 91 * 86_400_000);

/** The question of a poll, and the statements of each timer it fires; nothing of it stays. */
const firing = async ({ house: { database } }: BenchHouse): Promise<{ question: Statement; pieces: Statement[][] }> => {
  const pieces: Statement[][] = [];
  const undone: typeof database = {
    ...database,
    inOrganisation: async (id, work) => {
      let fired: unknown;
      const statements = await statementsOf(() =>
        database
          .inOrganisation(id, async (tx) => {
            fired = await work(tx);
            throw new Undone();
          })
          .catch((error: unknown) => {
            if (!(error instanceof Undone)) throw error;
          }),
      );
      pieces.push(statements);
      return fired as Awaited<ReturnType<typeof work>>;
    },
  };
  const all = await statementsOf(() => fireDueTimers({ database: undone, now: allDue }));
  const [question] = all;
  if (question === undefined) throw new Error('expected the statement of the poll');
  return { question, pieces };
};

/** The statements of completing a task as its route does it; nothing of it stays. */
const completing = (bench: BenchHouse, organisation: Organisation, task: string): Promise<Statement[]> =>
  statementsOf(async () => {
    const forms = { actions: bench.house.actions, checkSignature: async () => {} };
    await bench.house.database
      .inOrganisation(organisation.id, async (tx) => {
        const context = contextOf(organisation);
        await completeTask(tx, context, forms, task, null, completion.parse({}));
        await readTask(tx, context, task);
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  });

/** Waiting runs: what people and the clock ask of them, and what a completed task costs, each beside pgbench with the same SQL. */
export const measureProcesses = async (bench: BenchHouse, tenant: Tenant): Promise<{ found: Heavy[]; skipped: string[] }> => {
  const { organisation } = tenant;
  const { map, version } = await publish(bench, organisation);
  const grownMb = await fill(bench, organisation, version);
  // Autovacuum does this within a minute; until then the planner knows nothing of the new rows.
  const owner = new pg.Client(bench.owner);
  await owner.connect();
  await owner.query('vacuum (analyze)');
  await owner.end();
  const heap: Heavy = {
    unit: 'MB',
    name: `heap for ${RUNS} waiting runs`,
    ms: Math.max(0, grownMb),
    floorName: 'at most',
    floor: 10,
    bar: 1,
  };
  const pgbench = await openPgbench(bench);
  if (pgbench === null) return { found: [heap], skipped: ['Processes beside pgbench: no pgbench: skipped, not passed.'] };

  const { database } = bench.house;
  const query = taskEndpoints.list.query?.parse({ who: 'all' }) as Parameters<typeof listTasks>[2];
  const within = (work: (tx: Tx) => Promise<unknown>) => statementsOf(() => database.inOrganisation(organisation.id, work));
  const list = await within((tx) => listTasks(tx, contextOf(organisation), query));
  const heat = await within((tx) => heatOf(tx, map));
  const poll = () => fireDueTimers({ database, now: () => new Date() });
  const [due] = await statementsOf(poll);
  if (due === undefined) throw new Error('expected the statement of the poll');

  const base = `/api/v1/orgs/${organisation.slug}`;
  const url = await bench.listen();
  const take = await openTasks(bench, organisation.id);
  const found = [heap];
  for (const clients of [1, 4]) {
    const crowd = { tenant, url, clients };
    found.push(
      await pageBeside(pgbench, crowd, { name: 'page of the work list', address: `${base}/process-tasks?who=all`, statements: list }),
    );
    found.push(await pageBeside(pgbench, crowd, { name: 'heat map', address: `${base}/processes/${map}/heat`, statements: heat }));
  }
  found.push(await pollBeside(pgbench, 'poll of timers, none due', due, poll));
  found.push(
    await deedsBeside(
      pgbench,
      { tenant, url },
      {
        name: 'completing a task',
        count: 60,
        take: (count) => take(count).map((id) => `${base}/process-tasks/${id}/complete`),
        recorded: async (count) => {
          const all: Statement[][] = [];
          for (const id of take(count)) all.push(await completing(bench, organisation, id));
          return all;
        },
      },
    ),
  );
  found.push(
    await workBeside(pgbench, organisation.id, {
      name: 'poll of timers, 200 due and fired',
      ours: () => fireDueTimers({ database, now: allDue }),
      recorded: () => firing(bench),
    }),
  );
  return { found, skipped: [] };
};
