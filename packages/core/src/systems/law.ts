/**
 * The shape of the law data that `classify` reads. It is JSON (catalog/law/eu-ai-act-classification.json): ids, short titles in
 * our own words, articles and dates are versioned data, never code, because the legislator moves them.
 * Dates are calendar days (ISO 8601).
 */
export interface ClassificationLaw {
  /** Names this state of the law for good, e.g. "eu-ai-act@2026-1744"; stored with every flag. */
  readonly version: string;
  readonly title: string;
  /** The day this state of the law entered into force. */
  readonly date: string;
  /** One entry for each of the eight steps, in the order they are asked. */
  readonly questions: readonly LawQuestion[];
  readonly scope: {
    /** Art. 2(1): what ties a system to the Union. None of them: outside its territory. */
    readonly links: readonly LawItem[];
    /** Art. 2(3)-(12): what takes a system out again. */
    readonly exclusions: readonly LawExclusion[];
  };
  readonly roles: readonly LawItem[];
  /** Art. 25(1): acts that make another operator the provider of a high-risk system. */
  readonly roleChanges: readonly LawItem[];
  /** Art. 5(1), each point with its own date. */
  readonly prohibitedPractices: readonly LawItem[];
  /** Art. 6(1) with Annex I, one item per section (ids "annex-1-a" and "annex-1-b"). */
  readonly productRoutes: readonly LawItem[];
  /** Annex III, in areas with their points. */
  readonly annexIII: readonly LawArea[];
  readonly exemption: {
    /** Art. 6(3)-(4) itself: article and date. */
    readonly basis: LawItem;
    /** Art. 6(3)(a)-(d): at least one must hold. */
    readonly conditions: readonly LawItem[];
    /** What follows for whoever relies on it, in our own words. */
    readonly duties: readonly string[];
  };
  /** Art. 50, one item per case. */
  readonly transparencyCases: readonly LawItem[];
  /** Chapter V: duties of whoever provides a general-purpose model. */
  readonly modelDuties: readonly LawItem[];
}

export interface LawItem extends LawProvenance {
  /** Stable within its list, e.g. "5-1-ba", "3-4-a", "50-2", "provider". */
  readonly id: string;
  /** As cited, e.g. "Art. 5(1)(ba)". */
  readonly article: string;
  /** Short, in our own words. */
  readonly text: string;
  readonly appliesFrom: string;
  /** A later date for what was already on the market (Art. 111): replaces `appliesFrom` when placed before `placedBefore`. */
  readonly legacy?: { readonly placedBefore: string; readonly appliesFrom: string; readonly article: string };
  /** Roles whose duty it is (ids of `roles`); absent: everyone in scope. */
  readonly roles?: readonly string[];
  /** What a reader must know, e.g. that an interpretation is open. */
  readonly note?: string;
}

export interface LawExclusion extends LawItem {
  /** Results that bring the system back in: the free and open-source exclusion (Art. 2(12)) does not hold for them. */
  readonly exceptFor?: readonly ('prohibited' | 'high-risk' | 'transparency')[];
}

export interface LawArea {
  /** e.g. "3-4" */
  readonly id: string;
  readonly title: string;
  readonly points: readonly LawItem[];
}

export interface LawQuestion {
  readonly id: StepId;
  readonly article: string;
  /** Short heading, e.g. "Prohibited practices". */
  readonly title: string;
  /** The question as put to a person, in plain words. */
  readonly question: string;
  /** One or two sentences that help to answer it. */
  readonly help: string;
}

export interface LawProvenance {
  readonly source: string;
  /** The day somebody last checked it against the source. */
  readonly verified: string;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** The eight steps, in the order they are asked. */
export const STEP_IDS = ['ai-system', 'scope', 'roles', 'prohibited', 'high-risk', 'exemption', 'transparency', 'model'] as const;
export type StepId = (typeof STEP_IDS)[number];
