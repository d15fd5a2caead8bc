import { type Refusal, refusal } from '../shared/refusal.ts';
import { type Draft, nodeOf } from './draft.ts';
import type { ProcessEvent } from './happenings.ts';
import type { HeldEvent } from './instance.ts';

/** Events that a suspended run keeps; a message that repeats could otherwise fill it without end. */
const MOST_HELD = 1000;

export const notSuspended = (): Refusal =>
  refusal('NOT_SUSPENDED', 'expected a suspended run, got one in progress', 'Nothing has to be resumed.');

/** Why nobody's deed comes to a run now. */
export const suspendedRefusal = (): Refusal =>
  refusal('RUN_SUSPENDED', 'expected a run in progress, got one that is suspended', 'Have the run resumed first.');

/** Holds a run up: tokens, tasks and what it waits for stay as they are until it is resumed. */
export const suspend = (draft: Draft, { reason }: Extract<ProcessEvent, { kind: 'suspend' }>): void => {
  draft.status = 'suspended';
  draft.happened.push({ what: 'suspended', ...(reason === undefined ? {} : { reason }) });
};

/** Lets a run go on; answers what came meanwhile, in order. */
export const wake = (draft: Draft): readonly HeldEvent[] => {
  draft.status = 'active';
  draft.happened.push({ what: 'resumed' });
  return draft.held.splice(0);
};

/**
 * What comes to a suspended run. What people do is refused: they can do it again later. What machines and other runs bring is kept,
 * because it cannot be sent back; refused is what the run would not wait for, or has been given already.
 */
export const hold = (draft: Draft, event: Exclude<ProcessEvent, { kind: 'resume' } | { kind: 'terminate' }>): Refusal | null => {
  if (event.kind === 'suspend' || event.kind === 'variables' || event.kind === 'retry') return suspendedRefusal();
  const place = event.kind === 'fire' ? draft.subscriptions.get(event.subscription) : draft.tokens.get(event.token);
  if (place === undefined) return gone();
  if (event.kind !== 'fire') {
    const kind = draft.tokens.get(event.token)?.wait.kind;
    if (kind === 'task') return suspendedRefusal();
    if (kind !== 'job' && kind !== 'call') return gone();
  }
  if (event.kind !== 'escalate' && !comesAgain(draft, event) && draft.held.some((one) => isOver(one, event))) return gone();
  if (draft.held.length >= MOST_HELD) return suspendedRefusal();
  draft.held.push(event);
  draft.happened.push({ what: 'held', node: place.node });
  return null;
};

const gone = (): Refusal =>
  refusal('NO_LONGER_WAITING', 'expected something that is waited for, got what came already or is no longer due', 'Load the run again.');

/** What came already has taken what the event is for. */
const isOver = (came: HeldEvent, event: HeldEvent): boolean =>
  event.kind === 'fire'
    ? came.kind === 'fire' && came.subscription === event.subscription
    : came.kind !== 'fire' && came.kind !== 'escalate' && came.token === event.token;

/** An event that interrupts nothing can come as often as it likes. */
const comesAgain = (draft: Draft, event: HeldEvent): boolean => {
  if (event.kind !== 'fire') return false;
  const at = draft.subscriptions.get(event.subscription);
  const node = at === undefined ? undefined : nodeOf(draft, at.node);
  return node !== undefined && (node.kind === 'boundary' || node.kind === 'start') && !node.interrupting;
};
