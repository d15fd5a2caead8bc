import { type Draft, decide, evaluate, scopeOf, stop } from './draft.ts';
import type { Loop, Node } from './graph.ts';
import type { LoopCount, ScopeRun, Token } from './instance.ts';
import { clearScope, openScope } from './scopes.ts';
import type { Trouble } from './subscribe.ts';

export type Activity = Extract<Node, { readonly loop: Loop | null }>;

/** More rounds than this are a mistake in the map or its data. */
const MOST_ROUNDS = 1000;
/** As many as one step has moves: rounds within rounds multiply, a thousand times a thousand would be a million tokens. */
const MOST_AT_ONCE = 10_000;

/** True inside one round of the loop of this activity, where it is done as if it had none. */
export const isRound = (draft: Draft, scope: number, node: string): boolean => {
  const run = scopeOf(draft, scope);
  return run.kind === 'round' && run.element === node;
};

/** How often an activity is to be done, or why that cannot be said. */
const countOf = (draft: Draft, scope: number, node: string, loop: Loop): LoopCount | Trouble => {
  const fresh = { started: 0, completed: 0 };
  if (loop.kind === 'standard') {
    if (!loop.testBefore || loop.condition === null) return { ...fresh, total: null, items: null };
    const again = decide(draft, scope, loop.condition);
    if (typeof again === 'object') return { code: 'CONDITION_UNDECIDED', message: `Whether to begin: ${again.problem}.` };
    return { ...fresh, total: again ? null : 0, items: null };
  }
  const expression = (loop.collection ?? loop.cardinality ?? '').replace(/^=/, '');
  const answer = evaluate(draft, scope, expression);
  const value = 'problem' in answer ? null : answer.value;
  const wrong = (expected: string): Trouble => ({
    code: 'EXPRESSION_FAILED',
    message: `expected ${expected} for the rounds of "${node}", got ${'problem' in answer ? answer.problem : JSON.stringify(value)?.slice(0, 80)}`,
  });
  if (loop.collection !== null)
    return Array.isArray(value) && value.length <= MOST_ROUNDS
      ? { ...fresh, total: value.length, items: value }
      : wrong(`a list of at most ${MOST_ROUNDS}`);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_ROUNDS
    ? { ...fresh, total: value, items: null }
    : wrong(`a whole number up to ${MOST_ROUNDS}`);
};

/** Begins the rounds of an activity whose token already stands. `over`: there are none to do. */
export const beginLoop = (draft: Draft, host: Token, node: Activity, loop: Loop): Trouble | 'over' | null => {
  const count = countOf(draft, host.scope, node.id, loop);
  if ('code' in count) return count;
  if (count.total === 0) return 'over';
  const atOnce = loop.kind === 'multiInstance' && !loop.sequential ? (count.total ?? 1) : 1;
  if (draft.queue.length + atOnce > MOST_AT_ONCE)
    return {
      code: 'STEP_BUDGET',
      message: `expected at most ${MOST_AT_ONCE} rounds at once, got ${atOnce} more of "${node.name ?? node.id}".`,
    };
  const run = openScope(draft, { element: node.id, kind: 'loop', parent: host.scope, host: host.id, loop: count });
  for (let round = 0; round < atOnce; round += 1) beginRound(draft, run.id, node, loop);
  return null;
};

const beginRound = (draft: Draft, id: number, node: Activity, loop: Loop): void => {
  const run = scopeOf(draft, id);
  const count = run.loop as LoopCount;
  const item =
    loop.kind === 'multiInstance' && loop.item !== null && count.items !== null ? { [loop.item]: count.items[count.started] ?? null } : {};
  draft.scopes.set(id, { ...run, loop: { ...count, started: count.started + 1 } });
  const round = openScope(draft, {
    element: node.id,
    kind: 'round',
    parent: id,
    host: null,
    variables: { ...item, loopCounter: count.started + 1 },
  });
  draft.queue.push({ kind: 'enter', scope: round.id, node: node.id, by: null });
};

/** One round is done: the loop is over (its host goes on), or the next round begins. */
export const endRound = (draft: Draft, scope: number, node: Activity, loop: Loop): void => {
  const run = scopeOf(draft, scopeOf(draft, scope).parent ?? 0);
  const before = run.loop as LoopCount;
  const count = { ...before, completed: before.completed + 1 };
  const over = isOver(draft, run, count, loop);
  if (typeof over === 'object') {
    // The round is not counted: trying again asks once more.
    stop(draft, {
      scope,
      node: node.id,
      on: 'leaving',
      code: 'CONDITION_UNDECIDED',
      message: `Whether the rounds are over: ${over.problem}.`,
    });
    return;
  }
  clearScope(draft, scope, true);
  draft.scopes.set(run.id, { ...scopeOf(draft, run.id), loop: count });
  if (over) {
    clearScope(draft, run.id, true);
    draft.queue.push({ kind: 'done', scope: run.parent ?? 0, token: run.host ?? 0 });
  } else if (loop.kind === 'standard' || loop.sequential) beginRound(draft, run.id, node, loop);
};

const isOver = (draft: Draft, run: ScopeRun, count: LoopCount, loop: Loop): boolean | { readonly problem: string } => {
  if (loop.kind === 'standard') {
    if (loop.maximum !== null && count.completed >= loop.maximum) return true;
    if (loop.condition === null) return false;
    const again = decide(draft, run.id, loop.condition);
    return typeof again === 'object' ? again : !again;
  }
  if (count.completed >= (count.total ?? 0)) return true;
  if (loop.completion === null) return false;
  draft.scopes.set(run.id, {
    ...run,
    variables: {
      ...run.variables,
      nrOfInstances: count.total ?? 0,
      nrOfActiveInstances: count.started - count.completed,
      nrOfCompletedInstances: count.completed,
    },
  });
  return decide(draft, run.id, loop.completion);
};
