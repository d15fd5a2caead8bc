import { type Refusal, refusal } from '../shared/refusal.ts';
import { type Draft, draftOf, instanceOf } from './draft.ts';
import type { Graph, Node, Trigger } from './graph.ts';
import type { Surroundings } from './happenings.ts';
import type { Instance, ScopeRun, Subscription, Token } from './instance.ts';
import { boundariesOf, subscribe, type Trouble } from './subscribe.ts';

/** What becomes of what a run listens for. `armed anew`: what it waits for changed, so it counts from the moment of the migration. */
export interface Listening {
  readonly node: string;
  readonly token: number | null;
  readonly becomes: 'kept' | 'armed anew' | 'added' | 'dropped';
}
export interface MigrationPlan {
  /** Every node with a token, which goes on standing there. */
  readonly nodes: readonly { readonly node: string; readonly tokens: number }[];
  readonly listening: readonly Listening[];
}

const stranded = (node: string, expected: string, got: string): Refusal =>
  refusal(
    'STRANDED',
    `expected ${expected} for the tokens at "${node}", got ${got}`,
    'Keep this element in the new version, or let the run finish on its own.',
    node,
  );

/**
 * Whether a run of one version of a map can go on by another: every node with a token, and every scope that runs, needs a target of
 * the same id and kind in the same scope. All that lacks one is named; nothing is guessed.
 */
export const planMigration = (from: Graph, to: Graph, instance: Instance): MigrationPlan | { readonly refused: readonly Refusal[] } => {
  const refused = [
    ...(instance.status === 'suspended'
      ? [refusal('RUN_SUSPENDED', 'expected a run in progress, got one that is suspended', 'Resume it first, or leave it on its version.')]
      : []),
    ...(instance.status === 'active' || instance.status === 'suspended'
      ? []
      : [refusal('INSTANCE_ENDED', `expected a run in progress, got one that is ${instance.status}`, 'Leave it on its version.')]),
    ...(from.process === to.process ? [] : [stranded(from.process, `the process "${from.process}"`, `"${to.process}"`)]),
    ...[...new Set([...instance.tokens.map(({ node }) => node), ...instance.scopes.filter(inside).map(({ element }) => element)])].flatMap(
      (id) => compareNode(from.nodes[id], to.nodes[id], id),
    ),
    ...instance.tokens.flatMap((token) => compareWayIn(to, token)),
  ];
  if (refused.length > 0) return { refused };
  const count = Map.groupBy(instance.tokens, ({ node }) => node);
  return {
    nodes: [...count].map(([node, tokens]) => ({ node, tokens: tokens.length })),
    listening: listeningOf(from, to, instance).map(({ node, token, becomes }) => ({ node, token, becomes })),
  };
};

const inside = ({ kind }: ScopeRun): boolean => kind !== 'process';

const kindOf = (node: Node): string => {
  const loop =
    !('loop' in node) || node.loop === null
      ? ''
      : node.loop.kind === 'standard'
        ? ', repeated'
        : node.loop.sequential
          ? ', one after another'
          : ', several at once';
  const event = node.kind === 'subProcess' && node.byEvent ? 'event ' : '';
  const what = node.kind === 'task' ? `${node.task} task` : node.kind === 'gateway' ? `${node.gateway} gateway` : `${event}${node.kind}`;
  return `${what}${loop}`;
};

const compareNode = (old: Node | undefined, now: Node | undefined, id: string): readonly Refusal[] => {
  if (old === undefined) return [stranded(id, 'a node of the version that it runs on', 'none')];
  if (now === undefined) return [stranded(id, `a ${kindOf(old)} of this id`, 'none')];
  if (kindOf(old) !== kindOf(now)) return [stranded(id, `a ${kindOf(old)}`, `a ${kindOf(now)}`)];
  return old.scope === now.scope ? [] : [stranded(id, `it inside "${old.scope}"`, `it inside "${now.scope}"`)];
};

/** A token that came to a gateway and waits there needs the flow by which it came. */
const compareWayIn = (to: Graph, { node, wait }: Token): readonly Refusal[] => {
  const by = 'by' in wait ? wait.by : null;
  return by === null || to.nodes[node] === undefined || to.flows[by]?.to === node
    ? []
    : [stranded(node, `the flow "${by}", by which they came,`, 'none')];
};

interface Change extends Listening {
  readonly scope: number;
  readonly trigger: Trigger;
  readonly was: Subscription | null;
}

