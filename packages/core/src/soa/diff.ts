import type { SoaEntry } from './entry.ts';

export type EntryField = Exclude<keyof SoaEntry, 'control'>;

export interface FieldChange {
  readonly field: EntryField;
  readonly from: SoaEntry[EntryField];
  readonly to: SoaEntry[EntryField];
}

export interface EntryChange {
  readonly control: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Empty unless changed. */
  readonly fields: readonly FieldChange[];
}

/** In the order in which a reader asks: what was decided, why, and how far it is. */
const FIELDS: readonly EntryField[] = [
  'decision',
  'reasons',
  'justification',
  'risks',
  'laws',
  'contracts',
  'objectives',
  'linksConfirmed',
  'contradictionNote',
  'status',
  'owner',
  'targetDate',
];

/** What changed from one version to another, by control and field. Lists are compared as sets: their order says nothing. */
export function diff(before: readonly SoaEntry[], after: readonly SoaEntry[]): readonly EntryChange[] {
  const old = new Map(before.map((entry) => [entry.control, entry]));
  const kept = new Set(after.map((entry) => entry.control));
  const changes = after.map((entry): EntryChange => {
    const previous = old.get(entry.control);
    if (previous === undefined) return { control: entry.control, change: 'added', fields: [] };
    return { control: entry.control, change: 'changed', fields: changedFields(previous, entry) };
  });
  return [
    ...changes.filter(({ change, fields }) => change === 'added' || fields.length > 0),
    ...before
      .filter((entry) => !kept.has(entry.control))
      .map((entry): EntryChange => ({ control: entry.control, change: 'removed', fields: [] })),
  ].sort((a, b) => compareControls(a.control, b.control));
}

/** Annex A order: A.2.2 before A.10.2; own controls after it. */
export function compareControls(a: string, b: string): number {
  const rank = (id: string): number => (/^A\.\d/.test(id) ? 0 : 1);
  return rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
}

const changedFields = (from: SoaEntry, to: SoaEntry): readonly FieldChange[] =>
  FIELDS.filter((field) => comparable(from[field]) !== comparable(to[field])).map((field) => ({ field, from: from[field], to: to[field] }));

const comparable = (value: SoaEntry[EntryField]): string => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
