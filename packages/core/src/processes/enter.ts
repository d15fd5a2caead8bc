import { type Draft, evaluate, nodeOf, scopeOf, setVariables, stand, stop, stopAt, tell, valueOf, variablesOf } from './draft.ts';
import { arrive, leave } from './gateways.ts';
import type { Node, Result, Trigger } from './graph.ts';
import type { Token, Wait } from './instance.ts';
import { type Activity, beginLoop, endRound, isRound } from './loops.ts';
import { beginByEvent, errorMessage, fail, raise } from './raise.ts';
import { beginInside, clearScope, enclosing, openScope } from './scopes.ts';
import { subscribe, subscribeBoundaries, type Trouble, unsubscribe } from './subscribe.ts';

/** A token comes to a node. */
export const enter = (draft: Draft, scope: number, id: string, by: string | null): void => {
  const node = nodeOf(draft, id);
  switch (node.kind) {
    case 'start':
      return scopeOf(draft, scope).element === node.scope ? passOn(draft, scope, node) : beginByEvent(draft, node, scope);
    case 'linkCatch':
    case 'boundary':
      return passOn(draft, scope, node);
    case 'linkThrow':
      return followLink(draft, scope, node);
    case 'catch':
      return enterWaiting(draft, scope, node, { kind: 'events' }, (token) =>
        subscribe(draft, { token: token.id, scope }, node.id, node.trigger),
      );
    case 'throw':
      draft.happened.push({ what: 'passed', node: node.id, scope });
      if (throwResult(draft, scope, node.id, node.result)) leave(draft, scope, node);
      return;
    case 'end':
      return enterEnd(draft, scope, node);
    case 'gateway':
      return node.gateway === 'eventBased' ? waitForFirst(draft, scope, node) : arrive(draft, scope, node, by);
    default:
      return enterActivity(draft, scope, node);
  }
};

const passOn = (draft: Draft, scope: number, node: Node): void => {
  draft.happened.push({ what: 'passed', node: node.id, scope });
  leave(draft, scope, node);
};

const followLink = (draft: Draft, scope: number, node: Extract<Node, { kind: 'linkThrow' }>): void => {
  draft.happened.push({ what: 'passed', node: node.id, scope });
  const target = Object.values(draft.graph.nodes).find(
    (other) => other.kind === 'linkCatch' && other.link === node.link && other.scope === node.scope,
  );
  if (target === undefined) throw new Error(`expected a link "${node.link}" to lead somewhere`);
  draft.queue.push({ kind: 'enter', scope, node: target.id, by: null });
};

/** Stands at a node while `open` opens what it waits for; when that fails, nothing stays half open. */
const enterWaiting = (draft: Draft, scope: number, node: Node, wait: Wait, open: (token: Token) => Trouble | null): void => {
  const token = stand(draft, scope, node.id, wait);
  const trouble = open(token);
  if (trouble !== null) withdraw(draft, token, trouble);
};

const withdraw = (draft: Draft, token: Token, trouble: Trouble): void => {
  for (const run of draft.scopes.values()) if (run.host === token.id) clearScope(draft, run.id, true);
  unsubscribe(draft, token.id);
  stopAt(draft, token, { on: 'entering', ...trouble });
};

const waitForFirst = (draft: Draft, scope: number, gateway: Node): void =>
  enterWaiting(draft, scope, gateway, { kind: 'events' }, (token) => {
    for (const flow of gateway.outgoing) {
      const target = nodeOf(draft, draft.graph.flows[flow]?.to ?? '');
      const trigger: Trigger | null = 'trigger' in target ? target.trigger : null;
      const trouble = trigger === null ? null : subscribe(draft, { token: token.id, scope }, target.id, trigger);
      if (trouble !== null) return trouble;
    }
    return null;
  });

/** Throws what an event throws; false when that ended or stopped the token that threw it. */
const throwResult = (draft: Draft, scope: number, node: string, result: Result | null): boolean => {
  switch (result?.kind) {
    case 'message':
    case 'signal': {
      const name = valueOf(draft, scope, result.name);
      if ('value' in name && typeof name.value === 'string') {
        draft.effects.push({ kind: result.kind, name: name.value, variables: variablesOf(draft, scope) });
        return true;
      }
      const got = 'problem' in name ? name.problem : JSON.stringify(name.value);
      const message = `expected the name of a ${result.kind} at "${node}", got ${got}`;
      stop(draft, { scope, node, on: 'entering', code: 'EXPRESSION_FAILED', message });
      return false;
    }
    case 'escalation':
      return raise(draft, scope, node, null, { kind: 'escalation', code: result.code }) !== 'interrupted';
    default:
      return true;
  }
};

