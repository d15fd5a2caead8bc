import { type Draft, decide, nodeOf, stand, stop, tell } from './draft.ts';
import type { Flow, Node } from './graph.ts';
import type { Token } from './instance.ts';
import { reachOf } from './reach.ts';

type Gateway = Extract<Node, { kind: 'gateway' }>;

const flowsOf = (draft: Draft, node: Node): Flow[] =>
  node.outgoing.flatMap((id) => {
    const flow = draft.graph.flows[id];
    return flow === undefined ? [] : [flow];
  });

export const take = (draft: Draft, scope: number, flow: Flow): void => {
  draft.happened.push({ what: 'taken', flow: flow.id, scope });
  draft.queue.push({ kind: 'enter', scope, node: flow.to, by: flow.id });
};

/** Goes on by the flows of a node. What cannot be decided stops the token; nothing unknown counts as false. */
export const leave = (draft: Draft, scope: number, node: Node): void => {
  const flows = flowsOf(draft, node);
  const only = node.kind === 'gateway' && node.gateway === 'exclusive';
  const free = node.kind === 'gateway' && (node.gateway === 'parallel' || node.gateway === 'eventBased');
  const fallback = 'defaultFlow' in node ? node.defaultFlow : null;
  const taken: Flow[] = [];
  for (const flow of flows) {
    if (flow.id === fallback) continue;
    const holds = free || flow.condition === null ? true : decide(draft, scope, flow.condition);
    if (typeof holds === 'object') {
      stop(draft, {
        scope,
        node: node.id,
        on: 'leaving',
        code: 'CONDITION_UNDECIDED',
        message: `The way out "${flow.name ?? flow.id}": ${holds.problem}.`,
      });
      return;
    }
    if (holds) taken.push(flow);
    if (holds && only) break;
  }
  const otherwise = flows.find(({ id }) => id === fallback);
  if (taken.length === 0 && otherwise !== undefined) taken.push(otherwise);
  if (taken.length === 0 && flows.length > 0)
    stop(draft, {
      scope,
      node: node.id,
      on: 'leaving',
      code: 'NO_FLOW_TAKEN',
      message: 'No condition holds and there is no way for all other cases.',
    });
  for (const flow of taken) take(draft, scope, flow);
};

const waitingAt = (
  draft: Draft,
  scope: number,
  node: string,
): (Token & { readonly wait: { readonly kind: 'join'; readonly by: string } })[] =>
  [...draft.tokens.values()].filter(
    (token): token is Token & { wait: { kind: 'join'; by: string } } =>
      token.scope === scope && token.node === node && token.wait.kind === 'join',
  );

const pass = (draft: Draft, scope: number, gateway: Gateway, consumed: readonly Token[]): void => {
  for (const token of consumed) {
    draft.tokens.delete(token.id);
    tell(draft, 'completed', token);
  }
  draft.happened.push({ what: 'passed', node: gateway.id, scope });
  leave(draft, scope, gateway);
};

/** A token comes to a gateway that joins: it waits for the others. */
export const arrive = (draft: Draft, scope: number, gateway: Gateway, by: string | null): void => {
  if (gateway.incoming.length < 2 || by === null || gateway.gateway === 'exclusive') return pass(draft, scope, gateway, []);
  stand(draft, scope, gateway.id, { kind: 'join', by });
  if (gateway.gateway === 'parallel') joinParallel(draft, scope, gateway);
};

/** One token for each way in; a second by the same way waits for the next time. */
const joinParallel = (draft: Draft, scope: number, gateway: Gateway): void => {
  const waiting = waitingAt(draft, scope, gateway.id);
  const firsts = gateway.incoming.map((flow) => waiting.find(({ wait }) => wait.by === flow));
  if (firsts.every((token) => token !== undefined)) pass(draft, scope, gateway, firsts);
};

/**
 * Lets one inclusive join pass whose every missing way in can no longer be come by (BPMN 2.0 §13.4.3): a token elsewhere holds it up
 * when it can reach a way in that has none, unless it can also reach one that has. True when one passed.
 */
export const joinInclusive = (draft: Draft): boolean => {
  for (const token of draft.tokens.values()) {
    if (token.wait.kind !== 'join') continue;
    const gateway = nodeOf(draft, token.node);
    if (gateway.kind !== 'gateway' || gateway.gateway !== 'inclusive') continue;
    const waiting = waitingAt(draft, token.scope, gateway.id);
    const present = new Set(waiting.map(({ wait }) => wait.by));
    const reach = reachOf(draft.graph, gateway.id);
    const heldUp = [...draft.tokens.values()].some((other) => {
      if (other.scope !== token.scope) return false;
      const ways = [...(reach.get(other.node) ?? [])];
      return ways.some((way) => !present.has(way)) && !ways.some((way) => present.has(way));
    });
    if (heldUp) continue;
    const firsts = gateway.incoming.flatMap((flow) => waiting.find(({ wait }) => wait.by === flow) ?? []);
    pass(draft, token.scope, gateway, firsts);
    return true;
  }
  return false;
};
