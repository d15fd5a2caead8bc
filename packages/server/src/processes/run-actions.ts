import type { runEndpoints } from '@aimwell/contract/processes/runs';
import { registers } from '@aimwell/contract/registers';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, ProblemError } from '../platform/errors.ts';
import type { RecordOf } from './around.ts';
import { refuseGrowth } from './growth.ts';
import { inForce } from './in-force.ts';
import { holdRun, type Run } from './load.ts';
import { checkNamed } from './named-record.ts';
import { advance, startRun } from './run.ts';

type Starting = z.output<(typeof runEndpoints)['start']['body'] & z.ZodType>;

const checkRecord = async (tx: Tx, record: RecordOf, expected: string | null): Promise<void> => {
  const register = registers.find(({ name }) => name === record.register);
  if (register === undefined || (expected !== null && expected !== record.register))
    throw invalid([
      {
        code: 'REGISTER',
        field: 'record.register',
        message: `expected ${expected ?? 'the name of a register'}, got "${record.register}"`,
        remedy: 'Name a record of that register.',
      },
    ]);
  await checkNamed(tx, record, 'record.id');
};

/** Starts a run of the version in force; answers its id. */
export const startByHand = async (tx: Tx, context: Context, given: Starting): Promise<string> => {
  const { version, register } = await inForce(tx, given.process);
  const record = given.record ?? null;
  if (record !== null) await checkRecord(tx, record, register);
  return startRun(tx, context, {
    versionId: version,
    title: given.title,
    record,
    start: given.start ?? null,
    variables: given.variables as Variables,
  });
};

/** Holds a run as its reader saw it. */
const hold = async (tx: Tx, id: string, seen: number | null): Promise<Run> => {
  const run = await holdRun(tx, id);
  if (seen !== null && seen !== run.revision)
    throw new ProblemError('VERSION_CONFLICT', {
      currentVersion: run.revision,
      detail: `You saw version ${seen}; it is now version ${run.revision}.`,
    });
  return run;
};

export const terminateRun = async (tx: Tx, context: Context, id: string, seen: number | null, reason: string): Promise<void> => {
  await advance(tx, context, await hold(tx, id, seen), { kind: 'terminate' }, { command: 'terminate', said: { reason } });
};

/** Holds a run up with a reason: what people do in it is refused, what else comes is kept, and its timers wait. */
export const suspendRun = async (tx: Tx, context: Context, id: string, seen: number | null, reason: string): Promise<void> => {
  await advance(tx, context, await hold(tx, id, seen), { kind: 'suspend', reason }, { command: 'suspend', said: { reason } });
};

/** Lets a suspended run go on: first what came meanwhile, in order; then its timers, each once. */
export const resumeRun = async (tx: Tx, context: Context, id: string, seen: number | null, reason: string | undefined): Promise<void> => {
  const said = reason === undefined ? {} : { reason };
  await advance(tx, context, await hold(tx, id, seen), { kind: 'resume' }, { command: 'resume', said });
};

interface Retry {
  readonly token: number;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const retryIncident = async (
  tx: Tx,
  context: Context,
  id: string,
  seen: number | null,
  { token, variables }: Retry,
): Promise<void> => {
  const event = { kind: 'retry', token, variables: variables as Record<string, Value> } as const;
  const run = await hold(tx, id, seen);
  refuseGrowth(run.instance, event.variables);
  await advance(tx, context, run, event, { command: 'retry', said: { token, variables } });
};

interface NewValues {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

export const setRunVariables = async (
  tx: Tx,
  context: Context,
  id: string,
  seen: number | null,
  { variables, reason }: NewValues,
): Promise<void> => {
  const event = { kind: 'variables', variables: variables as Record<string, Value> } as const;
  const run = await hold(tx, id, seen);
  refuseGrowth(run.instance, event.variables);
  await advance(tx, context, run, event, { command: 'setVariables', said: { variables, reason } });
};
