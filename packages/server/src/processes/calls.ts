import type { Effect, ProcessEvent } from '@aimwell/core/processes/happenings';
import type { Instance, Variables } from '@aimwell/core/processes/instance';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError } from '../platform/errors.ts';
import type { Beginning, Deed } from './deed.ts';
import { rootVariables, type Run } from './load.ts';

/** Calls go so deep; deeper is a circle. */
const DEEPEST = 20;

type Advance = (tx: Tx, context: Context, id: string, event: ProcessEvent, deed: Deed) => Promise<void>;
interface Engine {
  readonly start: (tx: Tx, context: Context, beginning: Beginning, command: string) => Promise<string>;
  readonly advance: Advance;
}
type Call = Extract<Effect, { kind: 'call' }>;

/** Starts the run that a call activity asks for, where its caller still waits for it: the version in force, or the one that is pinned.
 * Without one the call is an incident.
 */
export const beginCall = async (tx: Tx, context: Context, run: Run, call: Call, engine: Engine): Promise<void> => {
  const parent = { instance: run.instance.id, token: call.token };
  if (!(await stillWaits(tx, parent))) return;
  const version = await versionToCall(tx, call);
  const message =
    version === null
      ? `expected an approved process "${call.called}"${call.version === null ? '' : ` in version ${call.version}`}, got none that runs`
      : (await depthOf(tx, run.instance.id)) >= DEEPEST
        ? `expected calls at most ${DEEPEST} deep, got more: the processes call each other in a circle`
        : null;
  const stop = (text: string) =>
    engine.advance(
      tx,
      context,
      parent.instance,
      { kind: 'incident', token: call.token, code: 'JOB_FAILED', message: text },
      { command: 'incident' },
    );
  if (message !== null || version === null) return stop(message ?? '');
  try {
    await engine.start(
      tx,
      context,
      { versionId: version, record: run.record, start: null, variables: call.variables, parent, zone: run.zone },
      'call',
    );
  } catch (error) {
    // A map that cannot begin is refused before anything of it is written.
    if (!(error instanceof ProblemError) || error.code !== 'REFUSED') throw error;
    await stop(error.message);
  }
};

/** Of several calls that begin together the first may end at once, and with it what the others were for. */
const stillWaits = async (tx: Tx, { instance, token }: { readonly instance: string; readonly token: number }): Promise<boolean> => {
  const found = await tx.query(
    sql`select 1 from process_tokens where organization_id = ${tx.organisationId}::uuid and instance_id = ${instance}::uuid and id = ${token} and wait = 'call'`,
  );
  return found.length > 0;
};

const versionToCall = async (tx: Tx, { called, version }: Call): Promise<string | null> => {
  const [row] = await tx.query<{ id: string }>(sql`
    select v.id from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and m.key = ${called} and v.graph is not null
      and ${version === null ? sql`v.state = 'approved'` : sql`v.number = ${version} and v.state in ('approved', 'retired')`}`);
  return row?.id ?? null;
};

const depthOf = async (tx: Tx, id: string): Promise<number> => {
  const [row] = await tx.query<{ depth: number }>(sql`
    with recursive up as (select parent_instance as id, 1 as depth from process_instances where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid
      union all select i.parent_instance, up.depth + 1 from up join process_instances i on i.organization_id = ${tx.organisationId}::uuid and i.id = up.id where up.depth < ${DEEPEST + 1})
    select max(depth)::integer as depth from up`);
  return row?.depth ?? 1;
};

interface Ended {
  readonly run: Omit<Run, 'instance'>;
  readonly before: Instance | null;
  readonly after: Instance;
  readonly event: ProcessEvent | null;
  readonly effects: readonly Effect[];
}

/** Tells the caller what became of a called run, and ends the called runs whose caller no longer waits for them. */
export const endCalls = async (tx: Tx, context: Context, ended: Ended, advance: Advance): Promise<void> => {
  const { run, before, after, effects } = ended;
  const waiting = new Set(after.tokens.filter(({ wait }) => wait.kind === 'call').map(({ id }) => id));
  const left = (before?.tokens ?? []).filter(({ id, wait }) => wait.kind === 'call' && !waiting.has(id)).map(({ id }) => id);
  if (left.length > 0)
    for (const child of await activeChildren(tx, after.id, left))
      await advance(
        tx,
        context,
        child,
        { kind: 'terminate' },
        { command: 'terminate', said: { reason: 'its caller no longer waits for it' } },
      );
  if (run.parent === null) return;
  const { instance, token } = run.parent;
  const event = forCaller(ended, token);
  for (const one of [...effects.flatMap((effect) => raisedOf(effect, token)), ...(event === null ? [] : [event])])
    await unlessGone(advance(tx, context, instance, one, { command: 'return', said: { from: after.id } }));
};

const raisedOf = (effect: Effect, token: number): ProcessEvent[] => {
  if (effect.kind === 'callerEscalation') return [{ kind: 'escalate', token, code: effect.code }];
  if (effect.kind === 'callerError') return [{ kind: 'error', token, code: effect.code, message: 'The called process ended with it.' }];
  return [];
};

const forCaller = ({ run, after, event }: Ended, token: number): ProcessEvent | null => {
  if (after.status === 'active' || after.status === 'suspended' || after.status === 'failed') return null;
  if (event?.kind === 'terminate') return { kind: 'incident', token, code: 'JOB_FAILED', message: 'The called run was ended by hand.' };
  return { kind: 'complete', token, variables: changedOf(run.given ?? {}, rootVariables(after)) };
};

/** Only what the called run changed goes back: what else its caller holds may have moved on meanwhile. */
const changedOf = (given: Variables, now: Variables): Variables =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(given[name]) !== JSON.stringify(value)));

const activeChildren = async (tx: Tx, id: string, tokens: readonly number[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(sql`
      select id from process_instances where organization_id = ${tx.organisationId}::uuid and parent_instance = ${id}::uuid
        and parent_token = any(${tokens as number[]}::integer[]) and status in ('active', 'suspended')`)
  ).map((row) => row.id);

/** A caller that no longer waits has gone another way; that is no fault of the called run. */
const unlessGone = async (work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'REFUSED') throw error;
  }
};
