import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Context, createContext, type Organisation } from '../platform/context.ts';
import type { Database, Tx } from '../platform/database/pool.ts';
import { ProblemError } from '../platform/errors.ts';
import { systemActor } from '../platform/identity/founding.ts';
import { newId } from '../platform/ids.ts';
import { enqueue } from '../platform/outbox/enqueue.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import { runsInTrail } from './deed.ts';
import { processKinds } from './leaving.ts';
import { holdRun } from './load.ts';
import { advance, startRun } from './run.ts';
import { dueAfter } from './starts.ts';
import { versionsInTrail } from './versions.ts';

interface Parts {
  readonly database: Database;
  readonly now: () => Date;
}

/** What the product itself does in an organisation: in nobody's name. */
export const productContext = async (tx: Tx, now: Date): Promise<Context> => {
  const [organisation] = await tx.query<Organisation>(
    sql`select id, slug, name, time_zone as "timeZone", demo, settings from organizations where id = ${tx.organisationId}::uuid`,
  );
  if (organisation === undefined) throw new Error('expected the organisation of the transaction');
  return createContext({ actor: systemActor, organisation, now });
};

const MOST = 200;
/** After a failure that was no refusal a timer is looked at again so much later. */
const HELD_MS = 60_000;

/** Fires every timer that is due, of all organisations, each in a transaction of its own; answers how many fired. */
export const fireDueTimers = async ({ database, now }: Parts): Promise<number> => {
  const moment = now();
  const due = await database.callAcross<{ organization_id: string; instance_id: string; id: number }>(
    sql`select organization_id, instance_id, id from due_process_timers(${moment.toISOString()}::timestamptz, ${MOST}::integer)`,
  );
  return each(
    due,
    ({ organization_id: organisation, instance_id: instance, id }) =>
      database
        .inOrganisation(organisation, (tx) => fireTimer(tx, instance, id, moment))
        .catch((error: unknown) => {
          if (isElsewhere(error)) return false;
          throw error;
        }),
    ({ organization_id: organisation, instance_id: instance, id }) =>
      database.inOrganisation(organisation, (tx) =>
        tx.query(
          sql`update process_subscriptions set held_until = ${later(moment)}::timestamptz where organization_id = ${organisation}::uuid and instance_id = ${instance}::uuid and id = ${id}`,
        ),
      ),
  );
};

/**
 * Does the same for each of a list that crosses organisations; answers for how many it was done. One that fails is held back and holds
 * up no other: the first failure is thrown when all had their turn.
 */
const each = async <T>(list: readonly T[], work: (one: T) => Promise<boolean>, hold: (one: T) => Promise<unknown>): Promise<number> => {
  let done = 0;
  const failures: unknown[] = [];
  for (const one of list)
    try {
      if (await work(one)) done += 1;
    } catch (error) {
      failures.push(error);
      await hold(one);
    }
  if (failures.length > 0) throw failures[0];
  return done;
};

const later = (moment: Date) => new Date(moment.getTime() + HELD_MS).toISOString();

/** Another worker holds the run, or has fired the timer already. */
const isElsewhere = (error: unknown) => error instanceof ProblemError && error.code === 'NOT_FOUND';

const fireTimer = async (tx: Tx, instance: string, id: number, moment: Date): Promise<boolean> => {
  const run = await holdRun(tx, instance, { skipLocked: true });
  // Suspended after it was found due: it fires when the run goes on.
  if (run.instance.status !== 'active') return false;
  const waits = run.instance.subscriptions.find((one) => one.id === id);
  if (waits?.due === null || waits === undefined || Date.parse(waits.due) > moment.getTime()) return false;
  const context = await productContext(tx, moment);
  await advance(
    tx,
    context,
    run,
    { kind: 'fire', subscription: id, variables: {} },
    { command: 'timer', said: { node: waits.node, due: waits.due } },
  );
  return true;
};

/** Starts the runs whose time has come: once, however long nothing ran. Answers how many. */
export const startDueRuns = async ({ database, now }: Parts): Promise<number> => {
  const moment = now();
  const due = await database.callAcross<{ organization_id: string; version_id: string; node: string }>(
    sql`select organization_id, version_id, node from due_process_starts(${moment.toISOString()}::timestamptz, ${MOST}::integer)`,
  );
  return each(
    due,
    ({ organization_id: organisation, version_id: version, node }) =>
      database.inOrganisation(organisation, (tx) => startDue(tx, version, node, moment)),
    ({ organization_id: organisation, version_id: version, node }) =>
      database.inOrganisation(organisation, (tx) =>
        tx.query(
          sql`update process_starts set held_until = ${later(moment)}::timestamptz where organization_id = ${organisation}::uuid and version_id = ${version}::uuid and node = ${node}`,
        ),
      ),
  );
};

