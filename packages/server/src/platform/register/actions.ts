import type { ProblemItem } from '@aimwell/contract/platform/problem';
import type { Command, Register } from '@aimwell/contract/platform/register';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { ProblemError, refused } from '../errors.ts';
import type { Behaviour, Behaviours, Intended } from './behaviour.ts';
import type { Gate } from './gate.ts';
import { emptyValue, type Row } from './columns.ts';
import { loadRow, loadRows } from './read.ts';
import { type Change, changesAnything, normaliseLists, writeRecords } from './write.ts';

/** A change that a person asks for, with the version he saw. */
export interface Asked {
  readonly id: string;
  readonly version: number | null;
  readonly set: Readonly<Record<string, unknown>>;
}

const isTooLate = (happenedOn: string, today: string) => (Date.parse(today) - Date.parse(happenedOn)) / 86_400_000 > 7;

/**
 * "Happened on" lies in the past, and a gap of more than seven days to the day of recording takes a reason. Imports and
 * the demo bring history and are marked as such, so they are exempt.
 */
export const lateProblems = (
  context: Context,
  input: { readonly happenedOn?: string | undefined; readonly lateReason?: string | undefined },
  field = 'happenedOn',
): ProblemItem[] => {
  if (input.happenedOn === undefined || context.source !== undefined) return [];
  if (input.happenedOn > context.today)
    return [
      {
        code: 'IN_THE_FUTURE',
        field,
        message: `expected ${context.today} or earlier, got ${input.happenedOn}`,
        remedy: 'Record it on the day it happens.',
      },
    ];
  if (isTooLate(input.happenedOn, context.today) && input.lateReason === undefined)
    return [
      {
        code: 'RECORDED_LATER',
        field: 'lateReason',
        message: `expected a reason, since ${input.happenedOn} is more than seven days before ${context.today}`,
        remedy: 'Say why it is recorded later.',
      },
    ];
  return [];
};

