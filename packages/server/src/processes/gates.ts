import { registers } from '@aimwell/contract/registers';
import { authorities } from '@aimwell/contract/roles/roles';
import type { Graph } from '@aimwell/core/processes/graph';
import { neverBound } from '@aimwell/core/processes/never-bound';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, notFound, refused } from '../platform/errors.ts';
import { tell } from '../platform/identity/founding.ts';
import { newId } from '../platform/ids.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import type { Gate } from '../platform/register/gate.ts';
import { findRows } from '../platform/register/read.ts';
import { carryOutForm, type Forms } from './forms.ts';
import { momentOf } from './moments.ts';
import { personSql, recordSql } from './reads.ts';
import { carriesOut } from './versions.ts';

export interface Bound {
  readonly register: string;
  readonly command: string;
  readonly process: string;
}

/** What a process of the product is made to guard, or comes to on its way; an organisation switches it on. */
const proposed: readonly Bound[] = [
  { register: 'systems', command: 'register', process: 'ai-onboarding' },
  { register: 'soa-versions', command: 'approve', process: 'soa-approval' },
  { register: 'soa-versions', command: 'approve', process: 'aims-life-cycle' },
];

/** The processes that a register's commands are bound to; of several before one command, those about its own records come first. */
const boundFor = async (tx: Tx, register: string): Promise<(Bound & { readonly name: string | null })[]> =>
  tx.query(sql`
    select g.register, g.command, g.map_key as process, m.name from process_gates g
    left join process_maps m on m.organization_id = g.organization_id and m.key = g.map_key
    where g.organization_id = ${tx.organisationId}::uuid and g.register = ${register}
    order by m.register is distinct from g.register, g.map_key`);

/**
 * Refuses a bound command outside a run of each process that it is bound to. Suspending a harmful system is never refused; where its register is guarded
 * it opens a deviation.
 */
export const gate: Gate = async (tx, context, { register, command, record, input }) => {
  if (context.source !== undefined) return;
  const bound = await boundFor(tx, register);
  if (neverBound.has(`${register} ${command}`)) {
    const [first] = bound;
    const reason = typeof input['reason'] === 'string' ? input['reason'] : 'suspended at once, not yet explained';
    if (first !== undefined)
      await openDeviation(tx, context, { register, record, command, process: first.process, authority: null, reason });
    return;
  }
  const here = bound.filter((one) => one.command === command);
  if (here.length === 0 || context.withinProcess === emergency || here.some(({ process }) => process === context.withinProcess)) return;
  const names = here.map(({ name, process }) => `"${name ?? process}"`).join(' or ');
  throw refused([
    refusal(
      'GATED',
      `expected "${command}" within a run of ${names}, got it outside`,
      context.withinProcess === undefined
        ? `Start ${names} for this record; in an emergency whoever holds an authority can do it with a reason.`
        : `Do it in a run of ${names}, or have the command bound to this process too.`,
    ),
  ]);
};

/** Stands for no process, and is no key that one could have: a person with an authority takes the responsibility. */
const emergency = '!';

interface Deviation {
  readonly register: string;
  readonly record: string;
  readonly command: string;
  readonly process: string;
  readonly authority: string | null;
  readonly reason: string;
}

const openDeviation = async (tx: Tx, context: Context, given: Deviation): Promise<string> => {
  const id = newId();
  await tx.query(sql`
    insert into process_deviations (organization_id, id, register, record_id, command, map_key, authority_id, reason, by_id, at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${given.register}, ${given.record}::uuid, ${given.command}, ${given.process}, ${given.authority}::uuid, ${given.reason},
      ${context.actor.personId}::uuid, ${context.now.toISOString()}::timestamptz)`);
  await tellSealed(tx, context, { register: 'process-deviations', record: id, command: 'open', payload: given });
  return id;
};

interface Emergency {
  readonly register: string;
  readonly record: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly authority: string | undefined;
  readonly password: string | undefined;
}

/** Carries out a bound command outside its process, on the recorded authority of whoever asks. Answers the id of the deviation. */
export const inEmergency = async (tx: Tx, context: Context, forms: Forms, given: Emergency): Promise<string> => {
  const { register, record, command, input, reason, authority, password } = given;
  const bound = (await boundFor(tx, register)).find((one) => one.command === command);
  if (bound === undefined)
    throw refused([
      refusal(
        'NOT_BOUND',
        `expected a command that is bound to a process, got ${register} ${command}`,
        'Carry it out as usual.',
        'command',
      ),
    ]);
  const held = (await findRows(tx, authorities, { holder: context.actor.personId })).find(
    (row) =>
      (authority === undefined || row.id === authority) &&
      String(row['fromDate']) <= context.today &&
      (row['untilDate'] === null || String(row['untilDate']) >= context.today),
  );
  if (context.actor.personId === null || held === undefined)
    throw refused([
      refusal(
        'AUTHORITY_NEEDED',
        'expected somebody with a recorded authority that holds today, got none',
        'Ask somebody who holds one, or have it recorded under authorities.',
      ),
    ]);
  await carryOutForm(tx, { ...context, withinProcess: emergency }, forms, {
    form: `${register}:${command}`,
    values: input,
    record: { register, id: record },
    password,
  });
  return openDeviation(tx, context, { register, record, command, process: bound.process, authority: held.id, reason });
};

