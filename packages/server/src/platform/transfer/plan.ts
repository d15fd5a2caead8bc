import type { ImportFixes, ImportProblem } from '@aimwell/contract/platform/transfer';
import type { Register } from '@aimwell/contract/platform/register';
import type { Tx } from '../database/pool.ts';
import type { Row as Record_ } from '../register/columns.ts';
import { loadRows } from '../register/read.ts';
import { type CellProblem, createConverter, type FieldValue } from '../tables/convert.ts';
import type { TargetField } from '../tables/fields.ts';
import { type ColumnMap, suggestMapping } from '../tables/mapping.ts';
import type { Row, Table } from '../tables/types.ts';
import { difference } from './difference.ts';
import { targetFields } from './fields.ts';
import { exportMapping, isExport, ownHeaders } from './headers.ts';
import { openLookup, openLookups } from './lookup.ts';
import { ownFields } from './own.ts';
import { createSettler } from './settle.ts';
import { knownRows, loadMapping, type SavedMapping } from './source.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What one row of the table would become. */
export interface PlannedRow {
  readonly row: number;
  readonly identity: string;
  /** Fields as the register takes them; people who are not there yet as `{ person: name }`. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly custom: Readonly<Record<string, string>>;
  readonly problems: readonly ImportProblem[];
  readonly state: 'ready' | 'needs' | 'wrong';
  readonly effect: 'create' | 'change' | 'unchanged';
  /** The record it would change, and what would differ. */
  readonly record: Record_ | null;
  readonly set: Readonly<Record<string, unknown>>;
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly source: string;
  readonly newPeople: readonly string[];
  readonly notes: readonly string[];
  readonly mapping: SavedMapping;
}

/** A place for every column: exactly back for an export, as last time for columns seen before, else a guess. */
export const mappingFor = async (
  tx: Tx,
  register: Register,
  table: Table,
): Promise<{ mapping: SavedMapping; from: 'guess' | 'saved' | 'export' }> => {
  if (isExport(register, table)) return { mapping: { columns: exportMapping(register, table) }, from: 'export' };
  const saved = await loadMapping(tx, register, table.headers);
  const columns = suggestMapping(table.headers, table.rows, targetFields(register), saved?.columns ?? []).map(unlikely);
  return saved === null ? { mapping: { columns }, from: 'guess' } : { mapping: { ...saved, columns }, from: 'saved' };
};

/** A guess that sends a column to choices none of which it names is no guess; addresses of source code are no origin. */
const unlikely = (column: ColumnMap): ColumnMap =>
  column.confidence < 0.9 &&
  column.values !== undefined &&
  column.values.length > 0 &&
  column.values.every(({ value }) => value === undefined)
    ? { index: column.index, key: column.key, samples: column.samples, to: 'own', confidence: 0 }
    : column;

const noFixes: Readonly<Record<string, string | readonly string[]>> = {};