const enterEnd = (draft: Draft, scope: number, node: Extract<Node, { kind: 'throw' | 'end' }>): void => {
  const { result } = node;
  draft.happened.push({ what: 'passed', node: node.id, scope });
  if (result?.kind === 'terminate') {
    const run = enclosing(draft, scope);
    clearScope(draft, run.id, false);
    if (run.kind === 'process') draft.status = 'terminated';
  } else if (result?.kind === 'error') {
    if (raise(draft, scope, node.id, null, { kind: 'error', code: result.code }) !== 'uncaught') return;
    if (draft.called) fail(draft);
    else stop(draft, { scope, node: node.id, on: 'leaving', code: 'ERROR_UNCAUGHT', message: errorMessage(draft, node.id, result.code) });
  } else throwResult(draft, scope, node.id, result);
};

const waitOf = (node: Activity): Wait => {
  if (node.kind === 'subProcess') return { kind: 'scope' };
  if (node.kind === 'call') return { kind: 'call' };
  if (node.task === 'receive') return { kind: 'events' };
  return { kind: node.task === 'user' || node.task === 'manual' ? 'task' : 'job' };
};

const enterActivity = (draft: Draft, scope: number, node: Activity): void => {
  const inRound = isRound(draft, scope, node.id);
  const loop = inRound ? null : node.loop;
  enterWaiting(draft, scope, node, loop === null ? waitOf(node) : { kind: 'scope' }, (token) => {
    // In a round the events at the border belong to the whole activity, which already listens for them.
    const trouble = inRound ? null : subscribeBoundaries(draft, token.id, scope, node.id);
    if (trouble !== null) return trouble;
    if (loop === null) return begin(draft, token, node);
    const begun = beginLoop(draft, token, node, loop);
    if (begun === 'over') draft.queue.push({ kind: 'done', scope, token: token.id });
    return begun === 'over' ? null : begun;
  });
};

/** Begins the work of an activity at which a token stands. */
export const begin = (draft: Draft, token: Token, node: Activity): Trouble | null => {
  const { scope } = token;
  if (node.kind === 'subProcess') {
    return beginInside(draft, openScope(draft, { element: node.id, kind: 'subProcess', parent: scope, host: token.id }), null);
  }
  if (node.kind === 'call') {
    draft.effects.push({
      kind: 'call',
      token: token.id,
      node: node.id,
      called: node.called,
      version: node.version,
      variables: variablesOf(draft, scope),
    });
    return null;
  }
  if (node.task === 'receive') return node.trigger === null ? null : subscribe(draft, { token: token.id, scope }, node.id, node.trigger);
  if (node.task === 'service' || node.task === 'send')
    draft.effects.push({ kind: 'job', token: token.id, node: node.id, job: node.job ?? '', variables: variablesOf(draft, scope) });
  if (node.task !== 'businessRule') return null;
  const answer = evaluate(draft, scope, (node.expression ?? '').replace(/^=/, ''));
  if ('problem' in answer) return { code: 'EXPRESSION_FAILED', message: `The rule of "${node.name ?? node.id}": ${answer.problem}.` };
  setVariables(draft, scope, { [node.result ?? 'result']: answer.value });
  draft.queue.push({ kind: 'done', scope, token: token.id });
  return null;
};

/** The activity of a token is done: on to the next round, or out by its flows. */
export const done = (draft: Draft, id: number): void => {
  const token = draft.tokens.get(id);
  if (token === undefined) return;
  unsubscribe(draft, id);
  draft.tokens.delete(id);
  tell(draft, 'completed', token);
  depart(draft, token.scope, token.node);
};

/** Out of a node: inside a round that is the end of the round. */
export const depart = (draft: Draft, scope: number, id: string): void => {
  const node = nodeOf(draft, id);
  if ('loop' in node && node.loop !== null && isRound(draft, scope, id)) endRound(draft, scope, node, node.loop);
  else leave(draft, scope, node);
};