/** Create, change, archive and command for every register, with what its room adds. */
export const createRegisterActions = (behaviours: Behaviours, gate?: Gate) => {
  const judge = async (
    tx: Tx,
    context: Context,
    register: Register,
    changes: readonly Change[],
    deed: Intended['deed'],
  ): Promise<Change[]> => {
    const behaviour = behaviours.get(register.name);
    if (behaviour?.prepare === undefined) return [...changes];
    const blank = Object.fromEntries(Object.keys(register.fields).map((name) => [name, emptyValue(register, name)]));
    const intended = changes.map(({ before, set }) => ({ deed, before, after: { ...blank, ...before, ...set } }));
    const verdicts = await behaviour.prepare(tx, context, intended);
    const problems = verdicts.flatMap((verdict) => ('refused' in verdict ? verdict.refused : []));
    if (problems.length > 0) throw refused(problems.slice(0, 100));
    return changes.map((change, index) => {
      const verdict = verdicts[index];
      return verdict !== undefined && 'set' in verdict ? { ...change, set: { ...change.set, ...verdict.set } } : change;
    });
  };

  const finish = async (
    tx: Tx,
    context: Context,
    register: Register,
    changes: readonly Change[],
    deed: Parameters<typeof writeRecords>[4],
  ): Promise<Row[]> => {
    const rows = await writeRecords(tx, context, register, changes, deed);
    await behaviours.get(register.name)?.after?.(
      tx,
      context,
      rows.map((after, index) => ({ before: changes[index]?.before ?? null, after })),
      deed.command,
    );
    return rows;
  };

  /** Creates records; `managed` values come from rooms only, never from people. */
  const create = async (
    tx: Tx,
    context: Context,
    register: Register,
    values: readonly Readonly<Record<string, unknown>>[],
    options: { deed?: 'create' | 'import'; reason?: string | undefined } = {},
  ): Promise<Row[]> => {
    const deed = options.deed ?? 'create';
    const changes = values.map((set) => ({ before: null, set: normaliseLists(register, set) }));
    return finish(tx, context, register, await judge(tx, context, register, changes, deed), { command: deed, reason: options.reason });
  };

  /** Changes records, each at the version its editor saw (`null` = the version it has, for bulk deeds that name no version). */
  const change = async (
    tx: Tx,
    context: Context,
    register: Register,
    asked: readonly Asked[],
    options: { deed?: 'patch' | 'archive' | 'import'; reason?: string | undefined } = {},
  ): Promise<Row[]> => {
    const deed = options.deed ?? 'patch';
    const found = new Map(
      (
        await loadRows(
          tx,
          register,
          asked.map(({ id }) => id),
          { lock: true },
        )
      ).map((row) => [row.id, row]),
    );
    const changes = asked.map(({ id, version, set }): Change => {
      const before = found.get(id);
      if (before === undefined) throw new ProblemError('NOT_FOUND', { detail: 'No record with this id in this organisation.' });
      checkVersion(before, version);
      if (before['archivedAt'] !== null && deed !== 'archive')
        throw refused([
          {
            code: 'ARCHIVED',
            message: 'expected a record in use, got an archived one',
            remedy: 'Create a new record; an archived one stays as it was.',
          },
        ]);
      return { before, set: normaliseLists(register, set) };
    });
    const judged = await judge(tx, context, register, changes, deed);
    const real = judged.filter(changesAnything);
    const written = new Map(
      (await finish(tx, context, register, real, { command: deed, reason: options.reason })).map((row) => [row.id, row]),
    );
    return judged.map(({ before }) => written.get(before?.id ?? '') ?? (before as Row));
  };

  const archive = (tx: Tx, context: Context, register: Register, id: string, version: number | null, reason: string): Promise<Row[]> =>
    change(tx, context, register, [{ id, version, set: { archivedAt: context.now.toISOString(), archivedReason: reason } }], {
      deed: 'archive',
      reason,
    });

  /** Runs a declared command on one record; the room decides, the platform writes. */
  const command = async (
    tx: Tx,
    context: Context,
    register: Register,
    declared: Command,
    id: string,
    version: number | null,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Row> => {
    const handler = behaviours.get(register.name)?.commands?.[declared.name];
    if (handler === undefined) throw new Error(`${register.name}.${declared.name} is declared and nobody carries it out`);
    const before = await loadRow(tx, register, id, { lock: true });
    checkVersion(before, version);
    if (before['archivedAt'] !== null)
      throw refused([
        { code: 'ARCHIVED', message: 'expected a record in use, got an archived one', remedy: 'An archived record stays as it was.' },
      ]);
    const late = lateProblems(context, input);
    if (late.length > 0) throw refused(late);
    await gate?.(tx, context, { register: register.name, command: declared.name, record: id, input });
    const outcome = await handler(tx, context, { record: before, input: input as never });
    if ('refused' in outcome) throw refused(outcome.refused);
    const [row] = await finish(tx, context, register, [{ before, set: normaliseLists(register, outcome.set) }], {
      command: declared.name,
      reason: outcome.reason,
      input,
    });
    return row as Row;
  };

  return { create, change, archive, command };
};

export type RegisterActions = ReturnType<typeof createRegisterActions>;

const checkVersion = (record: Row, expected: number | null) => {
  if (expected !== null && record.version !== expected)
    throw new ProblemError('VERSION_CONFLICT', {
      currentVersion: record.version,
      detail: `You saw version ${expected}; it is now version ${record.version}.`,
      remedy: 'Load the record again and repeat the change.',
    });
};

/** Every command of the register has someone who carries it out, and nothing else is carried out. Checked at start. */
export const checkBehaviours = (registers: readonly Register[], behaviours: readonly Behaviour[]): void => {
  for (const register of registers) {
    const carried = Object.keys(behaviours.find((behaviour) => behaviour.register.name === register.name)?.commands ?? {}).toSorted();
    const declared = register.commands.map((entry) => entry.name).toSorted();
    if (carried.join() !== declared.join())
      throw new Error(`${register.name}: declared commands ${declared.join()}, carried out ${carried.join()}`);
  }
};
