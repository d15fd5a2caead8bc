import { decideUnless, needsText, refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';

/** A responsibility is proposed to somebody, who takes it or not; it ends by someone who keeps the management system. */
export const assignmentStages = ['proposed', 'accepted', 'declined', 'ended'] as const;
export type AssignmentStage = (typeof assignmentStages)[number];

export interface AssignmentState {
  readonly stage: AssignmentStage;
  /** The person it was given to. */
  readonly holder: string;
}

export type AssignmentCommand =
  | { readonly kind: 'accept'; readonly by: string; readonly on: string }
  | { readonly kind: 'decline'; readonly by: string; readonly on: string; readonly reason: string }
  | { readonly kind: 'end'; readonly by: string; readonly on: string; readonly reason: string };

export type AssignmentEvent =
  | { readonly kind: 'accepted'; readonly on: string }
  | { readonly kind: 'declined'; readonly on: string; readonly reason: string }
  | { readonly kind: 'ended'; readonly on: string; readonly reason: string };

const STARTS: Readonly<Record<AssignmentCommand['kind'], readonly AssignmentStage[]>> = {
  accept: ['proposed'],
  decline: ['proposed'],
  end: ['proposed', 'accepted'],
};

/** Judges accepting, declining and ending. Only the holder answers for himself: nobody is made responsible behind his back. */
export function decideAssignment(state: AssignmentState, command: AssignmentCommand): Decision<AssignmentEvent> {
  const against = [...againstStage(state, command), ...againstHolder(state, command)];
  switch (command.kind) {
    case 'accept':
      return decideUnless<AssignmentEvent>(against, { kind: 'accepted', on: command.on });
    case 'decline':
      return decideUnless<AssignmentEvent>([...against, ...needsText(command.reason, 'REASON_NEEDED', 'reason', 'why it is declined')], {
        kind: 'declined',
        on: command.on,
        reason: command.reason.trim(),
      });
    case 'end':
      return decideUnless<AssignmentEvent>([...against, ...needsText(command.reason, 'REASON_NEEDED', 'reason', 'why it ends')], {
        kind: 'ended',
        on: command.on,
        reason: command.reason.trim(),
      });
  }
}

export const evolveAssignment = (state: AssignmentState, event: AssignmentEvent): AssignmentState => ({ ...state, stage: event.kind });

function againstStage(state: AssignmentState, command: AssignmentCommand): readonly Refusal[] {
  const starts = STARTS[command.kind];
  if (starts.includes(state.stage)) return [];
  const message = `expected an assignment that is ${starts.join(' or ')}, got one that is ${state.stage}`;
  return [refusal('WRONG_STAGE', message, 'Create a new assignment; an answered one stays as it was.', 'state')];
}

const againstHolder = (state: AssignmentState, command: AssignmentCommand): readonly Refusal[] =>
  command.kind === 'end' || command.by === state.holder
    ? []
    : [
        refusal(
          'HOLDER_ONLY',
          'expected the answer of the person it is given to, got another person',
          'Let the holder sign in and answer.',
          'holder',
        ),
      ];
