import { refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';
import { decideVersion } from '../shared/versions.ts';
import type { VersionEvent, VersionStage, VersionState } from '../shared/versions.ts';
import { contradictionsOf } from './contradictions.ts';
import type { Contradiction, Surroundings } from './contradictions.ts';
import { hasReason } from './entry.ts';
import type { SoaEntry } from './entry.ts';

export interface SoaDraft {
  readonly version: VersionState;
  readonly entries: readonly SoaEntry[];
}

export interface SubmissionFacts {
  /** The treatment plan version that it names as its basis; null when it names none yet. */
  readonly treatmentPlan: { readonly code: string; readonly stage: VersionStage } | null;
  /** The ids of all Annex A controls: 38 in the first edition of ISO/IEC 42001. */
  readonly annexA: readonly string[];
  readonly surroundings: Surroundings;
  readonly by: string;
  readonly on: string;
}

/**
 * Submits a draft for review. It is refused only while
 * - an Annex A control has no entry,
 * - an entry is undecided or without a reason,
 * - an excluded control is named by an open treatment or by a link that a person confirmed,
 * - an exclusion contradicts the inventory without a written explanation,
 * - the treatment plan that it names was superseded: that one is never approved again, while a draft may be approved meanwhile.
 * Everything else (missing owners, reasons without a link) is shown, not refused.
 */
export const submit = (draft: SoaDraft, facts: SubmissionFacts): Decision<VersionEvent> =>
  decideVersion(draft.version, { kind: 'submit', by: facts.by, on: facts.on }, [
    ...againstSuperseded(facts.treatmentPlan),
    ...againstSubmission(draft.entries, facts),
  ]);

const againstSuperseded = (plan: SubmissionFacts['treatmentPlan']): readonly Refusal[] =>
  plan?.stage === 'superseded'
    ? [
        refusal(
          'PLAN_SUPERSEDED',
          `expected a treatment plan that is approved or can still be, got ${plan.code}, which was superseded`,
          'Name the treatment plan that is in force now, then submit.',
          'treatmentPlan',
        ),
      ]
    : [];

/** Every reason against submission, in the order of Annex A; empty when it may be submitted. */
export const againstSubmission = (
  entries: readonly SoaEntry[],
  facts: Pick<SubmissionFacts, 'annexA' | 'surroundings'>,
): readonly Refusal[] => [
  ...missingControls(entries, facts.annexA),
  ...entries.flatMap((entry) => [
    ...againstDecision(entry),
    ...contradictionsOf(entry, facts.surroundings)
      .filter((found) => found.blocks)
      .map(toRefusal),
  ]),
];

function missingControls(entries: readonly SoaEntry[], annexA: readonly string[]): readonly Refusal[] {
  const present = new Set(entries.map((entry) => entry.control));
  return annexA
    .filter((control) => !present.has(control))
    .map((control) =>
      refusal('CONTROL_MISSING', `expected an entry for ${control}, got none`, 'Start the version again from the catalog.', control),
    );
}

function againstDecision(entry: SoaEntry): readonly Refusal[] {
  const { control, decision } = entry;
  if (decision === 'undecided') {
    return [
      refusal('UNDECIDED', `expected ${control} to be included or excluded, got undecided`, 'Decide whether the control applies.', control),
    ];
  }
  if (hasReason(entry)) return [];
  return decision === 'included'
    ? [
        refusal(
          'REASON_MISSING',
          `expected a reason to include ${control}, got none`,
          'Name risk, law, contract, objective or own choice.',
          control,
        ),
      ]
    : [
        refusal(
          'REASON_MISSING',
          `expected a reason to exclude ${control}, got none`,
          'Write down why the control does not apply.',
          control,
        ),
      ];
}

const CODES: Readonly<Record<Contradiction['kind'], string>> = {
  open_treatment: 'EXCLUDED_BUT_TREATED',
  confirmed_link: 'EXCLUDED_BUT_LINKED',
  inventory: 'EXCLUDED_AGAINST_INVENTORY',
};

const toRefusal = (found: Contradiction): Refusal => refusal(CODES[found.kind], found.message, found.remedy, found.control);
