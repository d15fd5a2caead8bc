import type { Step } from '@aimwell/core/processes/graph';
import type { Happening, ProcessEvent } from '@aimwell/core/processes/happenings';
import type { Instance, ScopeRun, Token, Value } from '@aimwell/core/processes/instance';
import { dueOf } from '@aimwell/core/processes/tasks';
import { type RawBuilder, sql } from 'kysely';
import { actorId, type Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { newId } from '../platform/ids.ts';
import type { Run } from './load.ts';
import { mayBeGiven } from './reads.ts';

/** What becomes of a run: as it stood (null: it begins), as it stands, and what happened between. */
export interface Moved {
  readonly run: Omit<Run, 'instance'>;
  readonly before: Instance | null;
  readonly after: Instance;
  readonly event: ProcessEvent | null;
  readonly happened: readonly Happening[];
  /** The entry of the trail that tells of it. */
  readonly entry: string;
  /** A new name or record of the run, where a step gave it one. */
  readonly record?: Run['record'];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Rows of one kind that are new or changed, and ids of those that are gone. */
const differenceOf = <T extends { readonly id: number }>(before: readonly T[], after: readonly T[]) => {
  const old = new Map(before.map((one) => [one.id, one]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    put: after.filter((one) => !same(old.get(one.id), one)),
    gone: before.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  };
};

const isTask = (token: Token | undefined): boolean => token?.wait.kind === 'task';

/** Writes the difference in one statement: rows of tokens, scopes and subscriptions, tasks, incidents and history. */
export const saveMoved = async (tx: Tx, context: Context, moved: Moved): Promise<void> => {
  const { run, before, after } = moved;
  const organisation = sql`${tx.organisationId}::uuid`;
  const mine = sql`organization_id = ${organisation} and instance_id = ${after.id}::uuid`;
  const scopes = differenceOf(before?.scopes ?? [], after.scopes);
  const tokens = differenceOf(before?.tokens ?? [], after.tokens);
  const subscriptions = differenceOf(before?.subscriptions ?? [], after.subscriptions);
  const parts: RawBuilder<unknown>[] = [];
  const rows = (list: readonly object[], shape: string) => sql`json_to_recordset(${JSON.stringify(list)}::json) as r(${sql.raw(shape)})`;

  for (const [table, gone] of [
    ['process_scopes', scopes.gone],
    ['process_tokens', tokens.gone],
    ['process_subscriptions', subscriptions.gone],
  ] as const)
    if (gone.length > 0) parts.push(sql`delete from ${sql.table(table)} where ${mine} and id = any(${gone}::integer[])`);

  if (scopes.put.length > 0)
    parts.push(sql`
      insert into process_scopes (organization_id, instance_id, id, element, kind, parent, host, variables, loop)
      select ${organisation}, ${after.id}::uuid, id, element, kind, parent, host, variables, loop
      from ${rows(scopes.put, 'id integer, element text, kind text, parent integer, host integer, variables jsonb, loop jsonb')}
      on conflict (organization_id, instance_id, id) do update set variables = excluded.variables, loop = excluded.loop`);
  if (tokens.put.length > 0)
    parts.push(sql`
      insert into process_tokens (organization_id, instance_id, version_id, id, scope, node, since, wait, detail)
      select ${organisation}, ${after.id}::uuid, ${run.map.versionId}::uuid, id, scope, node, since, wait, detail
      from ${rows(tokens.put.map(tokenRow), 'id integer, scope integer, node text, since timestamptz, wait text, detail jsonb')}
      on conflict (organization_id, instance_id, id) do update set wait = excluded.wait, detail = excluded.detail, node = excluded.node, version_id = excluded.version_id`);
  if (subscriptions.put.length > 0)
    parts.push(sql`
      insert into process_subscriptions (organization_id, instance_id, id, token, scope, node, kind, name, correlation, due, timer, was)
      select ${organisation}, ${after.id}::uuid, id, token, scope, node, kind, name, nullif(correlation, 'null'), due, timer, was
      from ${rows(subscriptions.put, 'id integer, token integer, scope integer, node text, kind text, name text, correlation jsonb, due timestamptz, timer jsonb, was boolean')}
      on conflict (organization_id, instance_id, id) do update set due = excluded.due, timer = excluded.timer, was = excluded.was, node = excluded.node, held_until = null`);
  parts.push(...taskParts(tx, context, moved, mine), ...incidentParts(tx, context, moved, mine));

  const lines = linesOf(moved);
  if (lines.length > 0)
    parts.push(sql`
      insert into process_happenings (organization_id, instance_id, line, what, node, flow, token, scope, detail, actor, at, version_id, entry_id)
      select ${organisation}, ${after.id}::uuid, line, what, node, flow, token, scope, detail, ${actorId(context.actor)}::uuid, ${context.now.toISOString()}::timestamptz, ${run.map.versionId}::uuid, ${moved.entry}::uuid
      from ${rows(lines, 'line integer, what text, node text, flow text, token integer, scope integer, detail jsonb')}`);

  const record = moved.record ?? run.record;
  const update = sql`
    update process_instances set status = ${after.status}, held = ${after.held.length === 0 ? null : JSON.stringify(after.held)}::jsonb, serial = ${after.serial}, lines = lines + ${lines.length}, revision = revision + 1,
      register = ${record?.register ?? null}, record_id = ${record?.id ?? null}::uuid,
      ended_at = ${after.status === 'active' || after.status === 'suspended' ? null : context.now.toISOString()}::timestamptz
    where organization_id = ${organisation} and id = ${after.id}::uuid`;
  const named = parts.map((part, index) => sql`${sql.ref(`p${index}`)} as (${part})`);
  await tx.query(named.length === 0 ? update : sql`with ${sql.join(named)} ${update}`);
  if (before?.status !== 'suspended' && after.status === 'suspended') await stopClocks(tx, mine);
  if (before?.status === 'suspended' && after.status === 'active') await startClocks(tx, mine);
};

/** Nothing of a suspended run is looked at when it comes due. Due dates of tasks stay. */
const stopClocks = async (tx: Tx, mine: RawBuilder<unknown>): Promise<void> => {
  await tx.query(sql`update process_subscriptions set held_until = 'infinity' where ${mine} and due is not null`);
  await tx.query(sql`update process_tasks set remind_at = 'infinity' where ${mine} and state = 'open' and remind_at is not null`);
};

/** What came due meanwhile fires at once, and once, whatever it missed. */
const startClocks = async (tx: Tx, mine: RawBuilder<unknown>): Promise<void> => {
  await tx.query(sql`update process_subscriptions set held_until = null where ${mine} and due is not null`);
  await tx.query(sql`update process_tasks set remind_at = due_at where ${mine} and state = 'open' and remind_at = 'infinity'`);
};

const tokenRow = ({ id, scope, node, since, wait: { kind, ...detail } }: Token) => ({
  id,
  scope,
  node,
  since,
  wait: kind,
  detail: Object.keys(detail).length === 0 ? null : detail,
});

/** Tasks follow tokens: a token that stands for a person's work has one, and when it is gone the task is done or cancelled. */
const taskParts = (tx: Tx, context: Context, { run, before, after, event }: Moved, mine: RawBuilder<unknown>): RawBuilder<unknown>[] => {
  const parts: RawBuilder<unknown>[] = [];
  const old = new Map((before?.tokens ?? []).map((token) => [token.id, token]));
  const now = new Map(after.tokens.map((token) => [token.id, token]));
  const ended = [...old.values()].filter((token) => isTask(token) && !isTask(now.get(token.id))).map(({ id }) => id);
  const done = event?.kind === 'complete' && ended.includes(event.token) ? event.token : null;
  const at = context.now.toISOString();
  if (ended.length > 0)
    parts.push(sql`
      update process_tasks set state = case when token = ${done}::integer then 'done' else 'cancelled' end, remind_at = null, revision = revision + 1,
        done_by = case when token = ${done}::integer then ${context.actor.personId}::uuid end, done_at = ${at}::timestamptz
      where ${mine} and token = any(${ended}::integer[]) and state = 'open'`);
  const fresh = after.tokens.filter((token) => isTask(token) && !isTask(old.get(token.id)));
  if (fresh.length > 0) {
    const tasks = fresh.map((token) => newTask(run, after, token));
    parts.push(sql`
      insert into process_tasks (organization_id, id, instance_id, token, version_id, node, name, role, step, state, person_id, claimed_at, created_at, due_at, remind_at)
      select ${tx.organisationId}::uuid, r.id, ${after.id}::uuid, token, ${run.map.versionId}::uuid, node, r.name, role, step, 'open', p.id,
        case when p.id is not null then ${at}::timestamptz end, since, due, due
      from json_to_recordset(${JSON.stringify(tasks)}::json) as r(id uuid, token integer, node text, name text, role text, step jsonb, person uuid, since timestamptz, due timestamptz)
      left join people p on p.organization_id = ${tx.organisationId}::uuid and p.id = r.person and ${mayBeGiven(sql`p`, sql`r.role`)}`);
  }
  return parts;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A variable `assignee` in the scope of the task gives it to that person, if he could have taken it: how each of several gets his
 * own. Anybody who works in a run can set one, so it opens no task to whoever lacks its role.
 */
const newTask = (run: Moved['run'], { scopes }: Instance, token: Token) => {
  const node = run.map.graph.nodes[token.node];
  const step = node?.step as Step;
  const person = nearest(scopes, token.scope, 'assignee');
  return {
    id: newId(),
    token: token.id,
    node: token.node,
    name: (node?.name ?? token.node).slice(0, 500),
    role: step.role,
    step,
    person: typeof person === 'string' && uuid.test(person) ? person : null,
    since: token.since,
    due: dueOf(step, token.since, run.zone),
  };
};

const nearest = (scopes: readonly ScopeRun[], from: number, name: string): Value => {
  for (let run = scopes.find(({ id }) => id === from); run !== undefined;) {
    if (Object.hasOwn(run.variables, name)) return run.variables[name] ?? null;
    const { parent } = run;
    run = scopes.find(({ id }) => id === parent);
  }
  return null;
};

const incidentParts = (tx: Tx, context: Context, { before, after }: Moved, mine: RawBuilder<unknown>): RawBuilder<unknown>[] => {
  const parts: RawBuilder<unknown>[] = [];
  const at = context.now.toISOString();
  const stopped = (tokens: readonly Token[]) => tokens.filter(({ wait }) => wait.kind === 'incident');
  const now = new Map(after.tokens.map((token) => [token.id, token]));
  const old = new Map((before?.tokens ?? []).map((token) => [token.id, token]));
  const mended = stopped([...old.values()]).filter(({ id, wait }) => !same(now.get(id)?.wait, wait));
  if (mended.length > 0)
    parts.push(
      sql`update process_incidents set closed_at = ${at}::timestamptz where ${mine} and token = any(${mended.map(({ id }) => id)}::integer[]) and closed_at is null`,
    );
  const fresh = stopped(after.tokens).filter(({ id, wait }) => !same(old.get(id)?.wait, wait));
  if (fresh.length > 0) {
    const rows = fresh.map(({ id, node, wait }) => ({
      id: newId(),
      token: id,
      node,
      ...(wait.kind === 'incident' ? { code: wait.code, message: wait.message } : {}),
    }));
    parts.push(sql`
      insert into process_incidents (organization_id, id, instance_id, token, node, code, message, opened_at)
      select ${tx.organisationId}::uuid, id, ${after.id}::uuid, token, node, code, message, ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, token integer, node text, code text, message text)`);
  }
  return parts;
};

const linesOf = ({ run, happened }: Moved) =>
  happened.map((line, index) => {
    const { what, ...rest } = line;
    const { node = null, flow = null, token = null, scope = null, ...detail } = rest as Record<string, unknown>;
    return { line: run.lines + index + 1, what, node, flow, token, scope, detail: Object.keys(detail).length === 0 ? null : detail };
  });
