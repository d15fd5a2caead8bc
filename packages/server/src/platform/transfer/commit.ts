import type { ImportFixes, ImportResult } from '@aimwell/contract/platform/transfer';
import type { Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import type { RegisterActions } from '../register/actions.ts';
import type { Table } from '../tables/types.ts';
import { readPerson } from './lookup.ts';
import { type Plan, planImport, type PlannedRow } from './plan.ts';
import { isNewPerson } from './settle.ts';
import { rememberRows, type SavedMapping, saveMapping, waitForTurn } from './source.ts';

export interface CommitOptions {
  readonly fixes?: ImportFixes;
  readonly createPeople: boolean;
  readonly keepProblemsAsDrafts: boolean;
  readonly fileName: string;
}
export type Report = (done: number, total: number) => void;

/** Records written at once: enough to be fast, few enough to bound memory and to show progress. */
const chunkSize = 1000;

/** Only those who may add people to the directory do so by an import. */
export const mayCreatePeople = (context: Context, wished: boolean): boolean =>
  wished && holdsOneOf(context.actor.roles, registerNamed('people').permissions.create);

/**
 * Imports a table in the running transaction: everything or, with the reasons, nothing. A row that an earlier import
 * brought is not brought again; where columns name it, what differs is changed.
 * @throws REFUSED with every row that stands against it
 */
export const commitImport = async (
  tx: Tx,
  context: Context,
  actions: RegisterActions,
  register: Register,
  table: Table,
  mapping: SavedMapping,
  options: CommitOptions,
  report: Report = () => {},
): Promise<ImportResult> => {
  await waitForTurn(tx, register);
  const importing: Context = { ...context, source: 'import' };
  const plan = await planImport(tx, register, table, mapping, {
    ...(options.fixes === undefined ? {} : { fixes: options.fixes }),
    createPeople: mayCreatePeople(context, options.createPeople),
  });
  refuseWhatIsNotReady(plan, options.keepProblemsAsDrafts);
  const reason = `Imported from ${options.fileName}`;
  const fresh = plan.rows.filter(({ effect }) => effect === 'create');
  const changed = plan.rows.filter(({ effect }) => effect === 'change');
  const people = await addPeople(tx, importing, actions, neededPeople([...fresh, ...changed]), reason);
  const total = fresh.length + changed.length;
  const ids: string[] = [];
  for (const rows of chunks(fresh)) {
    const values = rows.map((row) => ({ ...withPeople(row.values, people), custom: row.custom }));
    const made = await actions.create(tx, importing, register, values, { deed: 'import', reason });
    await rememberRows(
      tx,
      register,
      plan.source,
      rows.map(({ identity }, index) => ({ identity, record: made[index]?.id ?? '' })),
    );
    ids.push(...made.map(({ id }) => id));
    report(ids.length, total);
  }
  for (const [index, rows] of chunks(changed).entries()) {
    await actions.change(
      tx,
      importing,
      register,
      rows.map((row) => ({ id: row.record?.id ?? '', version: row.record?.version ?? null, set: withPeople(row.set, people) })),
      { deed: 'import', reason },
    );
    report(fresh.length + index * chunkSize + rows.length, total);
  }
  await saveMapping(tx, register, table.headers, plan.mapping);
  const skipped = plan.rows.filter(({ record }) => record !== null && record['archivedAt'] !== null).length;
  return {
    created: fresh.length,
    changed: changed.length,
    unchanged: plan.rows.length - fresh.length - changed.length - skipped,
    skipped,
    people: [...people.keys()],
    ids,
    warnings: plan.rows.reduce((sum, { problems }) => sum + problems.filter(({ severity }) => severity === 'warning').length, 0),
  };
};

const refuseWhatIsNotReady = (plan: Plan, drafts: boolean): void => {
  const against = plan.rows.filter(({ state, effect }) => effect !== 'unchanged' && (state === 'wrong' || (state === 'needs' && !drafts)));
  if (against.length === 0) return;
  const problems = against.flatMap(({ problems: found }) => found.filter(({ severity }) => severity !== 'warning')).slice(0, 100);
  throw refused(
    problems.map(({ code, row, column, field, message, suggestion }) => ({
      code,
      field: `row ${row}${column === '' ? '' : `, ${column}`}${field === '' ? '' : ` (${field})`}`,
      message: `row ${row}: ${message}`,
      remedy:
        suggestion === undefined
          ? 'Mend the cell, here or in the file.'
          : `Say it here; “${suggestion}” is likely. Or import these rows as drafts.`,
    })),
  );
};

const chunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, index) => rows.slice(index * chunkSize, (index + 1) * chunkSize));

const neededPeople = (rows: readonly PlannedRow[]): string[] => [
  ...new Set(
    rows.flatMap(({ values }) =>
      Object.values(values)
        .flatMap((value) => (Array.isArray(value) ? value : [value]))
        .flatMap((value) => (isNewPerson(value) ? [value.person] : [])),
    ),
  ),
];

/** Adds people the directory does not know; answers name as written → id. */
const addPeople = async (
  tx: Tx,
  context: Context,
  actions: RegisterActions,
  names: readonly string[],
  reason: string,
): Promise<Map<string, string>> => {
  if (names.length === 0) return new Map();
  const made = await actions.create(
    tx,
    context,
    registerNamed('people'),
    names.map((text) => readPerson(text)),
    { deed: 'import', reason },
  );
  return new Map(names.map((name, index) => [name, made[index]?.id ?? '']));
};

const withPeople = (values: Readonly<Record<string, unknown>>, people: ReadonlyMap<string, string>): Record<string, unknown> => {
  const resolve = (value: unknown): unknown => (isNewPerson(value) ? people.get(value.person) : value);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(resolve) : resolve(value)]),
  );
};