type Timer = Parameters<typeof dueAfter>[0];

const startDue = async (tx: Tx, versionId: string, node: string, moment: Date): Promise<boolean> => {
  const [held] = await tx.query<{ timer: Timer }>(sql`
    select s.timer from process_starts s join process_versions v on v.organization_id = s.organization_id and v.id = s.version_id
    where s.organization_id = ${tx.organisationId}::uuid and s.version_id = ${versionId}::uuid and s.node = ${node}
      and s.due <= ${moment.toISOString()}::timestamptz for no key update skip locked`);
  if (held === undefined) return false;
  const context = await productContext(tx, moment);
  const next = dueAfter(held.timer, context);
  await tx.query(sql`
    update process_starts set due = ${next?.due ?? null}::timestamptz, timer = ${next === null ? null : JSON.stringify(next.timer)}::jsonb
    where organization_id = ${tx.organisationId}::uuid and version_id = ${versionId}::uuid and node = ${node}`);
  // The version is held too: of two starts of one version, the seal of each would miss the other.
  await tellSealed(tx, context, {
    register: versionsInTrail,
    record: versionId,
    command: 'timer',
    payload: { node, due: next?.due ?? null },
  });
  await startRun(tx, context, { versionId, record: null, start: node, variables: {} }, 'timer');
  return true;
};

/** Tells of tasks that are overdue: a line in the history of the run, and letters through the outbox. Answers how many tasks. */
export const remindOverdue = async ({ database, now }: Parts): Promise<number> => {
  const moment = now();
  const due = await database.callAcross<{ organization_id: string; id: string }>(
    sql`select organization_id, id from overdue_process_tasks(${moment.toISOString()}::timestamptz, ${MOST}::integer)`,
  );
  return each(
    due,
    ({ organization_id: organisation, id }) => database.inOrganisation(organisation, (tx) => remind(tx, id, moment)),
    // It stays due, behind no other.
    async () => undefined,
  );
};

const remind = async (tx: Tx, id: string, moment: Date): Promise<boolean> => {
  const [task] = await tx.query<{ instance_id: string; node: string; token: number; version_id: string; escalate: string | null }>(sql`
    update process_tasks set remind_at = null where organization_id = ${tx.organisationId}::uuid and id in (
      select id from process_tasks where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid and state = 'open' and remind_at <= ${moment.toISOString()}::timestamptz for update skip locked)
    returning instance_id, node, token, version_id, step ->> 'escalateTo' as escalate`);
  if (task === undefined) return false;
  const entry = newId();
  await tx.query(sql`
    with line as (update process_instances set lines = lines + 1 where organization_id = ${tx.organisationId}::uuid and id = ${task.instance_id}::uuid returning lines)
    insert into process_happenings (organization_id, instance_id, line, what, node, token, detail, at, version_id, entry_id)
    select ${tx.organisationId}::uuid, ${task.instance_id}::uuid, lines, 'overdue', ${task.node}, ${task.token}, ${JSON.stringify({ told: task.escalate })}::jsonb, ${moment.toISOString()}::timestamptz,
      ${task.version_id}::uuid, ${entry}::uuid from line`);
  await tellSealed(tx, await productContext(tx, moment), {
    entry,
    register: runsInTrail,
    record: task.instance_id,
    command: 'overdue',
    payload: { task: id, node: task.node, told: task.escalate },
    lines: 1,
  });
  await enqueue(tx, { kind: processKinds.reminder, payload: { task: id } });
  return true;
};

export interface ProcessClock {
  stop(): Promise<void>;
}

/** Looks every second for what is due. Any number of servers may do so: a run that another holds is passed over. */
export const startProcessClock = ({
  database,
  now,
  report,
  everyMs = 1000,
}: Parts & { readonly report: (line: string) => void; readonly everyMs?: number }): ProcessClock => {
  const ending = new AbortController();
  let told = '';
  const loop = async () => {
    while (!ending.signal.aborted) {
      let done = 0;
      for (const work of [fireDueTimers, startDueRuns, remindOverdue])
        await work({ database, now }).then(
          (count) => (done += count),
          (error: unknown) => {
            const line = `Processes wait: ${(error as Error).message}.`;
            if (line !== told) report(line);
            told = line;
          },
        );
      // Where something was due there may be more.
      await sleep(done > 0 ? 20 : everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
    },
  };
};