const sameGate = (one: Bound, other: Bound): boolean =>
  one.register === other.register && one.command === other.command && one.process === other.process;

export const listGates = async (tx: Tx): Promise<{ items: Bound[]; proposed: Bound[] }> => {
  const items = await tx.query<Bound>(
    sql`select register, command, map_key as process from process_gates where organization_id = ${tx.organisationId}::uuid order by register, command, map_key`,
  );
  return {
    items,
    proposed: proposed.filter((one) => !items.some((other) => sameGate(one, other))),
  };
};

/** Binds a command to a process, beside those that it is bound to already, that has a version in force: a gate without a way through would be a wall. */
export const setGate = async (tx: Tx, context: Context, { register, command, process }: Bound, reason: string): Promise<Bound> => {
  const declared = registers.find((one) => one.name === register)?.commands.some((one) => one.name === command) === true;
  if (!declared)
    throw invalid([
      {
        code: 'COMMAND',
        field: 'command',
        message: `expected a command of a register, got "${register}:${command}"`,
        remedy: 'Name one such as systems and register.',
      },
    ]);
  if (neverBound.has(`${register} ${command}`))
    throw refused([
      refusal(
        'NEVER_BOUND',
        'expected a command that can wait, got one that stops harm',
        'Leave it free; it opens a deviation by itself.',
        'command',
      ),
    ]);
  const [running] = await tx.query<{ graph: Graph }>(sql`
    select v.graph from process_maps m join process_versions v on v.organization_id = m.organization_id and v.map_id = m.id and v.state = 'approved' and v.graph is not null
    where m.organization_id = ${tx.organisationId}::uuid and m.key = ${process}`);
  if (running === undefined)
    throw refused([
      refusal('NOT_IN_FORCE', `expected a process that runs, got "${process}"`, 'Have a version of it approved first.', 'process'),
    ]);
  if (!carriesOut(running.graph, `${register}:${command}`))
    throw refused([
      refusal(
        'NO_WAY_THROUGH',
        `expected a process with a step that carries out ${register} ${command}, got none in "${process}"`,
        `Give a step of it the form ${register}:${command} first.`,
        'process',
      ),
    ]);
  await tx.query(sql`
    insert into process_gates (organization_id, register, command, map_key) values (${tx.organisationId}::uuid, ${register}, ${command}, ${process})
    on conflict do nothing`);
  await tell(tx, context, 'process-gates', tx.organisationId, 'bind', { register, command, process, reason });
  return { register, command, process };
};

/** Frees a command of one process; those that it is bound to besides stay. NOT_FOUND. */
export const removeGate = async (tx: Tx, context: Context, { register, command, process }: Bound, reason: string): Promise<void> => {
  const gone = await tx.query(sql`
    delete from process_gates where organization_id = ${tx.organisationId}::uuid and register = ${register} and command = ${command} and map_key = ${process} returning command`);
  if (gone.length === 0) throw notFound('gate');
  await tell(tx, context, 'process-gates', tx.organisationId, 'free', { register, command, process, reason });
};

const view = sql`
  json_build_object('id', d.id, 'record', ${recordSql('d')}, 'register', d.register, 'command', d.command, 'process', d.map_key, 'by', ${personSql('d.by_id')},
    'authority', (select json_build_object('register', s.register, 'id', s.record_id, 'identifier', s.identifier, 'title', s.title) from search_documents s
      where s.organization_id = d.organization_id and s.register = 'authorities' and s.record_id = d.authority_id),
    'reason', d.reason, 'at', ${momentOf('d.at')}, 'closedAt', ${momentOf('d.closed_at')}, 'closedBy', ${personSql('d.closed_by')}, 'closedNote', d.closed_note)`;

export const readDeviation = async (tx: Tx, id: string): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(
    sql`select ${view}::text as json from process_deviations d where d.organization_id = ${tx.organisationId}::uuid and d.id = ${id}::uuid`,
  );
  if (row === undefined) throw notFound('deviation');
  return row.json;
};

export const listDeviations = async (tx: Tx): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(${view} order by d.at desc, d.id), '[]'))::text as json
    from (select * from process_deviations where organization_id = ${tx.organisationId}::uuid order by at desc, id limit 500) d`);
  return row?.json ?? '{"items":[]}';
};

export const closeDeviation = async (tx: Tx, context: Context, id: string, note: string): Promise<void> => {
  await readDeviation(tx, id);
  const closed = await tx.query(sql`
    update process_deviations set closed_at = ${context.now.toISOString()}::timestamptz, closed_by = ${context.actor.personId}::uuid, closed_note = ${note}
    where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid and closed_at is null returning id`);
  if (closed.length === 0)
    throw refused([refusal('CLOSED_ALREADY', 'expected an open deviation, got one that is closed', 'Load the list again.')]);
  await tellSealed(tx, context, { register: 'process-deviations', record: id, command: 'close', payload: { note } });
};
