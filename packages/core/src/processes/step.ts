import { type Refusal, refusal } from '../shared/refusal.ts';
import { type Draft, draftOf, instanceOf, nodeOf, setVariables, stop, stopAt, tell } from './draft.ts';
import { begin, depart, done, enter } from './enter.ts';
import { joinInclusive } from './gateways.ts';
import type { Graph } from './graph.ts';
import type { Effect, Happening, ProcessEvent, Surroundings } from './happenings.ts';
import type { Instance, Subscription, Token, Variables } from './instance.ts';
import type { Activity } from './loops.ts';
import { errorMessage, fail, goByBoundary, raise, startByEvent } from './raise.ts';
import { beginInside, beginningsOf, clearScope, isOver, openScope, startsOf } from './scopes.ts';
import { hold, notSuspended, suspend, wake } from './suspend.ts';
import { becameTrue, rearm, unsubscribe } from './subscribe.ts';

export interface Stepped {
  readonly instance: Instance;
  readonly happened: readonly Happening[];
  readonly effects: readonly Effect[];
}
export type Step = Stepped | { readonly refused: readonly Refusal[] };

export interface Beginning {
  readonly id: string;
  /** The start event; null: the one without a trigger. */
  readonly start: string | null;
  readonly variables: Variables;
  readonly called: boolean;
}

/** Moves in one step: more are an endless loop of the map. */
export const STEP_BUDGET = 10_000;

/** Starts a run: everything up to where each token stands still. */
export const startInstance = (graph: Graph, { id, start, variables, called }: Beginning, around: Surroundings): Step => {
  const empty: Instance = { id, status: 'active', called, serial: 0, scopes: [], tokens: [], subscriptions: [], held: [] };
  const draft = draftOf(graph, empty, around);
  const root = openScope(draft, { element: graph.process, kind: 'process', parent: null, host: null, variables });
  const starts = start === null ? beginningsOf(draft, graph.process) : startsOf(draft, graph.process).filter((one) => one.id === start);
  if (starts.length === 0)
    return {
      refused: [
        refusal(
          'NO_START',
          `expected ${start === null ? 'a start that waits for nothing' : `a start "${start}"`} in "${graph.name}", got none`,
          'Name a start event of the map, or give the map one without a trigger.',
        ),
      ],
    };
  const trouble = beginInside(draft, root, start);
  if (trouble !== null) return { refused: [refusal(trouble.code, trouble.message, 'Correct the map and publish it again.')] };
  return settle(draft, id);
};

/**
 * What becomes of a run by one event: the pure heart of the engine. The same graph, instance, event and surroundings always give
 * the same answer. Refused is an event that the instance does not wait for (any more); nothing has changed then.
 */
export const step = (graph: Graph, instance: Instance, event: ProcessEvent, around: Surroundings): Step => {
  if (instance.status !== 'active' && instance.status !== 'suspended')
    return { refused: [refusal('INSTANCE_ENDED', `expected a run in progress, got one that is ${instance.status}`, 'Start a new run.')] };
  const draft = draftOf(graph, instance, around);
  const refused = instance.status === 'suspended' ? receiveSuspended(draft, event) : receive(draft, event);
  return refused === null ? settle(draft, instance.id) : { refused: [refused] };
};

const receive = (draft: Draft, event: ProcessEvent): Refusal | null => {
  if (event.kind === 'variables') {
    setRoot(draft, event.variables);
    return null;
  }
  if (event.kind === 'terminate') {
    terminate(draft);
    return null;
  }
  if (event.kind === 'suspend') {
    suspend(draft, event);
    return null;
  }
  if (event.kind === 'resume') return notSuspended();
  if (event.kind === 'fire') {
    const subscription = draft.subscriptions.get(event.subscription);
    if (subscription === undefined)
      return refusal(
        'NO_LONGER_WAITING',
        'expected something that is waited for, got what came already or is no longer due',
        'Load the run again.',
      );
    setVariables(draft, subscription.scope, event.variables);
    fire(draft, subscription);
    return null;
  }
  const token = draft.tokens.get(event.token);
  const kinds = event.kind === 'retry' ? ['incident'] : ['task', 'job', 'call'];
  if (token === undefined || !kinds.includes(token.wait.kind))
    return refusal(
      'NO_LONGER_WAITING',
      event.kind === 'retry' ? 'expected an incident, got none here' : 'expected a step in progress, got one that is done or gone',
      'Load the run again.',
    );
  if ('variables' in event) setVariables(draft, token.scope, event.variables);
  onToken(draft, token, event);
  return null;
};

const receiveSuspended = (draft: Draft, event: ProcessEvent): Refusal | null => {
  if (event.kind === 'terminate') {
    terminate(draft);
    return null;
  }
  if (event.kind !== 'resume') return hold(draft, event);
  const came = wake(draft);
  for (const one of came) {
    // What an earlier one made pointless is over, as it would have been then.
    if (draft.status === 'active') receive(draft, one);
    moveAll(draft);
  }
  return null;
};

const terminate = (draft: Draft): void => {
  clearScope(draft, rootOf(draft), false);
  draft.held = [];
  draft.status = 'terminated';
};

