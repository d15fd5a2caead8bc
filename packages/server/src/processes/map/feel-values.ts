import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin';

/** What is asked cannot be answered from what is known. The message says why, for whoever mends the cause. */
export class Undecided extends Error {}

/** Values while an expression is evaluated: what JSON can say, and the dates, times and durations of feelin. */
export type Kind = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'record' | 'date' | 'time' | 'date and time' | 'duration';

export const kindOf = (value: unknown): Kind => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDuration) return 'duration';
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return 'record';
  throw new Undecided('it gives neither a value nor a list');
};

/** A result that can be kept: no number without an end. */
export const settled = (value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Undecided('it gives a number too large to hold');
  kindOf(value);
  return value ?? null;
};

/** A property by its name; a record that does not have it leaves the question open. */
export const propertyOf = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value.map((item) => propertyOf(item, name));
  if (kindOf(value) === 'record' && Object.hasOwn(value as object, name)) return (value as Record<string, unknown>)[name] ?? null;
  throw new Undecided(`"${name}" is asked of ${kindOf(value) === 'record' ? 'a record that does not have it' : `a ${kindOf(value)}`}`);
};

const sized: ReadonlySet<Kind> = new Set(['number', 'text', 'date', 'time', 'date and time', 'duration']);

/** Throws unless both can be told apart by size. */
export const mustCompare = (left: unknown, right: unknown): void => {
  const [a, b] = [kindOf(left), kindOf(right)];
  if (a !== b || !sized.has(a)) throw new Undecided(`a ${a} cannot be compared with a ${b}`);
};
