import { type Draft, decide, evaluate, nextId, nodeOf, valueOf } from './draft.ts';
import type { Graph, Node, Trigger } from './graph.ts';
import type { IncidentCode, Subscription, Value } from './instance.ts';
import { type Due, isTooOften, nextDue, type Rule, readRule } from './timers.ts';

export interface Trouble {
  readonly code: IncidentCode;
  readonly message: string;
}

interface Owner {
  readonly token: number | null;
  readonly scope: number;
}

/** Listens for a trigger on behalf of a token or a scope. Errors and escalations are not listened for: they are searched when they come. */
export const subscribe = (draft: Draft, owner: Owner, node: string, trigger: Trigger): Trouble | null => {
  const base = { ...owner, node, name: null, correlation: null, due: null, timer: null, was: false };
  const add = (more: Omit<Subscription, 'id' | 'scope' | 'token' | 'node'>) => {
    const id = nextId(draft);
    draft.subscriptions.set(id, { ...owner, node, ...more, id });
    return null;
  };
  switch (trigger.kind) {
    case 'error':
    case 'escalation':
      return null;
    case 'signal':
    case 'message': {
      const name = valueOf(draft, owner.scope, trigger.name);
      if ('problem' in name || typeof name.value !== 'string') return unreadable(node, 'name', name);
      const key =
        trigger.kind === 'message' && trigger.correlation !== null
          ? evaluate(draft, owner.scope, trigger.correlation.replace(/^=/, ''))
          : null;
      // A message that belongs to nobody in particular must be meant so, not come of a name that is not there.
      if (key !== null && ('problem' in key || key.value === null)) return unreadable(node, 'correlation', key);
      return add({ ...base, kind: trigger.kind, name: name.value, correlation: key === null ? null : key.value });
    }
    case 'conditional':
      return add({ ...base, kind: 'conditional' });
    case 'timer': {
      const { kind } = trigger.rule;
      const written = valueOf(
        draft,
        owner.scope,
        trigger.rule.kind === 'date' ? trigger.rule.at : trigger.rule.kind === 'duration' ? trigger.rule.duration : trigger.rule.cycle,
      );
      const text = 'problem' in written ? null : written.value;
      const rule = typeof text === 'string' ? readRule(kind, text, Date.parse(draft.around.now), draft.around.zone) : null;
      if (rule === null || typeof text !== 'string')
        return {
          code: 'TIMER_UNREADABLE',
          message: `expected a ${kind} of ISO 8601 at "${node}", got ${'problem' in written ? written.problem : JSON.stringify(text)}`,
        };
      if (isTooOften(rule)) return { code: 'TIMER_TOO_OFTEN', message: `expected a cycle of a minute or more at "${node}", got "${text}"` };
      const due = nextDue(rule, 0, Date.parse(draft.around.now), draft.around.zone);
      if (due !== null && (due.at < FIRST_MOMENT || due.at > LAST_MOMENT))
        return { code: 'TIMER_UNREADABLE', message: `expected a moment between the years 1 and 9999 at "${node}", got "${text}"` };
      // A reminder whose series is over is silent; a token that waits for one would wait for ever.
      if (due === null && nodeOf(draft, node).kind === 'catch')
        return { code: 'TIMER_UNREADABLE', message: `expected a moment still to come at "${node}", got "${text}", which is over` };
      return due === null
        ? null
        : add({ ...base, kind: 'timer', due: moment(due), timer: { kind, text, armed: draft.around.now, turn: due.turn } });
    }
  }
};

const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59Z');
const moment = (due: Due) => new Date(due.at).toISOString();

const unreadable = (node: string, what: string, seen: { readonly problem: string } | { readonly value: Value }): Trouble => ({
  code: 'EXPRESSION_FAILED',
  message: `expected a ${what} at "${node}", got ${'problem' in seen ? seen.problem : JSON.stringify(seen.value)}`,
});

/** A timer that comes again goes on to its next turn; everything else that stays listens as before. */
export const rearm = (draft: Draft, subscription: Subscription): void => {
  const { timer } = subscription;
  if (timer === null) return;
  const rule = readRule(timer.kind, timer.text, Date.parse(timer.armed), draft.around.zone) as Rule;
  const due = nextDue(rule, timer.turn + 1, Date.parse(draft.around.now), draft.around.zone);
  if (due === null || due.at > LAST_MOMENT) draft.subscriptions.delete(subscription.id);
  else draft.subscriptions.set(subscription.id, { ...subscription, due: moment(due), timer: { ...timer, turn: due.turn } });
};

/** Stops listening for a token: what it waited for, and the boundary events of its activity. */
export const unsubscribe = (draft: Draft, token: number): void => {
  for (const [id, subscription] of draft.subscriptions) if (subscription.token === token) draft.subscriptions.delete(id);
};

type Boundary = Extract<Node, { kind: 'boundary' }>;
const boundaries = new WeakMap<Graph, ReadonlyMap<string, readonly Boundary[]>>();

/** The events at the border of an activity. The map never changes, so the answer is kept. */
export const boundariesOf = ({ graph }: Pick<Draft, 'graph'>, node: string): readonly Boundary[] => {
  let ofGraph = boundaries.get(graph);
  if (ofGraph === undefined) {
    const all = Object.values(graph.nodes).filter((other): other is Boundary => other.kind === 'boundary');
    ofGraph = Map.groupBy(all, ({ attachedTo }) => attachedTo);
    boundaries.set(graph, ofGraph);
  }
  return ofGraph.get(node) ?? [];
};

/** Listens for the boundary events of the activity that a token stands at; what went wrong is said, and nothing stays half open. */
export const subscribeBoundaries = (draft: Draft, token: number, scope: number, node: string): Trouble | null => {
  for (const boundary of boundariesOf(draft, node)) {
    const trouble = subscribe(draft, { token, scope }, boundary.id, boundary.trigger);
    if (trouble !== null) {
      unsubscribe(draft, token);
      return trouble;
    }
  }
  return null;
};

/**
 * The first condition that has become true since it was last looked at. Nothing known is no change: a condition may name what comes
 * later. Only one at a time, since what it sets off may take the others away.
 */
export const becameTrue = (draft: Draft): Subscription | null => {
  for (const subscription of draft.subscriptions.values()) {
    if (subscription.kind !== 'conditional') continue;
    const node = nodeOf(draft, subscription.node);
    const trigger = 'trigger' in node ? node.trigger : null;
    if (trigger?.kind !== 'conditional') continue;
    const is = decide(draft, subscription.scope, trigger.condition) === true;
    const now = { ...subscription, was: is };
    if (is !== subscription.was) draft.subscriptions.set(subscription.id, now);
    if (is && !subscription.was) return now;
  }
  return null;
};
