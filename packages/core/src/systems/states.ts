import { decideUnless, isBlank, needsText, refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';

export const systemStages = [
  'candidate',
  'registered',
  'in_development',
  'pilot',
  'production',
  'suspended',
  'retired',
  'not_an_ai_system',
] as const;
export type SystemStage = (typeof systemStages)[number];

export interface SystemState {
  readonly stage: SystemStage;
  /** Where a suspended system goes back to. */
  readonly suspendedFrom: SystemStage | null;
  /** Why it is suspended, retired or not an AI system; null for a suspension means that the reason is still owed. */
  readonly reason: string | null;
}

export type SystemCommand =
  /** An inventory also finds systems already at work: `as` says what it found. */
  | { readonly kind: 'register'; readonly as: 'registered' | 'in_development' | 'pilot' | 'production' }
  | { readonly kind: 'startDevelopment' }
  | { readonly kind: 'startPilot' }
  | { readonly kind: 'release' }
  | { readonly kind: 'suspend'; readonly reason?: string }
  | { readonly kind: 'explainSuspension'; readonly reason: string }
  | { readonly kind: 'resume'; readonly reason: string }
  | { readonly kind: 'retire'; readonly reason: string }
  | { readonly kind: 'declareNotAi'; readonly reason: string }
  | { readonly kind: 'reconsider'; readonly reason: string };

export type SystemEvent =
  | { readonly kind: 'stage_changed'; readonly to: SystemStage; readonly reason: string | null }
  | { readonly kind: 'suspended'; readonly from: SystemStage; readonly reason: string | null }
  | { readonly kind: 'suspension_explained'; readonly reason: string };

export interface SystemFacts {
  /** The person who answers for the system; null when nobody does. */
  readonly owner: string | null;
  /** First day on which a practice of it is prohibited (`prohibitedFrom(flags)`), null when none is. */
  readonly prohibitedFrom: string | null;
  /** The day the command takes effect. */
  readonly on: string;
}

/** Where each command may start. Suspension is not listed: it may start anywhere. */
export const SYSTEM_MOVES: Readonly<Record<Exclude<SystemCommand['kind'], 'suspend'>, readonly SystemStage[]>> = {
  register: ['candidate'],
  startDevelopment: ['registered', 'pilot'],
  startPilot: ['registered', 'in_development', 'production'],
  release: ['registered', 'in_development', 'pilot'],
  explainSuspension: ['suspended'],
  resume: ['suspended'],
  retire: ['candidate', 'registered', 'in_development', 'pilot', 'production', 'suspended'],
  declareNotAi: ['candidate', 'registered', 'in_development', 'pilot', 'production', 'suspended'],
  reconsider: ['retired', 'not_an_ai_system'],
};

export const newSystem: SystemState = { stage: 'candidate', suspendedFrom: null, reason: null };

/**
 * Judges one command on a system. Suspension is never refused: whoever sees harm stops the system first and explains then;
 * a missing reason is owed and holds back the resumption.
 */
export function decideSystem(state: SystemState, command: SystemCommand, facts: SystemFacts): Decision<SystemEvent> {
  if (command.kind === 'suspend') return suspend(state, command.reason);
  if (!SYSTEM_MOVES[command.kind].includes(state.stage)) return { refused: [wrongStage(state, command.kind)] };
  switch (command.kind) {
    case 'register':
      // Registering records what is there; it is no permission to run, so only the moves below are guarded.
      return { events: [changed(command.as)] };
    case 'startDevelopment':
      return { events: [changed('in_development')] };
    case 'startPilot':
      return decideUnless(againstRunning('pilot', facts), changed('pilot'));
    case 'release':
      return decideUnless(againstRunning('production', facts), changed('production'));
    case 'explainSuspension':
      return decideUnless<SystemEvent>(needsReason(command.reason), { kind: 'suspension_explained', reason: command.reason.trim() });
    case 'resume':
      return resume(state, command.reason, facts);
    case 'retire':
      return decideUnless(needsReason(command.reason), changed('retired', command.reason));
    case 'declareNotAi':
      return decideUnless(needsReason(command.reason), changed('not_an_ai_system', command.reason));
    case 'reconsider':
      return decideUnless(needsReason(command.reason), changed('candidate', command.reason));
  }
}

export function evolveSystem(state: SystemState, event: SystemEvent): SystemState {
  if (event.kind === 'suspended') return { stage: 'suspended', suspendedFrom: event.from, reason: event.reason };
  if (event.kind === 'suspension_explained') return { ...state, reason: event.reason };
  return { stage: event.to, suspendedFrom: null, reason: event.reason };
}

/** The commands that a stage allows, guards aside; for buttons. */
export const systemCommandsAt = (stage: SystemStage): readonly SystemCommand['kind'][] => [
  ...(Object.keys(SYSTEM_MOVES) as (keyof typeof SYSTEM_MOVES)[]).filter((kind) => SYSTEM_MOVES[kind].includes(stage)),
  ...(stage === 'suspended' ? [] : (['suspend'] as const)),
];

/** Suspending what is suspended records nothing new, except a reason that was owed. */
function suspend(state: SystemState, reason: string | undefined): Decision<SystemEvent> {
  const given = reason === undefined || isBlank(reason) ? null : reason.trim();
  if (state.stage !== 'suspended') return { events: [{ kind: 'suspended', from: state.stage, reason: given }] };
  return { events: given !== null && state.reason === null ? [{ kind: 'suspension_explained', reason: given }] : [] };
}

function resume(state: SystemState, reason: string, facts: SystemFacts): Decision<SystemEvent> {
  const back = state.suspendedFrom ?? 'registered';
  const owed =
    state.reason === null
      ? [
          refusal(
            'SUSPENSION_REASON_OWED',
            'expected the reason of the suspension, got none',
            'Write down why it was suspended, then resume.',
            'reason',
          ),
        ]
      : [];
  return decideUnless([...owed, ...needsReason(reason), ...againstRunning(back, facts)], changed(back, reason));
}

/** What keeps a system from running: nobody answers for it, or the law forbids it from that day. */
function againstRunning(to: SystemStage, facts: SystemFacts): readonly Refusal[] {
  if (to !== 'pilot' && to !== 'production') return [];
  return [
    ...(facts.owner === null
      ? [refusal('OWNER_NEEDED', 'expected an owner, got none', 'Assign the person who answers for the system.', 'owner')]
      : []),
    ...(facts.prohibitedFrom !== null && facts.prohibitedFrom <= facts.on
      ? [
          refusal(
            'PROHIBITED_PRACTICE',
            `expected no prohibited practice, got one prohibited since ${facts.prohibitedFrom}`,
            'Remove the practice and classify again, or suspend or retire the system.',
            'stage',
          ),
        ]
      : []),
  ];
}

const changed = (to: SystemStage, reason: string | null = null): SystemEvent => ({
  kind: 'stage_changed',
  to,
  reason: reason?.trim() ?? null,
});

const needsReason = (reason: string): readonly Refusal[] => needsText(reason, 'REASON_NEEDED', 'reason', 'a reason');

const wrongStage = (state: SystemState, kind: keyof typeof SYSTEM_MOVES): Refusal =>
  refusal(
    'WRONG_STAGE',
    `expected stage ${SYSTEM_MOVES[kind].join(' or ')}, got ${state.stage}`,
    'Choose a step that the present stage allows.',
    'stage',
  );
