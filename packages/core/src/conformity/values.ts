/** What a rule may see of a field: the register declarations know the kind, a rule asks for what it needs of it. */
export type Value = string | number | boolean | readonly string[] | null;

/** A record as rules see it: who it is, and the fields a rule declared. Absent values are null, absent lists empty. */
export type Seen<F extends string = string> = { readonly id: string; readonly identifier: string; readonly title: string } & {
  readonly [K in F]: Value;
};

/** The text of a value; null when it is absent or blank. */
export const textOf = (value: Value | undefined): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** The entries of a list field; a single text counts as a list of one, so that links read alike from both sides. */
export const listOf = (value: Value | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];

/** The number of a value; null when it is absent. */
export const numberOf = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);

/** The calendar day of a date or of a moment, ISO 8601; null when it is absent. */
export const dayOf = (value: Value | undefined): string | null => textOf(value)?.slice(0, 10) ?? null;

/** True when the value is one of these texts. */
export const isOneOf = (value: Value | undefined, texts: readonly string[]): boolean => typeof value === 'string' && texts.includes(value);

/** The latest of some days; null when there is none. */
export const latestOf = (days: readonly (string | null)[]): string | null =>
  days.reduce<string | null>((latest, day) => (day !== null && (latest === null || latest < day) ? day : latest), null);

/** The earliest of some days; null when there is none. */
export const earliestOf = (days: readonly (string | null | undefined)[]): string | null =>
  days.reduce<string | null>(
    (earliest, day) => (day !== null && day !== undefined && (earliest === null || day < earliest) ? day : earliest),
    null,
  );

/** "Thing A, thing B and 3 more": names a few, counts the rest. */
export const someOf = (names: readonly string[], most = 3): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
