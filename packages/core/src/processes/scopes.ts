import { type Draft, nextId, nodeOf, scopeOf, tell } from './draft.ts';
import type { LoopCount, ScopeRun, Variables } from './instance.ts';
import { subscribe, type Trouble, unsubscribe } from './subscribe.ts';

interface Opening {
  readonly element: string;
  readonly kind: ScopeRun['kind'];
  readonly parent: number | null;
  readonly host: number | null;
  readonly variables?: Variables;
  readonly loop?: LoopCount;
}

export const openScope = (draft: Draft, { variables = {}, loop, ...opening }: Opening): ScopeRun => {
  const run: ScopeRun = { ...opening, id: nextId(draft), variables, loop: loop ?? null };
  draft.scopes.set(run.id, run);
  return run;
};

/** Starts what is inside a process or sub-process: its event sub-processes listen, and a token comes to its start. */
export const beginInside = (draft: Draft, run: ScopeRun, start: string | null): Trouble | null => {
  for (const id of draft.graph.scopes[run.element]?.eventSubProcesses ?? []) {
    for (const begin of startsOf(draft, id)) {
      const trouble = begin.trigger === null ? null : subscribe(draft, { token: null, scope: run.id }, begin.id, begin.trigger);
      if (trouble !== null) return trouble;
    }
  }
  const nodes = start === null ? beginningsOf(draft, run.element) : [start];
  for (const node of nodes) draft.queue.push({ kind: 'enter', scope: run.id, node, by: null });
  return null;
};

export const startsOf = (draft: Draft, scope: string) =>
  (draft.graph.scopes[scope]?.nodes ?? []).flatMap((id) => {
    const node = nodeOf(draft, id);
    return node.kind === 'start' ? [node] : [];
  });

/** The start without a trigger; where there is none, everything that nothing leads to. */
export const beginningsOf = (draft: Draft, scope: string): readonly string[] => {
  const plain = startsOf(draft, scope).filter(({ trigger }) => trigger === null);
  if (plain.length > 0) return plain.map(({ id }) => id);
  return (draft.graph.scopes[scope]?.nodes ?? []).filter((id) => {
    const node = nodeOf(draft, id);
    const aside =
      node.kind === 'boundary' || node.kind === 'start' || node.kind === 'linkCatch' || (node.kind === 'subProcess' && node.byEvent);
    return !aside && node.incoming.length === 0;
  });
};

/** A scope and all in it. Scopes stand in the order in which they were opened: the outer before the inner. */
const inside = (draft: Draft, scope: number): Set<number> => {
  const found = new Set([scope]);
  for (const { id, parent } of draft.scopes.values()) if (parent !== null && found.has(parent)) found.add(id);
  return found;
};

/** Takes away everything that runs or waits in a scope; with `itself` the scope too. */
export const clearScope = (draft: Draft, scope: number, itself: boolean): void => {
  const gone = inside(draft, scope);
  for (const token of draft.tokens.values())
    if (gone.has(token.scope)) {
      draft.tokens.delete(token.id);
      unsubscribe(draft, token.id);
      tell(draft, 'cancelled', token);
    }
  for (const [id, subscription] of draft.subscriptions) if (gone.has(subscription.scope)) draft.subscriptions.delete(id);
  draft.queue = draft.queue.filter((move) => !gone.has(move.scope));
  for (const id of gone) if (itself || id !== scope) draft.scopes.delete(id);
};

/** Takes a token away with all that runs inside its activity. */
export const cancelToken = (draft: Draft, id: number): void => {
  const token = draft.tokens.get(id);
  if (token === undefined) return;
  for (const run of draft.scopes.values()) if (run.host === id) clearScope(draft, run.id, true);
  unsubscribe(draft, id);
  draft.tokens.delete(id);
  tell(draft, 'cancelled', token);
};

/** True when nothing is left in a scope; asked when all that was on its way has come to stand. */
export const isOver = (draft: Draft, scope: number): boolean =>
  draft.scopes.has(scope) &&
  ![...draft.tokens.values()].some((token) => token.scope === scope) &&
  ![...draft.scopes.values()].some(({ parent }) => parent === scope);

/** The scope of the process or sub-process that an element runs in: rounds and loops are only wrappers. */
export const enclosing = (draft: Draft, scope: number): ScopeRun => {
  const run = scopeOf(draft, scope);
  return run.kind === 'process' || run.kind === 'subProcess' || run.parent === null ? run : enclosing(draft, run.parent);
};
