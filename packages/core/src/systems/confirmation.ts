import { decideUnless, isBlank, needsText, refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';
import { headline } from './flags.ts';
import type { Flag } from './flags.ts';

/** Where the classification of one system stands: what the product proposes, and what a named person answers for. */
export interface ClassificationState {
  readonly proposal: { readonly flags: readonly Flag[]; readonly lawVersion: string } | null;
  readonly confirmed: ConfirmedFlags | null;
}

export interface ConfirmedFlags {
  readonly flags: readonly Flag[];
  readonly lawVersion: string;
  /** The person who answers for it. */
  readonly by: string;
  /** The day it was decided (happened on). */
  readonly on: string;
  /** Why it differs from the proposal; null when it follows it. */
  readonly overrideReason: string | null;
}

export type ClassificationCommand =
  | { readonly kind: 'propose'; readonly flags: readonly Flag[]; readonly lawVersion: string }
  | { readonly kind: 'confirm'; readonly by: string; readonly on: string }
  | { readonly kind: 'override'; readonly by: string; readonly on: string; readonly flags: readonly Flag[]; readonly reason: string };

export type ClassificationEvent =
  | { readonly kind: 'classification_proposed'; readonly flags: readonly Flag[]; readonly lawVersion: string }
  | ({ readonly kind: 'classification_confirmed' } & ConfirmedFlags);

export const unclassified: ClassificationState = { proposal: null, confirmed: null };

/**
 * Judges a proposal, its confirmation, or its override. The product proposes; only a named person decides, and whoever
 * decides otherwise says why. An override may settle what the questions left open.
 */
export function decideClassification(state: ClassificationState, command: ClassificationCommand): Decision<ClassificationEvent> {
  if (command.kind === 'propose')
    return { events: [{ kind: 'classification_proposed', flags: command.flags, lawVersion: command.lawVersion }] };
  const proposal = state.proposal;
  if (proposal === null) {
    return {
      refused: [
        refusal('NOT_PROPOSED', 'expected answers to the eight questions, got none', 'Answer the questions of the classification first.'),
      ],
    };
  }
  const person = isBlank(command.by)
    ? [refusal('PERSON_NEEDED', 'expected a named person, got none', 'Name the person who answers for it.', 'by')]
    : [];
  if (command.kind === 'confirm') {
    return decideUnless<ClassificationEvent>([...person, ...openSteps(proposal.flags)], {
      kind: 'classification_confirmed',
      flags: proposal.flags,
      lawVersion: proposal.lawVersion,
      by: command.by,
      on: command.on,
      overrideReason: null,
    });
  }
  return decideUnless<ClassificationEvent>([...person, ...againstOverride(proposal.flags, command)], {
    kind: 'classification_confirmed',
    flags: command.flags,
    lawVersion: proposal.lawVersion,
    by: command.by,
    on: command.on,
    overrideReason: command.reason.trim(),
  });
}

export const evolveClassification = (state: ClassificationState, event: ClassificationEvent): ClassificationState => {
  if (event.kind === 'classification_proposed') return { ...state, proposal: { flags: event.flags, lawVersion: event.lawVersion } };
  const { kind: _, ...confirmed } = event;
  return { ...state, confirmed };
};

/**
 * True when a newer proposal no longer says what was confirmed, or rests on another version of the law: somebody has to look
 * again. An override stays good only while the law it was made under does.
 */
export function needsReconfirmation({ proposal, confirmed }: ClassificationState): boolean {
  if (proposal === null || confirmed === null) return false;
  if (proposal.lawVersion !== confirmed.lawVersion) return true;
  return confirmed.overrideReason === null && !sameFlags(proposal.flags, confirmed.flags);
}

/** Same results, in whatever order. */
export const sameFlags = (a: readonly Flag[], b: readonly Flag[]): boolean => fingerprint(a) === fingerprint(b);

const fingerprint = (flags: readonly Flag[]): string =>
  flags
    .map((flag) => `${flag.kind}/${flag.item}/${flag.article}/${flag.appliesFrom ?? '-'}`)
    .sort()
    .join('\n');

/** A prohibited practice ends the questions: what is still open then does not keep anyone from confirming it. */
function openSteps(flags: readonly Flag[]): readonly Refusal[] {
  if (headline(flags) === 'prohibited' || headline(flags) === 'outside') return [];
  return flags
    .filter((flag) => flag.kind === 'open')
    .map((flag) =>
      refusal(
        'STEP_OPEN',
        `expected an answer to step "${flag.item}", missing: ${flag.text}`,
        'Answer the step, or override it with a reason.',
        flag.item,
      ),
    );
}

const againstOverride = (
  proposed: readonly Flag[],
  command: { readonly flags: readonly Flag[]; readonly reason: string },
): readonly Refusal[] => [
  ...needsText(command.reason, 'REASON_NEEDED', 'reason', 'a reason for the override'),
  ...(command.flags.length === 0
    ? [refusal('FLAGS_NEEDED', 'expected at least one result, got none', 'Choose what holds instead, for example minimal.', 'flags')]
    : []),
  ...(command.flags.some((flag) => flag.kind === 'open')
    ? [refusal('OVERRIDE_LEAVES_OPEN', 'expected results without gaps, got an open step', 'Decide the open step too.', 'flags')]
    : []),
  ...(sameFlags(proposed, command.flags)
    ? [refusal('NOTHING_OVERRIDDEN', 'expected other results than proposed, got the same', 'Confirm the proposal instead.', 'flags')]
    : []),
];
