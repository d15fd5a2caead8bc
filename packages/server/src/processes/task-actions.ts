import type { taskEndpoints } from '@aimwell/contract/processes/tasks';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { people } from '@aimwell/contract/roles/people';
import type { Value } from '@aimwell/core/processes/instance';
import { judgeCompletion, judgeEvidence, judgeWorker, type Worker } from '@aimwell/core/processes/tasks';
import { refusal } from '@aimwell/core/shared/refusal';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { actorId, type Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, refused } from '../platform/errors.ts';
import { tell } from '../platform/identity/founding.ts';
import { newId } from '../platform/ids.ts';
import { findRows, loadRows } from '../platform/register/read.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import { answersTo, refuseForeignAnswers } from './answers.ts';
import type { RecordOf } from './around.ts';
import { runsInTrail } from './deed.ts';
import { carryOutForm, type Forms } from './forms.ts';
import { refuseGrowth } from './growth.ts';
import { checkSeen, type HeldTask, holdTask } from './hold-task.ts';
import type { Run } from './load.ts';
import { mayBeGiven } from './reads.ts';
import { advance } from './run.ts';
import { checkNamed } from './named-record.ts';
import { becomesAbout } from './own-record.ts';

const workerOf = ({ actor }: Context): Worker => ({ person: actor.personId, roles: actor.roles });

const judge = (task: HeldTask, context: Context): void => {
  const against = judgeWorker(task.facts, workerOf(context));
  if (against.length > 0) throw refused(against);
};

/** Writes a deed about a task that moves no token: a line of the history and an entry of the trail. */
const note = async (
  tx: Tx,
  context: Context,
  task: HeldTask,
  what: string,
  said: Readonly<Record<string, unknown>>,
  told: object = said,
): Promise<void> => {
  const entry = newId();
  const at = context.now.toISOString();
  const run = task.run.instance.id;
  await tx.query(sql`
    with line as (update process_instances set lines = lines + 1, revision = revision + 1 where organization_id = ${tx.organisationId}::uuid and id = ${task.run.instance.id}::uuid returning lines)
    insert into process_happenings (organization_id, instance_id, line, what, node, token, detail, actor, at, version_id, entry_id)
    select ${tx.organisationId}::uuid, ${task.run.instance.id}::uuid, lines, ${what}, ${task.node}, ${task.token}, ${JSON.stringify(said)}::jsonb, ${actorId(context.actor)}::uuid,
      ${at}::timestamptz, ${task.run.map.versionId}::uuid, ${entry}::uuid from line`);
  const payload = { run, node: task.node, task: task.id, ...told };
  await tellSealed(tx, context, { entry, register: runsInTrail, record: run, command: what, payload, lines: 1 });
};

