import type { Step } from '@aimwell/core/processes/graph';
import type { TaskFacts } from '@aimwell/core/processes/tasks';
import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound, ProblemError } from '../platform/errors.ts';
import { loadRows } from '../platform/register/read.ts';
import type { RecordOf } from './around.ts';
import { holdRun, type Run } from './load.ts';
import { momentOf } from './moments.ts';

/** A task with the run it belongs to, both held until the transaction ends. */
export interface HeldTask {
  readonly id: string;
  readonly token: number;
  readonly node: string;
  readonly revision: number;
  readonly run: Run;
  readonly facts: TaskFacts;
  readonly form: string | null;
}

interface Row {
  readonly instance_id: string;
  readonly token: number;
  readonly node: string;
  readonly state: TaskFacts['state'];
  readonly person_id: string | null;
  readonly step: Step;
  readonly revision: number;
}

const read = async (tx: Tx, id: string): Promise<Row> => {
  const [row] = await tx.query<Row>(sql`
    select instance_id, token, node, state, person_id, step, revision from process_tasks where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  if (row === undefined) throw notFound('task');
  return row;
};

/** Holds the run first, as all do that change it, and reads the task as it then stands. */
export const holdTask = async (tx: Tx, id: string): Promise<HeldTask> => {
  const run = await holdRun(tx, (await read(tx, id)).instance_id);
  const row = await read(tx, id);
  const facts = await factsOf(tx, row, { record: run.record, startedBy: run.startedBy, suspended: run.instance.status === 'suspended' });
  return { id, token: row.token, node: row.node, revision: row.revision, run, form: row.step.form, facts };
};

/** What decides who may do a task, without holding anything: for showing. */
export const lookAtTask = async (tx: Tx, id: string): Promise<TaskFacts> => {
  const row = await read(tx, id);
  const [run] = await tx.query<{ register: string | null; record_id: string | null; started_by: string | null; status: string }>(
    sql`select register, record_id, started_by, status from process_instances where organization_id = ${tx.organisationId}::uuid and id = ${row.instance_id}::uuid`,
  );
  const { register = null, record_id: record = null, started_by: startedBy = null, status } = run ?? {};
  const suspended = status === 'suspended';
  return factsOf(tx, row, { record: register === null || record === null ? null : { register, id: record }, startedBy, suspended });
};

const factsOf = async (
  tx: Tx,
  row: Row,
  run: { readonly record: RecordOf | null; readonly startedBy: string | null; readonly suspended: boolean },
): Promise<TaskFacts> => {
  const { notBy } = row.step;
  const asked = run.record !== null && notBy.some((name) => name.startsWith('record.'));
  const record = asked && run.record !== null ? (await loadRows(tx, registerNamed(run.record.register), [run.record.id]))[0] : undefined;
  return {
    state: row.state,
    suspended: run.suspended,
    step: row.step,
    person: row.person_id,
    performers: notBy.length === 0 ? new Map() : await performersOf(tx, row.instance_id, notBy),
    starter: run.startedBy,
    author: (record?.['createdBy'] as string | null | undefined) ?? null,
    owner: (record?.['owner'] as string | null | undefined) ?? null,
  };
};

const performersOf = async (tx: Tx, instance: string, nodes: readonly string[]): Promise<Map<string, string[]>> => {
  const rows = await tx.query<{ node: string; people: string[] }>(sql`
    select node, array_agg(distinct done_by) as people from process_tasks
    where organization_id = ${tx.organisationId}::uuid and instance_id = ${instance}::uuid and node = any(${nodes as string[]}) and state = 'done' and done_by is not null group by node`);
  return new Map(rows.map((row) => [row.node, row.people]));
};

/** Throws VERSION_CONFLICT, with what happened since, when somebody changed the task since it was seen; `null`: it was not said. */
export const checkSeen = async (tx: Tx, { revision, run, token }: HeldTask, seen: number | null): Promise<void> => {
  if (seen === null || seen === revision) return;
  const [last] = await tx.query<{ what: string; by: string | null; at: string }>(sql`
    select l.what, (select p.name from people p where p.organization_id = l.organization_id and p.id = l.actor) as by, ${momentOf('l.at')} as at from process_happenings l
    where l.organization_id = ${tx.organisationId}::uuid and l.instance_id = ${run.instance.id}::uuid and (l.token = ${token} or l.what = 'migrated') order by l.line desc limit 1`);
  const happened = last === undefined ? '' : ` Last it was ${last.what}${last.by === null ? '' : ` by ${last.by}`} (${last.at}).`;
  throw new ProblemError('VERSION_CONFLICT', {
    currentVersion: revision,
    detail: `You saw version ${seen}; it is now version ${revision}.${happened}`,
  });
};
