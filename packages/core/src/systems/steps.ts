import type { Answer } from './answers.ts';
import type { Flag } from './flags.ts';
import type { LawItem, StepId } from './law.ts';

/** One of the eight steps as it stands for one system. */
export interface Step {
  readonly id: StepId;
  /** 1 to 8 */
  readonly number: number;
  readonly status: 'answered' | 'open' | 'not-needed';
  /** What came out, in one sentence; for an open step what is known so far. */
  readonly outcome: string;
  /** What has to be answered before the step is settled; empty unless open. */
  readonly missing: readonly string[];
}

/** What one step contributes. */
export interface StepResult {
  readonly outcome: string;
  readonly missing: readonly string[];
  readonly flags: readonly Flag[];
}

export const settled = (outcome: string, flags: readonly Flag[] = []): StepResult => ({ outcome, missing: [], flags });

/** Flags found so far stay while a step is open: what is already known to apply, applies. */
export const open = (missing: readonly string[], flags: readonly Flag[] = []): StepResult => ({
  outcome: flags.length === 0 ? 'Not decided yet' : 'Partly decided',
  missing,
  flags,
});

export const isOpen = (answer: Answer | undefined): answer is 'unknown' | undefined => answer === undefined || answer === 'unknown';

/**
 * Finds chosen ids in a list of the law. An id the law does not (or no longer) have is reported as missing rather than
 * dropped: when the law moves, the step opens again.
 */
export function chosenFrom<T extends LawItem>(
  ids: readonly string[] | undefined,
  items: readonly T[],
  question: string,
): { readonly chosen: readonly T[]; readonly missing: readonly string[] } {
  if (ids === undefined) return { chosen: [], missing: [question] };
  const unknown = ids.filter((id) => !items.some((item) => item.id === id));
  return {
    chosen: items.filter((item) => ids.includes(item.id)),
    missing: unknown.map((id) => `${question}: "${id}" is not in this version of the law, choose again`),
  };
}

/** "Art. 5(1)(a), Art. 5(1)(c)" */
export const citing = (items: readonly { readonly article: string }[]): string =>
  [...new Set(items.map((item) => item.article))].join(', ');
