import { type Decided, decided } from './conditional-start.ts';
import type { Graph, Node } from './graph.ts';
import type { Effect, Evaluated, Happening, Surroundings } from './happenings.ts';
import type { HeldEvent, IncidentCode, Instance, ScopeRun, Subscription, Token, Variables, Wait } from './instance.ts';

/** What still has to move. A token on its way is one of these; one that stands still is a token of the instance. */
export type Move =
  /** Comes to a node, by a flow or from nowhere (a start, a link). */
  | { readonly kind: 'enter'; readonly scope: number; readonly node: string; readonly by: string | null }
  /** Goes out of a node by its flows. */
  | { readonly kind: 'leave'; readonly scope: number; readonly node: string }
  /** The activity that a token stands at is done. */
  | { readonly kind: 'done'; readonly scope: number; readonly token: number };

/** The working copy of one step. It never leaves the step; what comes out is built anew. */
export interface Draft {
  readonly graph: Graph;
  readonly around: Surroundings;
  readonly called: boolean;
  status: Instance['status'];
  serial: number;
  readonly scopes: Map<number, ScopeRun>;
  readonly tokens: Map<number, Token>;
  readonly subscriptions: Map<number, Subscription>;
  held: HeldEvent[];
  queue: Move[];
  readonly happened: Happening[];
  readonly effects: Effect[];
}

export const draftOf = (graph: Graph, instance: Instance, around: Surroundings): Draft => ({
  graph,
  around,
  called: instance.called,
  status: instance.status,
  serial: instance.serial,
  scopes: new Map(instance.scopes.map((scope) => [scope.id, scope])),
  tokens: new Map(instance.tokens.map((token) => [token.id, token])),
  subscriptions: new Map(instance.subscriptions.map((subscription) => [subscription.id, subscription])),
  held: [...instance.held],
  queue: [],
  happened: [],
  effects: [],
});

export const instanceOf = (draft: Draft, id: string): Instance => ({
  id,
  status: draft.status,
  called: draft.called,
  serial: draft.serial,
  scopes: [...draft.scopes.values()],
  tokens: [...draft.tokens.values()],
  subscriptions: [...draft.subscriptions.values()],
  held: draft.held,
});

export const nodeOf = (draft: Draft, id: string): Node => {
  const node = draft.graph.nodes[id];
  if (node === undefined) throw new Error(`expected a node "${id}" in the map`);
  return node;
};

export const scopeOf = (draft: Draft, id: number): ScopeRun => {
  const scope = draft.scopes.get(id);
  if (scope === undefined) throw new Error(`expected a running scope ${id}`);
  return scope;
};

export const nextId = (draft: Draft): number => (draft.serial += 1);

export const stand = (draft: Draft, scope: number, node: string, wait: Wait): Token => {
  const token = { id: nextId(draft), scope, node, since: draft.around.now, wait };
  draft.tokens.set(token.id, token);
  tell(draft, 'entered', token);
  return token;
};

/** Writes down what became of a token. */
export const tell = (draft: Draft, what: 'entered' | 'completed' | 'cancelled' | 'retried', { node, id, scope }: Token): void => {
  const run = draft.scopes.get(scope);
  draft.happened.push({ what, node, token: id, scope, round: run?.kind === 'round' && run.element === node });
};

export interface Stop {
  readonly scope: number;
  readonly node: string;
  readonly on: 'entering' | 'leaving';
  readonly by?: string | null;
  readonly code: IncidentCode;
  readonly message: string;
}

/** Stops what is on its way until a person has mended the cause. */
export const stop = (draft: Draft, { scope, node, on, by = null, code, message }: Stop): void => {
  const token = stand(draft, scope, node, { kind: 'incident', on, by, code, message });
  draft.happened.push({ what: 'incident', node, token: token.id, code, message });
};

/** Stops a token where it stands. */
export const stopAt = (draft: Draft, token: Token, { on, code, message }: Pick<Stop, 'code' | 'message'> & { on: StopOn }): void => {
  draft.tokens.set(token.id, { ...token, wait: { kind: 'incident', on, by: null, code, message } });
  draft.happened.push({ what: 'incident', node: token.node, token: token.id, code, message });
};
type StopOn = Extract<Wait, { kind: 'incident' }>['on'];

/** Everything visible from a scope: nearer names hide farther ones. */
export const variablesOf = (draft: Draft, scope: number): Variables => {
  const run = scopeOf(draft, scope);
  return run.parent === null ? run.variables : { ...variablesOf(draft, run.parent), ...run.variables };
};

/** Sets values where the nearest scope already has the name, else for the whole process. */
export const setVariables = (draft: Draft, scope: number, values: Variables): void => {
  for (const [name, value] of Object.entries(values)) {
    let run = scopeOf(draft, scope);
    while (run.parent !== null && !Object.hasOwn(run.variables, name)) run = scopeOf(draft, run.parent);
    draft.scopes.set(run.id, { ...run, variables: { ...run.variables, [name]: value } });
  }
};

export const evaluate = (draft: Draft, scope: number, expression: string): Evaluated =>
  draft.around.evaluate(expression, variablesOf(draft, scope));

/** A value of the map: FEEL where it begins with `=`, else the text itself. */
export const valueOf = (draft: Draft, scope: number, text: string): Evaluated =>
  text.startsWith('=') ? evaluate(draft, scope, text.slice(1)) : { value: text };

/** True, false, or why it cannot be said: nothing is never taken for false. */
export const decide = (draft: Draft, scope: number, condition: string): Decided =>
  decided(condition, evaluate(draft, scope, condition.replace(/^=/, '')));
