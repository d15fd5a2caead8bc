import { provenOrder, readDate } from './dates.ts';
import type { DateOrder } from './dates.ts';
import { findChoice, splitValues } from './fields.ts';
import type { TargetField } from './fields.ts';
import { savedValue } from './mapping.ts';
import type { ColumnMap } from './mapping.ts';
import { readBoolean, readNumber } from './scalars.ts';
import { trimmedCell } from './types.ts';
import type { Row } from './types.ts';

/** Days as ISO 8601; people and references as the names the sheet gives them, for the import to look up. */
export type FieldValue = string | number | boolean | readonly string[];

/** What is wrong in one cell. An `error` keeps the row from being ready; a `warning` says how the cell was understood. */
export interface CellProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly row: number;
  /** Key of the column; '' where the sheet has no column for the field. */
  readonly column: string;
  readonly field: string;
  readonly seen: string;
  /** What would be right: the choices, the two readings of a date. */
  readonly allowed: readonly string[];
  readonly message: string;
}

export interface Converted {
  readonly row: number;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Own fields: the original text of every column that has no field, empty ones left out. */
  readonly custom: Readonly<Record<string, string>>;
  /** By column key: the cell as the sheet had it, where the value does not say the same letter for letter. Export can give it back. */
  readonly originals: Readonly<Record<string, string>>;
  readonly problems: readonly CellProblem[];
}

export interface ConvertOptions {
  /** How to read 3/4/2024; without it the other dates of the column decide, and where they cannot, a person must. */
  readonly dateOrder?: DateOrder;
}

interface Bound {
  readonly column: ColumnMap;
  readonly field: TargetField;
  readonly order: { readonly is: DateOrder; readonly by: 'choice' | 'column' } | undefined;
}

interface Cell extends Bound {
  readonly row: number;
  readonly seen: string;
}

type Outcome = { readonly value?: FieldValue; readonly problem?: CellProblem };

/**
 * Makes the function that turns a row into field values, own fields and everything that is wrong with it. All rows come
 * in once, because what one date means may follow from the others in its column.
 */
export function createConverter(
  mapping: readonly ColumnMap[],
  fields: readonly TargetField[],
  rows: readonly Row[],
  options: ConvertOptions = {},
): (row: Row) => Converted {
  const bound = mapping.flatMap((column) => bind(column, fields, rows, options));
  const own = mapping.filter(({ to }) => to === 'own');
  return (row) => {
    const values: [string, FieldValue][] = [];
    const originals: [string, string][] = [];
    const problems: CellProblem[] = [];
    for (const each of bound) {
      const seen = trimmedCell(row, each.column.index);
      if (seen === '') continue;
      const { value, problem } = convertCell({ ...each, row: row.number, seen });
      const written = row.cells[each.column.index] ?? '';
      if (value !== undefined) values.push([each.field.name, value]);
      if (value !== written) originals.push([each.column.key, written]);
      if (problem !== undefined) problems.push(problem);
    }
    problems.push(...missing(row, fields, bound));
    // fromEntries defines each name as its own property, so a column called “__proto__” is a name like any other.
    const custom = own.map(({ index, key }): [string, string] => [key, row.cells[index] ?? '']).filter(([, text]) => text.trim() !== '');
    return {
      row: row.number,
      values: Object.fromEntries(values),
      custom: Object.fromEntries(custom),
      originals: Object.fromEntries(originals),
      problems,
    };
  };
}

function bind(column: ColumnMap, fields: readonly TargetField[], rows: readonly Row[], options: ConvertOptions): Bound[] {
  const field = column.to === 'field' ? fields.find(({ name }) => name === column.field) : undefined;
  if (field === undefined) return [];
  if (options.dateOrder !== undefined) return [{ column, field, order: { is: options.dateOrder, by: 'choice' } }];
  const proven = field.kind === 'date' ? provenOrder(rows.map((row) => trimmedCell(row, column.index))) : undefined;
  return [{ column, field, order: proven === undefined ? undefined : { is: proven, by: 'column' } }];
}

function missing(row: Row, fields: readonly TargetField[], bound: readonly Bound[]): CellProblem[] {
  return fields
    .filter((field) => field.required === true)
    .flatMap((field) => {
      const column = bound.find((each) => each.field === field)?.column;
      if (column !== undefined && trimmedCell(row, column.index) !== '') return [];
      const got = column === undefined ? 'no column for it' : 'an empty cell';
      const problem = {
        code: 'VALUE_MISSING',
        severity: 'error',
        row: row.number,
        column: column?.key ?? '',
        field: field.name,
        seen: '',
      } as const;
      return [{ ...problem, allowed: (field.choices ?? []).map(({ label }) => label), message: `expected ${field.label}, got ${got}` }];
    });
}

