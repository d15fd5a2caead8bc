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
import { listTasks } from '@aimwell/server/processes/task-reads';
import { holdVersion, putInForce } from '@aimwell/server/processes/versions';
import { newMap } from '@aimwell/contract/processes/maps';
import { completion, taskEndpoints } from '@aimwell/contract/processes/tasks';
import { sql } from 'kysely';
import type { Heavy } from './heavy.ts';
import type { BenchHouse, Tenant } from './house.ts';
import { median } from './measure.ts';

const RUNS = Number(process.env['AIMWELL_BENCH_RUNS'] ?? 10_000);
const ROUNDS = 60;

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

/** Time of the SQL of one transaction: its statements, begin and commit; what is computed between them is left out. */
const bare = async ({ house }: BenchHouse, organisation: string, work: (tx: Tx) => Promise<unknown>): Promise<number> => {
  let between = 0;
  let inside = 0;
  const began = performance.now();
  await house.database.inOrganisation(organisation, async (tx) => {
    const entered = performance.now();
    const counted: Tx = {
      ...tx,
      query: async (fragment) => {
        const asked = performance.now();
        const rows = await tx.query(fragment);
        inside += performance.now() - asked;
        return rows;
      },
    };
    await work(counted);
    between = performance.now() - entered;
  });
  return performance.now() - began - between + inside;
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

/** Waiting runs: what people and the clock ask of them, and what a completed task costs, each beside the bare SQL of the same run. */
export const measureProcesses = async (bench: BenchHouse, tenant: Tenant): Promise<Heavy[]> => {
  const { organisation } = tenant;
  const { map, version } = await publish(bench, organisation);
  const grownMb = await fill(bench, organisation, version);
  const base = `/api/v1/orgs/${organisation.slug}`;
  const query = taskEndpoints.list.query?.parse({ who: 'all' }) as Parameters<typeof listTasks>[2];
  const beside = async (name: string, bar: number, ours: () => Promise<number>, floor: () => Promise<number>): Promise<Heavy> => {
    const [mine, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      mine.push(await ours());
      theirs.push(await floor());
    }
    // The first few warm up.
    return { name, bar, ms: median(mine.slice(5)), floorName: 'its bare SQL', floor: median(theirs.slice(5)) };
  };
  const ask = (address: string) => async () => (await tenant.ask('GET', `${base}/${address}`)).ms;
  const tasks: string[] = [];
  await bench.house.database.inOrganisation(organisation.id, async (tx) => {
    tasks.push(
      ...(await tx.query<{ id: string }>(sql`select id from process_tasks where state = 'open' order by id limit ${ROUNDS * 2}`)).map(
        ({ id }) => id,
      ),
    );
  });
  const forms = { actions: bench.house.actions, checkSignature: async () => {} };
  const timer = async () => {
    const began = performance.now();
    await fireDueTimers({ database: bench.house.database, now: () => new Date() });
    return performance.now() - began;
  };
  return [
    { unit: 'MB', name: `heap for ${RUNS} waiting runs`, ms: Math.max(0, grownMb), floorName: 'at most', floor: 10, bar: 1 },
    // 40 % of the bare pace is 2.5 times its time.
    await beside('page of the work list', 2.5, ask('process-tasks?who=all'), () =>
      bare(bench, organisation.id, (tx) => listTasks(tx, contextOf(organisation), query)),
    ),
    await beside('heat map', 2.5, ask(`processes/${map}/heat`), () =>
      bare(bench, organisation.id, (tx) => heatOf(tx, contextOf(organisation), map)),
    ),
    await beside('poll of due timers', 2.5, timer, async () => {
      const began = performance.now();
      await bench.house.database.callAcross(
        sql`select organization_id from due_process_timers(${new Date().toISOString()}::timestamptz, 200)`,
      );
      return performance.now() - began;
    }),
    await beside(
      'completing a task',
      3,
      async () => (await tenant.ask('POST', `${base}/process-tasks/${tasks.pop()}/complete`, { body: {} })).ms,
      () =>
        bare(bench, organisation.id, (tx) =>
          completeTask(tx, contextOf(organisation), forms, tasks.pop() ?? '', null, completion.parse({})),
        ),
    ),
  ];
};
