/** One reason why something may not be done. A decision returns all of them at once, so that a person mends everything in one go. */
export interface Refusal {
  /** UPPER_SNAKE, stable: clients and translations key on it. */
  readonly code: string;
  /** The field that the reason is about, as the caller names it (dotted for nested input). */
  readonly field?: string;
  /** "expected X, got Y" */
  readonly message: string;
  /** What the person can do about it. */
  readonly remedy: string;
}

/** A command's outcome: facts to record, or every reason against it. */
export type Decision<E> = { readonly events: readonly E[] } | { readonly refused: readonly Refusal[] };

/** The events unless there is a reason against them. */
export const decideUnless = <E>(refused: readonly Refusal[], ...events: readonly E[]): Decision<E> =>
  refused.length > 0 ? { refused } : { events };

/** A decision with exactly one reason against it. */
export const refuse = (refusal: Refusal): { readonly refused: readonly Refusal[] } => ({ refused: [refusal] });

/** Builds a refusal; `field` is left out when not given. */
export const refusal = (code: string, message: string, remedy: string, field?: string): Refusal =>
  field === undefined ? { code, message, remedy } : { code, field, message, remedy };

/** Says whether a decision (or any result of that shape) was refused. */
export const isRefused = <T extends object>(
  outcome: T | { readonly refused: readonly Refusal[] },
): outcome is { readonly refused: readonly Refusal[] } => 'refused' in outcome;

/** True when a text is absent or holds nothing but white space. */
export const isBlank = (text: string | null | undefined): boolean => text === null || text === undefined || text.trim() === '';

/** A refusal when a required text is missing, else nothing; spread it into a list. */
export const needsText = (text: string | null | undefined, code: string, field: string, what: string): readonly Refusal[] =>
  isBlank(text) ? [refusal(code, `expected ${what}, got nothing`, `Write down ${what}.`, field)] : [];
