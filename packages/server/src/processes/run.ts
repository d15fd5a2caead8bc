import type { Effect, Happening, ProcessEvent } from '@aimwell/core/processes/happenings';
import type { Instance } from '@aimwell/core/processes/instance';
import { startInstance, step, type Stepped } from '@aimwell/core/processes/step';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { refused } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import { withAnswers, withRecord } from './answers-told.ts';
import { type RecordOf, surroundingsOf } from './around.ts';
import { beginCall, endCalls } from './calls.ts';
import { type Beginning, type Deed, runsInTrail } from './deed.ts';
import { type Runnable, runnable } from './graphs.ts';
import { holdRun, type Run } from './load.ts';
import { enqueueJob, enqueueMessage, enqueueSignal } from './leaving.ts';
import { saveMoved } from './save.ts';

/** Starts a run: everything up to where each token stands still, in the running transaction. Answers its id. */
export const startRun = async (tx: Tx, context: Context, beginning: Beginning, command = 'start'): Promise<string> => {
  const map = await runnable(tx, beginning.versionId);
  const { record, parent = null } = beginning;
  const id = newId();
  const zone = beginning.zone ?? context.organisation.timeZone;
  const around = await surroundingsOf(tx, context, map, { zone, record });
  const begun = startInstance(map.graph, { id, start: beginning.start, variables: beginning.variables, called: parent !== null }, around);
  if ('refused' in begun) throw refused(begun.refused);
  const title = beginning.title ?? (await titleOf(tx, map, record));
  await insertRun(tx, context, { id, map, title, zone, begun, beginning });
  const run: Omit<Run, 'instance'> = {
    map,
    title,
    record,
    parent,
    given: parent === null ? null : beginning.variables,
    zone,
    startedBy: context.actor.personId,
    lines: 0,
    revision: 0,
  };
  const started: Happening = { what: 'passed', node: map.graph.process, scope: begun.instance.scopes[0]?.id ?? 0 };
  await settleMove(
    tx,
    context,
    { run, before: null, event: null, stepped: { ...begun, happened: [started, ...begun.happened] } },
    {
      command,
      said: { title, variables: beginning.variables, ...(record === null ? {} : { record }) },
    },
  );
  return id;
};

/** Lets one event come to a run that is held, and writes what follows from it. REFUSED when it does not wait for this (any more). */
export const advance = async (tx: Tx, context: Context, run: Run, event: ProcessEvent, deed: Deed): Promise<Instance> => {
  const record = deed.record === undefined ? run.record : deed.record;
  const around = await surroundingsOf(tx, context, run.map, { zone: run.zone, record });
  const stepped = step(run.map.graph, run.instance, event, around);
  if ('refused' in stepped) throw refused(stepped.refused);
  const happened = withRecord(deed.made, event, withAnswers(run.map.graph, event, stepped.happened));
  await settleMove(tx, context, { run: { ...run, record }, before: run.instance, event, stepped: { ...stepped, happened } }, deed);
  return stepped.instance;
};

interface Move {
  readonly run: Omit<Run, 'instance'>;
  readonly before: Instance | null;
  readonly event: ProcessEvent | null;
  readonly stepped: Stepped;
}

const settleMove = async (tx: Tx, context: Context, { run, before, event, stepped }: Move, deed: Deed): Promise<void> => {
  const { instance: after, happened, effects } = stepped;
  const entry = newId();
  await saveMoved(tx, context, { run, before, after, event, happened, entry });
  await tellSealed(tx, context, {
    entry,
    register: runsInTrail,
    record: after.id,
    command: deed.command,
    payload: { process: run.map.key, map: run.map.sha256, number: run.map.number, ...deed.said, happened },
    lines: happened.length,
  });
  if (effects.length > 0) await carryOut(tx, context, { ...run, instance: after }, effects);
  await endCalls(tx, context, { run, before, after, event, effects }, advanceById);
};

const advanceById = async (tx: Tx, context: Context, id: string, event: ProcessEvent, deed: Deed): Promise<void> => {
  await advance(tx, context, await holdRun(tx, id), event, deed);
};

const carryOut = async (tx: Tx, context: Context, run: Run, effects: readonly Effect[]): Promise<void> => {
  for (const effect of effects) {
    if (effect.kind === 'job') await enqueueJob(tx, context, run.instance.id, effect);
    else if (effect.kind === 'message')
      await enqueueMessage(tx, context, { name: effect.name, correlation: run.record?.id ?? null, variables: effect.variables });
    else if (effect.kind === 'signal') await enqueueSignal(tx, context, { name: effect.name, variables: effect.variables });
    else if (effect.kind === 'call') await beginCall(tx, context, run, effect, { start: startRun, advance: advanceById });
  }
};

const titleOf = async (tx: Tx, map: Runnable, record: RecordOf | null): Promise<string> => {
  if (record === null) return map.name;
  const [row] = await tx.query<{ title: string }>(
    sql`select title from search_documents where organization_id = ${tx.organisationId}::uuid and register = ${record.register} and record_id = ${record.id}::uuid`,
  );
  return row === undefined ? map.name : `${map.name}: ${row.title}`.slice(0, 300);
};

interface New {
  readonly id: string;
  readonly map: Runnable;
  readonly title: string;
  readonly zone: string;
  readonly begun: Stepped;
  readonly beginning: Beginning;
}

const insertRun = async (tx: Tx, context: Context, { id, map, title, zone, begun, beginning }: New): Promise<void> => {
  const { record, parent } = beginning;
  await tx.query(sql`
    with counted as (insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${runsInTrail}, 1)
      on conflict (organization_id, register) do update set last = counters.last + 1 returning last)
    insert into process_instances (organization_id, id, number, map_id, version_id, title, status, register, record_id, called, parent_instance, parent_token, given, serial, revision, zone, started_by, started_at)
    select ${tx.organisationId}::uuid, ${id}::uuid, last, ${map.mapId}::uuid, ${map.versionId}::uuid, ${title}, 'active', ${record?.register ?? null}, ${record?.id ?? null}::uuid,
      ${parent !== undefined}, ${parent?.instance ?? null}::uuid, ${parent?.token ?? null}::integer, ${parent === undefined ? null : JSON.stringify(beginning.variables)}::jsonb,
      ${begun.instance.serial}, 0, ${zone}, ${context.actor.personId}::uuid, ${context.now.toISOString()}::timestamptz from counted`);
};