/** What each token and scope should listen for by the new version, against what it listens for now. */
const listeningOf = (from: Graph, to: Graph, instance: Instance): readonly Change[] => {
  const wanted = [
    ...instance.tokens.flatMap((token) => ofToken(to, token, instance)),
    ...instance.scopes.flatMap((scope) => ofScope(to, scope, instance)),
  ];
  const known = new Set(
    [
      ...instance.tokens.flatMap((token) => ofToken(from, token, instance)),
      ...instance.scopes.flatMap((scope) => ofScope(from, scope, instance)),
    ].map(keyOf),
  );
  const now = new Map(instance.subscriptions.map((subscription) => [keyOf(subscription), subscription]));
  const kept = new Set(wanted.map(keyOf));
  const changes = wanted.flatMap((want): Change[] => {
    const was = now.get(keyOf(want)) ?? null;
    // What the old version listened for and is gone has come already: it does not come again.
    if (was === null) return known.has(keyOf(want)) ? [] : [{ ...want, becomes: 'added', was }];
    return [{ ...want, becomes: sameTrigger(triggerOf(from, want.node), want.trigger) ? 'kept' : 'armed anew', was }];
  });
  const dropped = instance.subscriptions.flatMap((was): Change[] => {
    const trigger = triggerOf(from, was.node);
    return kept.has(keyOf(was)) || trigger === null
      ? []
      : [{ node: was.node, token: was.token, scope: was.scope, trigger, becomes: 'dropped', was }];
  });
  return [...changes, ...dropped];
};

type Wanted = Pick<Change, 'node' | 'token' | 'scope' | 'trigger'>;
const keyOf = ({ node, token, scope }: Pick<Change, 'node' | 'token' | 'scope'>): string => `${scope} ${token} ${node}`;
const sameTrigger = (a: Trigger | null, b: Trigger): boolean => JSON.stringify(a) === JSON.stringify(b);
const triggerOf = (graph: Graph, id: string): Trigger | null => {
  const node = graph.nodes[id];
  return node !== undefined && 'trigger' in node ? node.trigger : null;
};
/** Errors and escalations are not listened for: they are searched when they come. */
const isListened = ({ trigger }: Wanted): boolean => trigger.kind !== 'error' && trigger.kind !== 'escalation';

const ofToken = (graph: Graph, { id, scope, node, wait }: Token, { scopes }: Instance): readonly Wanted[] => {
  // One that stopped on its way in or out listens for nothing; it begins to when it is tried again.
  if (wait.kind === 'incident' && wait.on !== 'working') return [];
  const place = graph.nodes[node];
  if (place === undefined) return [];
  const events = place.kind === 'gateway' ? place.outgoing.map((flow) => graph.flows[flow]?.to ?? '') : [node];
  const own = wait.kind === 'events' ? events : [];
  // The events at the border of a loop belong to the whole of it, not to one round.
  const isRound = scopes.some((run) => run.id === scope && run.kind === 'round' && run.element === node);
  const border = isRound ? [] : boundariesOf({ graph }, node).map((boundary) => boundary.id);
  return [...own, ...border]
    .flatMap((at) => {
      const trigger = triggerOf(graph, at);
      return trigger === null ? [] : [{ node: at, token: id, scope, trigger }];
    })
    .filter(isListened);
};

const ofScope = (graph: Graph, scope: ScopeRun, { scopes }: Instance): readonly Wanted[] => {
  if (scope.kind !== 'process' && scope.kind !== 'subProcess') return [];
  const starts = (graph.scopes[scope.element]?.eventSubProcesses ?? []).flatMap((id) => startsIn(graph, id));
  // Once an event sub-process has interrupted a scope, nothing else there listens.
  const interrupted = scopes.some(
    (run) =>
      run.parent === scope.id &&
      run.host === null &&
      run.kind === 'subProcess' &&
      startsIn(graph, run.element).some(({ interrupting }) => interrupting),
  );
  if (interrupted) return [];
  return starts
    .flatMap(({ id, trigger }) => (trigger === null ? [] : [{ node: id, token: null, scope: scope.id, trigger }]))
    .filter(isListened);
};

const startsIn = (graph: Graph, scope: string) =>
  (graph.scopes[scope]?.nodes ?? []).flatMap((id) => {
    const node = graph.nodes[id];
    return node?.kind === 'start' ? [node] : [];
  });

/**
 * Moves a run to another version: tokens, scopes and variables stay as they are, what it listens for follows the new map. Refused is
 * what `planMigration` refuses, and a timer or name of the new map that cannot be read; nothing has changed then.
 */
export const migrateInstance = (
  from: Graph,
  to: Graph,
  instance: Instance,
  around: Surroundings,
): { readonly instance: Instance; readonly plan: MigrationPlan } | { readonly refused: readonly Refusal[] } => {
  const plan = planMigration(from, to, instance);
  if ('refused' in plan) return plan;
  const draft = draftOf(to, instance, around);
  const refused = listeningOf(from, to, instance).flatMap((change) => {
    const trouble = apply(draft, change);
    return trouble === null
      ? []
      : [refusal(trouble.code, trouble.message, 'Correct the new version, or the facts of the run.', change.node)];
  });
  return refused.length > 0 ? { refused } : { instance: instanceOf(draft, instance.id), plan };
};

const apply = (draft: Draft, { becomes, was, token, scope, node, trigger }: Change): Trouble | null => {
  if (becomes === 'kept') return null;
  if (was !== null) draft.subscriptions.delete(was.id);
  return becomes === 'dropped' ? null : subscribe(draft, { token, scope }, node, trigger);
};
