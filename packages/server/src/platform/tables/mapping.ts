import { findChoice, hasChoices, splitValues } from './fields.ts';
import type { TargetField } from './fields.ts';
import { readDate } from './dates.ts';
import { readBoolean, readNumber } from './scalars.ts';
import { trimmedCell } from './types.ts';
import type { Header, Row } from './types.ts';
import { normalise, similarity } from './words.ts';

/** What a text in a choice column means: `value` is the choice's value; without it a person has to say. */
export interface ValueMap {
  readonly seen: string;
  readonly count: number;
  readonly value?: string;
}

/**
 * Where one column goes: to a field of the register, to an own field of the organisation (named by the column's key), or,
 * only when a person says so, nowhere. Plain data, so that it can be edited, saved and used again.
 */
export interface ColumnMap {
  readonly index: number;
  readonly key: string;
  readonly to: 'field' | 'own' | 'skip';
  readonly field?: string;
  /** How sure the guess is, 0 to 1; 1 for a saved mapping. */
  readonly confidence: number;
  readonly samples: readonly string[];
  readonly values?: readonly ValueMap[];
}

/** Guesses below this are left to the person. */
const SURE_ENOUGH = 0.55;
const SAMPLES = 3;

interface Candidate {
  readonly header: Header;
  readonly field: TargetField;
  readonly score: number;
}

/**
 * Suggests a place for every column, in the order of the columns. Each field takes one column at most, the best guess
 * first; every other column becomes an own field, so nothing is dropped unseen.
 * @param rows the rows whose values decide the choices and weigh the guess; give all rows to have all values counted
 * @param saved an earlier mapping: a column with the same key goes where it went then, known values keep their meaning
 */
export function suggestMapping(
  headers: readonly Header[],
  rows: readonly Row[],
  fields: readonly TargetField[],
  saved: readonly ColumnMap[] = [],
): ColumnMap[] {
  const before = new Map(saved.map((column) => [column.key, column]));
  const taken = new Map<number, { field: TargetField; score: number }>();
  for (const header of headers) {
    const field = fields.find(({ name }) => name === before.get(header.key)?.field);
    if (field !== undefined && ![...taken.values()].some((other) => other.field === field)) taken.set(header.index, { field, score: 1 });
  }
  const open = headers.filter(({ key }) => !before.has(key));
  for (const { header, field, score } of candidates(open, rows, fields)) {
    const fieldTaken = [...taken.values()].some((other) => other.field === field);
    if (!taken.has(header.index) && !fieldTaken) taken.set(header.index, { field, score });
  }
  return headers.map((header) => place(header, rows, taken.get(header.index), before.get(header.key)));
}

function place(
  header: Header,
  rows: readonly Row[],
  found: { field: TargetField; score: number } | undefined,
  saved: ColumnMap | undefined,
): ColumnMap {
  const base = { index: header.index, key: header.key, samples: samples(rows, header.index) };
  if (found === undefined) return { ...base, to: saved?.to === 'skip' ? 'skip' : 'own', confidence: saved === undefined ? 0 : 1 };
  const column = { ...base, to: 'field' as const, field: found.field.name, confidence: found.score };
  return hasChoices(found.field) ? { ...column, values: mapValues(rows, header.index, found.field, saved?.values) } : column;
}

/**
 * The mapping after a person sends one column elsewhere. A field that another column held leaves it, and that column
 * becomes an own field; the choices of the new field are guessed from all rows.
 */
export function sendColumn(
  mapping: readonly ColumnMap[],
  index: number,
  to: { readonly field: TargetField } | 'own' | 'skip',
  rows: readonly Row[],
): ColumnMap[] {
  return mapping.map((column) => {
    const base = { index: column.index, key: column.key, samples: column.samples, confidence: 1 };
    if (column.index !== index) {
      const ousted = typeof to === 'object' && column.to === 'field' && column.field === to.field.name;
      return ousted ? { ...base, to: 'own' } : column;
    }
    if (typeof to === 'string') return { ...base, to };
    const sent = { ...base, to: 'field' as const, field: to.field.name };
    return hasChoices(to.field) ? { ...sent, values: mapValues(rows, index, to.field) } : sent;
  });
}

