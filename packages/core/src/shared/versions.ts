import { decideUnless, needsText, refusal } from './refusal.ts';
import type { Decision, Refusal } from './refusal.ts';

/** What is approved as a whole (criteria, treatment plan, Statement of Applicability) goes through these stages. */
export const versionStages = ['draft', 'in_review', 'approved', 'superseded'] as const;
export type VersionStage = (typeof versionStages)[number];

export interface VersionState {
  readonly stage: VersionStage;
  /** Who wrote or submitted it: none of them may approve it. */
  readonly authors: readonly string[];
  readonly approvedBy: string | null;
  /** The day of approval (happened on). */
  readonly approvedOn: string | null;
}

export type VersionCommand =
  | { readonly kind: 'submit'; readonly by: string; readonly on: string }
  | { readonly kind: 'sendBack'; readonly by: string; readonly reason: string }
  | { readonly kind: 'approve'; readonly by: string; readonly on: string }
  /** Issued by the approval of the next version. */
  | { readonly kind: 'supersede' };

export type VersionEvent =
  | { readonly kind: 'submitted'; readonly by: string; readonly on: string }
  | { readonly kind: 'sent_back'; readonly by: string; readonly reason: string }
  | { readonly kind: 'approved'; readonly by: string; readonly on: string }
  | { readonly kind: 'superseded' };

/** Where each command starts; a frozen version knows no way back. */
export const VERSION_MOVES: Readonly<Record<VersionCommand['kind'], VersionStage>> = {
  submit: 'draft',
  sendBack: 'in_review',
  approve: 'in_review',
  supersede: 'approved',
};

export const newVersion = (author: string): VersionState => ({ stage: 'draft', authors: [author], approvedBy: null, approvedOn: null });

/** Judges the stage and, with it, everything the room itself has found against the command (`against`). */
export function decideVersion(state: VersionState, command: VersionCommand, against: readonly Refusal[]): Decision<VersionEvent> {
  const expected = VERSION_MOVES[command.kind];
  if (state.stage !== expected) {
    return {
      refused: [
        refusal(
          'WRONG_STAGE',
          `expected a version in stage ${expected}, got ${state.stage}`,
          'Start a new version, or choose a step that this stage allows.',
          'state',
        ),
      ],
    };
  }
  switch (command.kind) {
    case 'submit':
      return decideUnless<VersionEvent>(against, { kind: 'submitted', by: command.by, on: command.on });
    case 'sendBack':
      return decideUnless<VersionEvent>([...needsText(command.reason, 'REASON_NEEDED', 'reason', 'what has to change'), ...against], {
        kind: 'sent_back',
        by: command.by,
        reason: command.reason.trim(),
      });
    case 'approve':
      return decideUnless<VersionEvent>(against, { kind: 'approved', by: command.by, on: command.on });
    case 'supersede':
      return decideUnless<VersionEvent>(against, { kind: 'superseded' });
  }
}

export function evolveVersion(state: VersionState, event: VersionEvent): VersionState {
  switch (event.kind) {
    case 'submitted':
      return { ...state, stage: 'in_review', authors: [...new Set([...state.authors, event.by])] };
    case 'sent_back':
      return { ...state, stage: 'draft' };
    case 'approved':
      return { ...state, stage: 'approved', approvedBy: event.by, approvedOn: event.on };
    case 'superseded':
      return { ...state, stage: 'superseded' };
  }
}