const setTask = (tx: Tx, id: string, ...set: RawBuilder<unknown>[]) =>
  tx.query(
    sql`update process_tasks set ${sql.join([sql`revision = revision + 1`, ...set])} where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );

const needsPerson = (context: Context): string => {
  if (context.actor.personId !== null) return context.actor.personId;
  throw refused([
    refusal(
      'PERSON_NEEDED',
      'expected a person, got a token that stands for nobody',
      'Sign in, or use a token that was made for a person (--for).',
    ),
  ]);
};

export const claimTask = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const task = await holdTask(tx, id);
  judge(task, context);
  const person = needsPerson(context);
  if (task.facts.person === person) return;
  await setTask(tx, id, sql`person_id = ${person}::uuid`, sql`claimed_at = ${context.now.toISOString()}::timestamptz`);
  await note(tx, context, task, 'claimed', {});
};

const mustBeYours = (task: HeldTask, context: Context): void => {
  if (task.facts.state === 'open' && (task.facts.person === null || task.facts.person !== context.actor.personId))
    throw refused([refusal('NOT_YOURS', 'expected a task that is yours, got one that is not', 'Claim it first, or ask whoever has it.')]);
  judge({ ...task, facts: { ...task.facts, step: { ...task.facts.step, notBy: [] } } }, context);
};

export const releaseTask = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const task = await holdTask(tx, id);
  mustBeYours(task, context);
  await setTask(tx, id, sql`person_id = null`, sql`claimed_at = null`);
  await note(tx, context, task, 'released', {});
};

interface Handing {
  readonly person: string;
  readonly reason?: string | undefined;
}

/** Hands a task on. Whoever took part where they may not is refused before he even begins. */
export const handTask = async (
  tx: Tx,
  context: Context,
  id: string,
  what: 'delegated' | 'reassigned',
  { person, reason }: Handing,
): Promise<void> => {
  const task = await holdTask(tx, id);
  if (what === 'delegated') mustBeYours(task, context);
  const [to] = await loadRows(tx, people, [person]);
  if (to === undefined || to['archivedAt'] !== null)
    throw invalid([
      { code: 'REFERENCE', field: 'person', message: 'expected a person of this organisation', remedy: 'Choose one from the directory.' },
    ]);
  const [working] = await tx.query(
    sql`select 1 from people p where p.organization_id = ${tx.organisationId}::uuid and p.id = ${person}::uuid and ${mayBeGiven(sql`p`, sql`null::text`)}`,
  );
  if (working === undefined)
    throw refused([
      refusal(
        'NO_WORKER',
        'expected somebody who can do tasks here, got a person without such access',
        'Choose somebody who holds a role that works, or have one given.',
        'person',
      ),
    ]);
  const against = judgeWorker({ ...task.facts, person }, { person, roles: [] });
  if (against.length > 0) throw refused(against);
  await setTask(tx, id, sql`person_id = ${person}::uuid`, sql`claimed_at = ${context.now.toISOString()}::timestamptz`);
  await note(tx, context, task, what, { from: task.facts.person, to: person, reason: reason ?? null });
};

export const commentTask = async (tx: Tx, context: Context, id: string, body: string): Promise<void> => {
  const task = await holdTask(tx, id);
  await addComment(tx, context, task, body);
};

/** The name under which comments on tasks are kept. */
export const tasksInComments = 'process-tasks';

const addComment = async (tx: Tx, context: Context, task: HeldTask, body: string): Promise<void> => {
  const comment = newId();
  await tx.query(sql`
    insert into comments (organization_id, id, register, record_id, author, body, created_at)
    values (${tx.organisationId}::uuid, ${comment}::uuid, ${tasksInComments}, ${task.id}::uuid, ${context.actor.personId}::uuid, ${body}, ${context.now.toISOString()}::timestamptz)`);
  // As comments on records are told, so that they are held against the trail alike; the run's own entry need not repeat the words.
  await tell(tx, context, tasksInComments, task.id, 'comment', { run: task.run.instance.id, node: task.node, comment, body });
  await note(tx, context, task, 'commented', { comment, body }, { comment });
};

interface Attachment {
  readonly evidence: string;
  readonly kind: string | null;
}

export const attachEvidence = async (tx: Tx, context: Context, id: string, given: Attachment): Promise<void> => {
  const task = await holdTask(tx, id);
  if (task.facts.state !== 'open') judge(task, context);
  await keepEvidence(tx, context, task, [given]);
  await note(tx, context, task, 'attached', { ...given });
};

const keepEvidence = async (tx: Tx, context: Context, task: HeldTask, given: readonly Attachment[]): Promise<void> => {
  if (given.length === 0) return;
  const found = await findRows(tx, evidence, { id: given.map((one) => one.evidence) });
  const missing = given.filter((one) => !found.some((row) => row.id === one.evidence));
  if (missing.length > 0)
    throw invalid(
      missing.map(() => ({
        code: 'REFERENCE',
        field: 'evidence',
        message: 'expected evidence of this organisation that is in use',
        remedy: 'Choose one that exists here.',
      })),
    );
  await tx.query(sql`
    insert into process_evidence (organization_id, task_id, evidence_id, kind, instance_id, at)
    select distinct on (r.evidence) ${tx.organisationId}::uuid, ${task.id}::uuid, r.evidence, r.kind, ${task.run.instance.id}::uuid, ${context.now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(given)}::json) as r(evidence uuid, kind text)
    on conflict (organization_id, task_id, evidence_id) do nothing`);
  await refuseSecondKind(tx, task, given);
};

/** A piece of evidence stands for one kind at a task; that it does not stand for another as well is said, not passed over. */
const refuseSecondKind = async (tx: Tx, task: HeldTask, given: readonly Attachment[]): Promise<void> => {
  const kept = await tx.query<{ evidence_id: string; kind: string | null }>(
    sql`select evidence_id, kind from process_evidence where organization_id = ${tx.organisationId}::uuid and task_id = ${task.id}::uuid`,
  );
  const kinds = new Map(kept.map((one) => [one.evidence_id, one.kind]));
  const other = given.filter((one) => one.kind !== null && kinds.get(one.evidence) !== one.kind);
  if (other.length > 0)
    throw refused(
      other.map(({ evidence: id, kind }) =>
        refusal(
          'ATTACHED_OTHERWISE',
          `expected evidence that is not attached to this task yet, got one that is ${kinds.get(id) === null ? 'without a kind' : `as "${kinds.get(id)}"`}`,
          `Record it once more as evidence, and attach that as "${kind}".`,
          'evidence',
        ),
      ),
    );
};

/** Kinds of what is attached and holds today: not what was archived or has run out since. */
const kindsGiven = async (tx: Tx, { today }: Context, task: HeldTask): Promise<(string | null)[]> => {
  if (task.facts.step.evidence.length === 0) return [];
  const rows = await tx.query<{ kind: string | null }>(
    sql`select a.kind from process_evidence a join evidence e on e.organization_id = a.organization_id and e.id = a.evidence_id
      where a.organization_id = ${tx.organisationId}::uuid and a.task_id = ${task.id}::uuid and e.archived_at is null and coalesce(e.valid_until, 'infinity') >= ${today}::date`,
  );
  return rows.map(({ kind }) => kind);
};

type Completion = z.output<(typeof taskEndpoints)['complete']['body'] & z.ZodType>;

/**
 * Completes a task: who, evidence, the action that its form names, the token and the trail, in one transaction. The second of two who
 * complete it is refused (TASK_DONE), whatever version he saw.
 */
export const completeTask = async (
  tx: Tx,
  context: Context,
  forms: Forms,
  id: string,
  seen: number | null,
  given: Completion,
): Promise<void> => {
  const task = await holdTask(tx, id);
  const against = judgeCompletion(task.facts, workerOf(context));
  if (against.length > 0) throw refused(against);
  // Where others are kept apart from whoever does this step, it has to be known who that is.
  if (Object.values(task.run.map.graph.nodes).some(({ step }) => step.notBy.includes(task.node))) needsPerson(context);
  await checkSeen(tx, task, seen);
  await keepEvidence(tx, context, task, given.evidence);
  const lacking = judgeEvidence(task.facts.step, await kindsGiven(tx, context, task));
  if (lacking.length > 0) throw refused(lacking);
  refuseForeignAnswers(task.run.map.graph, task.form, given);
  const answers = answersTo(task.form, given);
  refuseGrowth(task.run.instance, { ...(given.variables as Record<string, Value>), ...answers });
  const done = answers === null ? await fillForm(tx, context, forms, task, given) : null;
  if (given.comment !== undefined) await addComment(tx, context, task, given.comment);
  const held = given.comment === undefined ? task.run : { ...task.run, lines: task.run.lines + 1 };
  const variables = {
    ...(given.variables as Record<string, Value>),
    ...answers,
    ...(done === null ? {} : { [`${done.register.replaceAll('-', '_')}_id`]: done.id }),
  };
  await advance(
    tx,
    context,
    held,
    { kind: 'complete', token: task.token, variables },
    {
      command: 'complete',
      said: { task: id, node: task.node, variables, evidence: given.evidence, ...(done === null ? {} : { form: task.form, record: done }) },
      ...(done === null ? {} : { made: done }),
      ...(task.run.record === null && done !== null && becomesAbout(task.run.map, done) ? { record: done } : {}),
    },
  );
};

/** What a process about systems screened is the system of its run: no other goes through its gate with it. */
const refuseAnother = ({ map, record: about }: Run, record: RecordOf | null): void => {
  if (record === null || about === null || record.register !== about.register || about.register !== map.register) return;
  if (record.id === about.id) return;
  throw refused([
    refusal(
      'ANOTHER_RECORD',
      `expected the record of ${about.register} that this run is about, got another`,
      'Leave record out, or start a run for the other one.',
      'record',
    ),
  ]);
};

const fillForm = async (tx: Tx, context: Context, forms: Forms, task: HeldTask, given: Completion): Promise<RecordOf | null> => {
  const { form } = task;
  if (form === null) {
    if (given.form === undefined) return null;
    throw refused([
      refusal('NO_FORM', 'expected no form, since this step has none', 'Leave form out; values for the run go into variables.', 'form'),
    ]);
  }
  const [register = ''] = form.split(':');
  const record = given.record === undefined ? task.run.record : { register, id: given.record };
  if (record !== null && given.record !== undefined && !form.endsWith(':create')) await checkNamed(tx, record, 'record');
  refuseAnother(task.run, record);
  return carryOutForm(tx, { ...context, withinProcess: task.run.map.key }, forms, {
    form,
    values: given.form ?? {},
    record,
    password: given.password,
  });
};