function samples(rows: readonly Row[], index: number): string[] {
  const seen = new Set<string>();
  for (const row of rows) {
    const cell = trimmedCell(row, index);
    if (cell !== '') seen.add(cell);
    if (seen.size === SAMPLES) break;
  }
  return [...seen];
}

function candidates(headers: readonly Header[], rows: readonly Row[], fields: readonly TargetField[]): Candidate[] {
  const found: Candidate[] = [];
  for (const header of headers) {
    if (header.trimmed === '') continue;
    for (const field of fields) {
      const name = nameScore(header, field);
      if (name < SURE_ENOUGH - 0.1) continue;
      const score = weigh(name, header, rows, field);
      if (score >= SURE_ENOUGH) found.push({ header, field, score });
    }
  }
  return found.toSorted((a, b) => b.score - a.score || a.header.index - b.header.index);
}

/** A field's own label and name count a little more than its synonyms, so that an exact label wins over a borrowed word. */
function nameScore(header: Header, field: TargetField): number {
  const own = Math.max(similarity(header.trimmed, field.label), similarity(header.trimmed, field.name));
  const synonym = Math.max(0, ...(field.synonyms ?? []).map((name) => similarity(header.trimmed, name)));
  return Math.max(own, synonym * 0.97);
}

/** Values that fit the field speak for the guess, values that do not against it. */
function weigh(name: number, header: Header, rows: readonly Row[], field: TargetField): number {
  const fits = fitting(field);
  if (fits === undefined) return name;
  const cells = rows
    .slice(0, 500)
    .map((row) => trimmedCell(row, header.index))
    .filter((cell) => cell !== '');
  if (cells.length === 0) return name;
  const share = cells.filter(fits).length / cells.length;
  if (share >= 0.5) return Math.min(1, name + 0.1);
  // Choices may bear names nobody has told us yet; a date or a number cannot.
  return hasChoices(field) ? name : name * (0.6 + 0.4 * share);
}

function fitting(field: TargetField): ((cell: string) => boolean) | undefined {
  if (hasChoices(field))
    return (cell) =>
      splitValues(cell, (part) => findChoice(field, part) !== undefined).every((part) => findChoice(field, part) !== undefined);
  if (field.kind === 'date') return (cell) => readDate(cell).kind !== 'none';
  if (field.kind === 'number') return (cell) => readNumber(cell).kind !== 'none';
  if (field.kind === 'boolean') return (cell) => readBoolean(cell) !== undefined;
  return undefined;
}

/** Every text of a choice column once (spellings that differ in case and spacing together), most frequent first, with its guess. */
export function mapValues(rows: readonly Row[], index: number, field: TargetField, saved: readonly ValueMap[] = []): ValueMap[] {
  const known = (part: string) => findChoice(field, part) !== undefined || savedValue(saved, part) !== undefined;
  const tally = new Map<string, { seen: string; count: number }>();
  for (const row of rows) {
    const cell = trimmedCell(row, index);
    for (const part of field.kind === 'choices' ? splitValues(cell, known) : [cell].filter((text) => text !== '')) {
      const key = normalise(part) || part;
      const entry = tally.get(key) ?? { seen: part, count: 0 };
      tally.set(key, { ...entry, count: entry.count + 1 });
    }
  }
  return [...tally.values()]
    .toSorted((a, b) => b.count - a.count)
    .map((entry) => {
      const value = savedValue(saved, entry.seen) ?? findChoice(field, entry.seen)?.value;
      return value === undefined ? entry : { ...entry, value };
    });
}

/** The value a person or an earlier import gave to a text. */
export const savedValue = (values: readonly ValueMap[], seen: string): string | undefined =>
  values.find((entry) => normalise(entry.seen) === normalise(seen) && entry.value !== undefined)?.value;