/** Works out what every row would become, and everything that is wrong with it. Writes nothing. */
export const planImport = async (
  tx: Tx,
  register: Register,
  table: Table,
  mapping: SavedMapping,
  options: { readonly fixes?: ImportFixes; readonly createPeople: boolean },
): Promise<Plan> => {
  const fields = targetFields(register);
  const exported = isExport(register, table);
  const columns = mapping.columns.filter(({ index }) => index < table.headers.length);
  const convert = createConverter(columns, fields, table.rows, mapping.dateOrder === undefined ? {} : { dateOrder: mapping.dateOrder });
  const mapped = columns.flatMap(({ to, field }) => (to === 'field' && field !== undefined ? [field] : []));
  const fixedFields = Object.values(options.fixes ?? {}).flatMap((fix) => Object.keys(fix));
  const lookups = await openLookups(tx, register, [...new Set([...mapped, ...fixedFields])]);
  const settler = createSettler(register, lookups, options.createPeople);
  const known = await knownRows(tx, register, table, mapping.idColumns ?? []);
  const recordOf = exported ? await exportedRecords(tx, register) : () => null;
  const targets = table.rows.map((row) => recordOf(row) ?? known.identities.get(row.number)?.record ?? null);
  const records = new Map(
    (await loadRows(tx, register, [...new Set(targets.filter((id) => id !== null))])).map((record) => [record.id, record]),
  );
  // What left here as a draft may come back as one.
  const needs = exported
    ? []
    : (vocabularyOf(register.name).needs ?? []).filter(({ fields: oneOf }) =>
        oneOf.some((name) => mapped.includes(name) || fixedFields.includes(name)),
      );

  const rows = table.rows.map((row, index): PlannedRow => {
    const converted = convert(row);
    const fix = options.fixes?.[String(row.number)] ?? noFixes;
    const mended = mend(row.number, fix, fields);
    const merged = { ...omit(converted.values, Object.keys(fix)), ...mended.values };
    const settled = settler.settle(row.number, merged, columns);
    const problems: ImportProblem[] = [
      ...converted.problems.filter(({ field }) => !Object.hasOwn(fix, field)).map((problem) => soften(problem, fields)),
      ...mended.problems,
      ...settled.problems,
    ];
    for (const need of needs) {
      if (need.fields.some((name) => !isNothing(settled.values[name]))) continue;
      const column = columns.find(({ field }) => field !== undefined && (need.fields as readonly string[]).includes(field));
      const target = fields.find(({ name }) => name === need.fields[0]);
      problems.push({
        code: need.code,
        severity: 'needs',
        row: row.number,
        column: column?.key ?? '',
        field: need.fields[0],
        seen: column === undefined ? '' : (row.cells[column.index] ?? '').trim(),
        allowed: (target?.choices ?? []).map(({ value }) => value).filter((value) => !value.includes('+')),
        message: `expected ${need.what}, got none`,
        suggestion: need.suggest(settled.values),
      });
    }
    const identity = known.identities.get(row.number);
    const custom = ownFields({ row, columns, converted, values: settled.values, exported, ownName: ownHeaders(register).read });
    const record = records.get(targets[index] ?? '') ?? null;
    // A row known by its content alone has nothing new to say; one known by an id may.
    const set =
      record === null || record['archivedAt'] !== null || (!exported && identity?.basis === 'content')
        ? {}
        : difference(register, record, settled.values, custom, {
            mapped,
            exported,
            brought: vocabularyOf(register.name).broughtAlong ?? [],
          });
    return {
      row: row.number,
      identity: identity?.identity ?? '',
      values: settled.values,
      custom,
      problems,
      record,
      set,
      state: problems.some(({ severity }) => severity === 'error')
        ? 'wrong'
        : problems.some(({ severity }) => severity === 'needs')
          ? 'needs'
          : 'ready',
      effect: record === null ? 'create' : Object.keys(set).length === 0 ? 'unchanged' : 'change',
    };
  });
  const doubled = new Map(
    known.duplicates.flatMap(({ rows: numbers }) => numbers.slice(1).map((number) => [number, numbers[0] ?? number] as const)),
  );
  const judged = rows.map((row) =>
    doubled.has(row.row)
      ? { ...row, state: 'wrong' as const, problems: [...row.problems, sameId(row.row, doubled.get(row.row) ?? 0, mapping)] }
      : row,
  );
  return {
    rows: judged,
    source: known.source,
    newPeople: settler.newPeople(),
    notes: exported
      ? ['This table is an export: its rows change the records with the same identifiers, and rows without one are new.']
      : notesOf(register, mapped),
    mapping: { ...mapping, columns },
  };
};

const isNothing = (value: unknown) => value === undefined || value === null || (Array.isArray(value) && value.length === 0);
const omit = (values: Readonly<Record<string, FieldValue>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

const exportedRecords = async (tx: Tx, register: Register): Promise<(row: Row) => string | null> => {
  const find = await openLookup(tx, register);
  return (row) => {
    const found = row.cells[0] === undefined || row.cells[0] === '' ? 'none' : find(row.cells[0]);
    return typeof found === 'object' ? found.id : null;
  };
};

/** A cell that cannot be read keeps its row back only where the field is required; elsewhere its text becomes an own field. */
const soften = (seen: CellProblem, fields: readonly TargetField[]): ImportProblem => {
  const problem: ImportProblem = { ...seen, allowed: [...seen.allowed] };
  const required = fields.find(({ name }) => name === problem.field)?.required === true;
  if (required || problem.severity !== 'error') return problem;
  return { ...problem, severity: 'warning', message: `${problem.message}; kept as own field` };
};

/** What a person typed goes through the same conversion as cells do. */
const mend = (row: number, fix: Readonly<Record<string, string | readonly string[]>>, fields: readonly TargetField[]) => {
  const names = Object.keys(fix);
  const columns = names.map((field, index) => ({ index, key: '', to: 'field' as const, field, confidence: 1, samples: [] }));
  const cells = names.map((name) => {
    const given = fix[name] ?? '';
    return typeof given === 'string' ? given : given.join('; ');
  });
  const known = fields.filter(({ name }) => names.includes(name));
  const { values, problems } = createConverter(columns, known, [{ number: row, cells }])({ number: row, cells });
  const strange = names.filter((name) => !known.some((field) => field.name === name));
  return {
    values,
    problems: [
      ...problems.map((problem): ImportProblem => ({ ...problem, allowed: [...problem.allowed] })),
      ...strange.map((field): ImportProblem => ({
        code: 'FIELD_UNKNOWN',
        severity: 'error',
        row,
        column: '',
        field,
        seen: '',
        allowed: fields.map(({ name }) => name),
        message: `expected a field that import may fill, got “${field}”`,
      })),
    ],
  };
};

const sameId = (row: number, first: number, mapping: SavedMapping): ImportProblem => ({
  code: 'ID_TWICE',
  severity: 'error',
  row,
  column: mapping.idColumns?.[0] ?? '',
  field: '',
  seen: '',
  allowed: [],
  message: `expected an id of its own, got the id of row ${first}`,
});

const notesOf = (register: Register, mapped: readonly string[]): string[] =>
  (vocabularyOf(register.name).needs ?? [])
    .filter(({ fields }) => !fields.some((name) => mapped.includes(name)))
    .map(({ what }) => `No column says ${what}; set it for all records after the import.`);