const onToken = (draft: Draft, token: Token, event: Extract<ProcessEvent, { token: number }>): void => {
  const { id, scope, node } = token;
  switch (event.kind) {
    case 'complete':
      return done(draft, id);
    case 'escalate':
      raise(draft, scope, node, token, { kind: 'escalation', code: event.code });
      return;
    case 'incident':
      return stopAt(draft, token, { on: 'working', code: event.code, message: event.message });
    case 'error':
      if (raise(draft, scope, node, token, { kind: 'error', code: event.code }) !== 'uncaught') return;
      if (draft.called) return fail(draft);
      return stopAt(draft, token, {
        on: 'working',
        code: 'ERROR_UNCAUGHT',
        message: `${errorMessage(draft, node, event.code)} ${event.message}`,
      });
    case 'retry':
      return tryAgain(draft, token);
  }
};

const tryAgain = (draft: Draft, token: Token): void => {
  const { id, scope, node, wait } = token;
  if (wait.kind !== 'incident') return;
  if (wait.on === 'working') {
    const activity = nodeOf(draft, node) as Activity;
    const kind =
      activity.kind === 'call'
        ? 'call'
        : activity.kind === 'task' && (activity.task === 'user' || activity.task === 'manual')
          ? 'task'
          : 'job';
    const again: Token = { ...token, wait: { kind } };
    draft.tokens.set(id, again);
    tell(draft, 'retried', token);
    tell(draft, 'entered', again);
    begin(draft, again, activity);
    return;
  }
  draft.tokens.delete(id);
  tell(draft, 'retried', token);
  draft.queue.push(wait.on === 'entering' ? { kind: 'enter', scope, node, by: wait.by } : { kind: 'leave', scope, node });
};

/** A subscription has what it waited for. */
const fire = (draft: Draft, subscription: Subscription): void => {
  const node = nodeOf(draft, subscription.node);
  const { scope } = subscription;
  if (node.kind === 'boundary') {
    if (!node.interrupting) rearm(draft, subscription);
    return goByBoundary(draft, node, subscription.token ?? 0, scope);
  }
  if (node.kind === 'start') {
    if (!node.interrupting) rearm(draft, subscription);
    return startByEvent(draft, node, scope);
  }
  const token = draft.tokens.get(subscription.token ?? 0);
  if (token === undefined) throw new Error(`expected a token that waits for ${subscription.id}`);
  if (token.node === node.id) return done(draft, token.id);
  // An event-based gateway: the first to come decides the way.
  unsubscribe(draft, token.id);
  draft.tokens.delete(token.id);
  const flow = nodeOf(draft, token.node).outgoing.find((id) => draft.graph.flows[id]?.to === node.id);
  tell(draft, 'completed', token);
  if (flow !== undefined) draft.happened.push({ what: 'taken', flow, scope });
  draft.happened.push({ what: 'fired', node: node.id, scope });
  draft.queue.push({ kind: 'leave', scope, node: node.id });
};

const rootOf = (draft: Draft): number => draft.scopes.keys().next().value ?? 0;

const setRoot = (draft: Draft, variables: Variables): void => setVariables(draft, rootOf(draft), variables);

/** Lets everything move until it stands still: moves first, then joins that nothing holds up, then scopes that are empty, then conditions. */
const moveAll = (draft: Draft): void => {
  for (let moves = 0; draft.status !== 'failed'; moves += 1) {
    if (moves >= STEP_BUDGET) {
      outOfBudget(draft);
      break;
    }
    const move = draft.queue.shift();
    if (move !== undefined) {
      if (move.kind === 'enter') enter(draft, move.scope, move.node, move.by);
      else if (move.kind === 'leave') depart(draft, move.scope, move.node);
      else done(draft, move.token);
    } else if (!joinInclusive(draft) && !endScope(draft)) {
      const next = draft.status === 'active' ? becameTrue(draft) : null;
      if (next === null) break;
      fire(draft, next);
    }
  }
};

const settle = (draft: Draft, id: string): Stepped => {
  moveAll(draft);
  return { instance: instanceOf(draft, id), happened: draft.happened, effects: draft.effects };
};

/** Ends one scope in which nothing is left; true when there was one. */
const endScope = (draft: Draft): boolean => {
  for (const run of draft.scopes.values()) {
    if ((run.kind !== 'process' && run.kind !== 'subProcess') || !isOver(draft, run.id)) continue;
    if (run.kind === 'process') {
      if (draft.happened.some(({ what }) => what === 'ended')) return false;
      draft.subscriptions.clear();
      if (draft.status === 'active') draft.status = 'completed';
      draft.happened.push({ what: 'ended', status: draft.status === 'suspended' ? 'terminated' : draft.status });
      return false;
    }
    clearScope(draft, run.id, true);
    if (run.host !== null) draft.queue.push({ kind: 'done', scope: run.parent ?? 0, token: run.host });
    return true;
  }
  return false;
};

/** An endless loop of the map: whatever was on its way stops, and can be tried again once the cause is mended. */
const outOfBudget = (draft: Draft): void => {
  const message = `After ${STEP_BUDGET} moves the run still did not stand still.`;
  for (const move of draft.queue.splice(0)) {
    if (move.kind === 'done') {
      const token = draft.tokens.get(move.token);
      if (token === undefined) continue;
      unsubscribe(draft, token.id);
      stopAt(draft, token, { on: 'leaving', code: 'STEP_BUDGET', message });
    } else
      stop(draft, {
        scope: move.scope,
        node: move.node,
        on: move.kind === 'enter' ? 'entering' : 'leaving',
        by: move.kind === 'enter' ? move.by : null,
        code: 'STEP_BUDGET',
        message,
      });
  }
};
