import type { ClassificationLaw, LawItem, StepId } from './law.ts';

/**
 * One result of a classification. Flags are independent of each other: a system can be high-risk, owe transparency and
 * make us provider of its model at the same time. `open` says that a step still lacks an answer.
 */
export interface Flag {
  readonly kind: 'outside' | 'role' | 'prohibited' | 'high-risk' | 'exempt' | 'transparency' | 'model' | 'minimal' | 'open';
  /** Id in the law data, or the step for `open`, `minimal` and `outside` by definition. */
  readonly item: string;
  readonly article: string;
  /** In our own words. */
  readonly text: string;
  /** The day from which the duties apply; null where nothing applies. */
  readonly appliesFrom: string | null;
  readonly lawVersion: string;
  /** Whose duty it is; absent: everyone in scope. */
  readonly roles?: readonly string[];
  readonly note?: string;
}

export type Headline = 'prohibited' | 'high-risk' | 'exempt-recorded' | 'transparency' | 'minimal' | 'outside' | 'not-classified';

/** While one of these is open, nothing milder than high-risk may be said. */
const DECISIVE: readonly string[] = ['ai-system', 'scope', 'prohibited', 'high-risk', 'exemption'] satisfies StepId[];

/**
 * The one word for a list. The strictest flag speaks; what is still open never reads as harmless.
 * A prohibited practice speaks even before its date: `appliesFrom` says when.
 */
export function headline(flags: readonly Flag[]): Headline {
  const has = (kind: Flag['kind']): boolean => flags.some((flag) => flag.kind === kind);
  if (has('outside')) return 'outside';
  if (has('prohibited')) return 'prohibited';
  if (has('high-risk')) return 'high-risk';
  if (flags.some((flag) => flag.kind === 'open' && DECISIVE.includes(flag.item))) return 'not-classified';
  if (has('exempt')) return 'exempt-recorded';
  if (has('transparency')) return 'transparency';
  return has('minimal') ? 'minimal' : 'not-classified';
}

/** A flag from an item of the law, with the later date for what was on the market before (Art. 111). */
export function flagOf(kind: Flag['kind'], item: LawItem, law: ClassificationLaw, placedOnMarketOn?: string): Flag {
  const legacy =
    item.legacy !== undefined && placedOnMarketOn !== undefined && placedOnMarketOn < item.legacy.placedBefore ? item.legacy : null;
  return {
    kind,
    item: item.id,
    article: legacy === null ? item.article : `${item.article} with ${legacy.article}`,
    text: item.text,
    appliesFrom: legacy?.appliesFrom ?? item.appliesFrom,
    lawVersion: law.version,
    ...(item.roles === undefined ? {} : { roles: item.roles }),
    ...(item.note === undefined ? {} : { note: item.note }),
  };
}

/** A flag that rests on a step's question rather than on an item: nothing applies from it, so it has no date. */
export function flagOfStep(kind: 'outside' | 'minimal' | 'open', step: StepId, text: string, law: ClassificationLaw): Flag {
  const article = law.questions.find((question) => question.id === step)?.article ?? '';
  return { kind, item: step, article, text, appliesFrom: null, lawVersion: law.version };
}

/** The first day on which a duty from this classification applies; null when none does. Roles date from the definitions and do not count. */
export const dutiesFrom = (flags: readonly Flag[]): string | null => earliest(flags.filter((flag) => flag.kind !== 'role'));

/** The flags whose duties already apply on a day. */
export const inForceOn = (flags: readonly Flag[], day: string): readonly Flag[] =>
  flags.filter((flag) => flag.appliesFrom !== null && flag.appliesFrom <= day);

/** The first day on which a practice of this system is prohibited; null when none is. `decideSystem` asks for it. */
export const prohibitedFrom = (flags: readonly Flag[]): string | null => earliest(flags.filter((flag) => flag.kind === 'prohibited'));

const earliest = (flags: readonly Flag[]): string | null =>
  flags
    .map((flag) => flag.appliesFrom)
    .filter((day) => day !== null)
    .sort()[0] ?? null;
