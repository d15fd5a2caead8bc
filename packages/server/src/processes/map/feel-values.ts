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

/** Letters of a text, and of a whole value as JSON: what comes of rules that double what they find would fill the memory. */
const LONGEST_VALUE = 100_000;

/** A result that can be gone on with: no number without an end, no text that nobody reads. */
export const settled = (value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Undecided('it gives a number too large to hold');
  if (typeof value === 'string' && value.length > LONGEST_VALUE) throw new Undecided(tooLong);
  kindOf(value);
  return value ?? null;
};

const tooLong = `it gives more than the ${LONGEST_VALUE} characters that a value may have`;

/** A value that can be kept with a run. Counted before it is written, since parts that are shared are written each time. */
export const keepable = (value: unknown): unknown => {
  let left = LONGEST_VALUE;
  const count = (one: unknown): void => {
    left -= typeof one === 'string' ? one.length + 2 : 2;
    if (left < 0) throw new Undecided(tooLong);
    if (Array.isArray(one)) one.forEach(count);
    else if (kindOf(one) === 'record')
      for (const [name, part] of Object.entries(one as object)) {
        count(name);
        count(part);
      }
  };
  count(value);
  return value;
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
