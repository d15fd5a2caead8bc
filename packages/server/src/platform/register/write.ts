import { isMany } from '@aimwell/contract/platform/field';
import type { ProblemItem } from '@aimwell/contract/platform/problem';
import { identifierOf, type Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import { codeProblems } from '../catalog/codes.ts';
import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { invalid, ProblemError } from '../errors.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { columnNames, emptyValue, type Row } from './columns.ts';
import { linkedFields, linkTable } from './ddl.ts';
import { indexForSearch } from './search.ts';

/** One record to be written: new (`before` null) or changed. `set` names only what differs. */
export interface Change {
  readonly before: Row | null;
  readonly id?: string;
  readonly set: Readonly<Record<string, unknown>>;
}

export interface Deed {
  /** Name of the command as the trail tells it: create, patch, archive, import, assess… */
  readonly command: string;
  readonly reason?: string | undefined;
  /** What the person entered, where it says more than the record shows. */
  readonly input?: unknown;
  /** The file the entry concerns. */
  readonly file?: { readonly name: string; readonly sha256: string };
}

const sameValue = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** True when the change says anything new about the record. */
export const changesAnything = (change: Change): boolean =>
  change.before === null || Object.entries(change.set).some(([name, value]) => !sameValue(change.before?.[name], value));

/**
 * The one way to write records: record, history twin, tables of single values, search, trail entry and the mark for the
 * rules, for one record or twenty thousand, in the running transaction. Returns the records as they now stand.
 * Throws INVALID for a code or reference that does not exist.
 */
export const writeRecords = async (
  tx: Tx,
  context: Context,
  register: Register,
  changes: readonly Change[],
  deed: Deed,
): Promise<Row[]> => {
  if (changes.length === 0) return [];
  const created = changes.filter((change) => change.before === null).length;
  let number = created === 0 ? 0 : await reserveNumbers(tx, register, created);
  const at = context.now.toISOString();
  const by = context.actor.personId;
  const rows = changes.map((change): Row => {
    const base = change.before ?? {
      ...initialValues(register),
      id: change.id ?? newId(),
      number: (number += 1),
      version: 0,
      createdAt: at,
      createdBy: by,
      archivedAt: null,
      archivedReason: null,
      custom: {},
    };
    return { ...base, ...change.set, id: base.id, number: base.number, version: base.version + 1, updatedAt: at, updatedBy: by } as Row;
  });
  const problems = rows.flatMap((row) => codeProblems(register, row));
  if (problems.length > 0) throw invalid(problems.slice(0, 100));
  const entries = rows.map(() => newId());
  await appendToTrail(
    tx,
    rows.map((row, index) => ({
      entry: entries[index] ?? '',
      register: register.name,
      record: row.id,
      version: row.version,
      command: deed.command,
      actor: actorId(context.actor),
      time: at,
      request: context.requestId,
      ...(deed.file === undefined ? {} : { file: deed.file.name, sha256: deed.file.sha256 }),
      payload: {
        record: payloadOf(register, row),
        ...(deed.reason === undefined ? {} : { reason: deed.reason }),
        ...(deed.input === undefined ? {} : { input: deed.input }),
      },
    })),
  );
  try {
    await saveRows(tx, register, changes, rows, entries);
    await saveLinks(tx, register, changes, rows);
  } catch (error) {
    throw referenceProblem(register, error) ?? error;
  }
  await indexForSearch(tx, register, rows);
  await tx.query(
    sql`insert into conformity_stale (organization_id, id, register) values (${tx.organisationId}::uuid, ${newId()}::uuid, ${register.name})`,
  );
  const told = rows.map((after, index) => ({ before: changes[index]?.before ?? null, after }));
  await tx.written?.(tx, context, register.name, told);
  return rows;
};

const initialValues = (register: Register) =>
  Object.fromEntries(Object.keys(register.fields).map((name) => [name, emptyValue(register, name)]));

const payloadOf = (register: Register, row: Row) => ({
  identifier: identifierOf(register, row.number),
  values: Object.fromEntries(Object.keys(register.fields).map((name) => [name, row[name] ?? null])),
  custom: row['custom'],
  archivedAt: row['archivedAt'],
  archivedReason: row['archivedReason'],
});

const reserveNumbers = async (tx: Tx, register: Register, count: number): Promise<number> => {
  const [row] = await tx.query<{ last: number }>(sql`
    insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${register.name}, ${count})
    on conflict (organization_id, register) do update set last = counters.last + ${count} returning last`);
  return (row?.last ?? count) - count;
};

const saveRows = async (tx: Tx, register: Register, changes: readonly Change[], rows: readonly Row[], entries: readonly string[]) => {
  const names = columnNames(register);
  const columns = Object.values(names);
  const list = sql.join([sql.ref('organization_id'), ...columns.map((name) => sql.ref(name))]);
  const asJson = (row: Row, entry: string) => ({
    organization_id: tx.organisationId,
    entry_id: entry,
    ...Object.fromEntries(Object.entries(names).map(([field, column]) => [column, row[field] ?? null])),
  });
  const all = rows.map((row, index) => ({ change: changes[index], json: asJson(row, entries[index] ?? '') }));
  const fresh = all.filter(({ change }) => change?.before === null).map(({ json }) => json);
  const changed = all.filter(({ change }) => change?.before !== null).map(({ json }) => json);
  const table = sql.table(register.table);
  const twin = sql.table(`${register.table}_history`);
  if (fresh.length > 0)
    await tx.query(
      sql`insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, ${JSON.stringify(fresh)}::json)`,
    );
  if (changed.length > 0) {
    const assignments = sql.join(
      columns.filter((name) => name !== 'id' && name !== 'number').map((name) => sql`${sql.ref(name)} = n.${sql.ref(name)}`),
    );
    const updated =
      await tx.query(sql`update ${table} t set ${assignments} from json_populate_recordset(null::${table}, ${JSON.stringify(changed)}::json) n
      where t.organization_id = ${tx.organisationId}::uuid and t.id = n.id and t.version = n.version - 1 returning t.id`);
    if (updated.length !== changed.length)
      throw new ProblemError('VERSION_CONFLICT', { remedy: 'Load the record again and repeat the change.' });
  }
  await tx.query(
    sql`insert into ${twin} (${list}, entry_id) select ${list}, entry_id from json_populate_recordset(null::${twin}, ${JSON.stringify(all.map(({ json }) => json))}::json)`,
  );
};

const saveLinks = async (tx: Tx, register: Register, changes: readonly Change[], rows: readonly Row[]) => {
  for (const [name, field] of linkedFields(register)) {
    const touched = rows.filter((row, index) => !sameValue(changes[index]?.before?.[name] ?? [], row[name]));
    if (touched.length === 0) continue;
    const link = sql.table(linkTable(register, name, field));
    const old = touched.filter((row) => row.version > 1).map((row) => row.id);
    if (old.length > 0)
      await tx.query(sql`delete from ${link} where organization_id = ${tx.organisationId}::uuid and record_id = any(${old}::uuid[])`);
    const pairs = touched.flatMap((row) =>
      [...new Set(row[name] as string[])].map((value) => ({ organization_id: tx.organisationId, value, record_id: row.id })),
    );
    if (pairs.length > 0)
      await tx.query(sql`insert into ${link} select * from json_populate_recordset(null::${link}, ${JSON.stringify(pairs)}::json)`);
  }
};

/** A composite foreign key refused: the record named is not one of this organisation. Says which field. */
const referenceProblem = (register: Register, error: unknown): ProblemError | undefined => {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23503' || constraint === undefined) return undefined;
  for (const [name, field] of Object.entries(register.fields)) {
    if (field.kind !== 'reference' && field.kind !== 'references') continue;
    const names = [`${register.table}_${columnNames(register)[name]}_fk`, `${linkTable(register, name, field)}_fk`];
    if (names.includes(constraint)) {
      const problem: ProblemItem = {
        code: 'REFERENCE',
        field: name,
        message: `expected a record of ${field.to} in this organisation`,
        remedy: 'Choose one that exists here.',
      };
      return invalid([problem]);
    }
  }
  return undefined;
};

/** Lists given twice or in another order are one value. */
export const normaliseLists = (register: Register, values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = register.fields[name];
      return [name, field !== undefined && isMany(field) && Array.isArray(value) ? [...new Set(value as string[])] : value];
    }),
  );