const problem = (cell: Cell, code: string, severity: 'error' | 'warning', allowed: readonly string[], message: string): CellProblem => ({
  code,
  severity,
  row: cell.row,
  column: cell.column.key,
  field: cell.field.name,
  seen: cell.seen,
  allowed,
  message,
});

function convertCell(cell: Cell): Outcome {
  switch (cell.field.kind) {
    case 'choice':
      return choiceOf(cell);
    case 'choices':
      return choicesOf(cell);
    case 'date':
      return dateOf(cell);
    case 'number':
      return numberOf(cell);
    case 'boolean':
      return booleanOf(cell);
    case 'references':
      return { value: splitValues(cell.seen) };
    case 'text':
    case 'longText':
    case 'person':
    case 'reference':
      return { value: cell.seen };
  }
}

/** What the person mapped goes before what the choices are called. */
const meaning = ({ column, field }: Cell, seen: string) => savedValue(column.values ?? [], seen) ?? findChoice(field, seen)?.value;

function unknown(cell: Cell, parts: readonly string[]): CellProblem {
  const allowed = (cell.field.choices ?? []).map(({ label }) => label);
  return problem(
    cell,
    'CHOICE_UNKNOWN',
    'error',
    allowed,
    `expected ${allowed.join(', ')}; got ${parts.map((part) => `“${part}”`).join(', ')}`,
  );
}

function choiceOf(cell: Cell): Outcome {
  const value = meaning(cell, cell.seen);
  return value === undefined ? { problem: unknown(cell, [cell.seen]) } : { value };
}

function choicesOf(cell: Cell): Outcome {
  const parts = splitValues(cell.seen, (part) => meaning(cell, part) !== undefined);
  const strange = parts.filter((part) => meaning(cell, part) === undefined);
  if (strange.length > 0) return { problem: unknown(cell, strange) };
  return { value: [...new Set(parts.flatMap((part) => meaning(cell, part) ?? []))] };
}

function dateOf(cell: Cell): Outcome {
  const found = readDate(cell.seen);
  if (found.kind === 'day') {
    if (found.guessed === undefined) return { value: found.day };
    return {
      value: found.day,
      problem: problem(
        cell,
        'DATE_GUESSED',
        'warning',
        [found.day],
        `expected a full date, got “${cell.seen}”; read as ${found.day}, guessing ${found.guessed}`,
      ),
    };
  }
  if (found.kind === 'ambiguous') return eitherDay(cell, found);
  const got = found.kind === 'incomplete' ? `“${cell.seen}” without a day` : `“${cell.seen}”`;
  return {
    problem: problem(
      cell,
      found.kind === 'incomplete' ? 'DATE_INCOMPLETE' : 'DATE_UNREADABLE',
      'error',
      ['2026-03-31', '31.03.2026', '31 March 2026'],
      `expected a date such as 2026-03-31, got ${got}`,
    ),
  };
}

function eitherDay(cell: Cell, found: { readonly dmy: string; readonly mdy: string }): Outcome {
  const readings = [found.dmy, found.mdy];
  if (cell.order === undefined) {
    return {
      problem: problem(
        cell,
        'DATE_AMBIGUOUS',
        'error',
        readings,
        `expected one day, got “${cell.seen}”, which may be ${found.dmy} or ${found.mdy}`,
      ),
    };
  }
  const value = found[cell.order.is];
  if (cell.order.by === 'choice') return { value };
  return {
    value,
    problem: problem(
      cell,
      'DATE_ORDER_GUESSED',
      'warning',
      readings,
      `expected one day, got “${cell.seen}”; read as ${value}, like the other dates of this column`,
    ),
  };
}

function numberOf(cell: Cell): Outcome {
  const found = readNumber(cell.seen);
  if (found.kind === 'number') return { value: found.value };
  if (found.kind === 'none')
    return { problem: problem(cell, 'NUMBER_UNREADABLE', 'error', ['1234.5'], `expected a number, got “${cell.seen}”`) };
  return {
    problem: problem(
      cell,
      'NUMBER_AMBIGUOUS',
      'error',
      [String(found.decimal), String(found.thousands)],
      `expected one number, got “${cell.seen}”, which may be ${found.decimal} or ${found.thousands}`,
    ),
  };
}

function booleanOf(cell: Cell): Outcome {
  const value = readBoolean(cell.seen);
  return value === undefined
    ? { problem: problem(cell, 'BOOLEAN_UNREADABLE', 'error', ['yes', 'no'], `expected yes or no, got “${cell.seen}”`) }
    : { value };
}
