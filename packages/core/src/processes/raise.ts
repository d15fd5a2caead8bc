import { type Draft, nodeOf, scopeOf, stop } from './draft.ts';
import type { Node } from './graph.ts';
import type { Token } from './instance.ts';
import { isRound } from './loops.ts';
import { beginInside, cancelToken, clearScope, openScope, startsOf } from './scopes.ts';
import { boundariesOf } from './subscribe.ts';

interface Raised {
  readonly kind: 'error' | 'escalation';
  readonly code: string | null;
}
type Start = Extract<Node, { kind: 'start' }>;
type Boundary = Extract<Node, { kind: 'boundary' }>;
type Catcher =
  | { readonly kind: 'boundary'; readonly boundary: Boundary; readonly host: number; readonly scope: number }
  | { readonly kind: 'start'; readonly start: Start; readonly scope: number };

/** The one that names the code before the one that catches all. */
const fitting = <T extends Start | Boundary>(nodes: readonly T[], raised: Raised): T | undefined => {
  const codeOf = (node: T) => (node.trigger?.kind === raised.kind ? node.trigger.code : undefined);
  return nodes.find((node) => raised.code !== null && codeOf(node) === raised.code) ?? nodes.find((node) => codeOf(node) === null);
};

const atHost = (draft: Draft, host: Token, raised: Raised): Catcher | null => {
  // The events at the border of an activity that loops belong to the whole of it, not to one round.
  if (isRound(draft, host.scope, host.node)) return null;
  const boundary = fitting(boundariesOf(draft, host.node), raised);
  return boundary === undefined ? null : { kind: 'boundary', boundary, host: host.id, scope: host.scope };
};

/** The nearest that catches, from the inside out: the activity itself, then each scope around it and the activity that hosts it. */
const catcherOf = (draft: Draft, scope: number, token: Token | null, raised: Raised): Catcher | null => {
  const own = token === null ? null : atHost(draft, token, raised);
  if (own !== null) return own;
  let skip = false;
  for (let run = scopeOf(draft, scope); ; run = scopeOf(draft, run.parent)) {
    if ((run.kind === 'process' || run.kind === 'subProcess') && !skip) {
      const starts = (draft.graph.scopes[run.element]?.eventSubProcesses ?? []).flatMap((id) => startsOf(draft, id));
      const start = fitting(starts, raised);
      if (start !== undefined) return { kind: 'start', start, scope: run.id };
    }
    const host = run.host === null ? undefined : draft.tokens.get(run.host);
    const outside = host === undefined ? null : atHost(draft, host, raised);
    if (outside !== null) return outside;
    if (run.parent === null) return null;
    // What an event sub-process throws is for those around the scope it served, not for itself again.
    skip = run.kind === 'subProcess' && run.host === null;
  }
};

/** An error ends what it came from, whatever the map says. */
const interrupts = ({ interrupting, trigger }: Start | Boundary): boolean => interrupting || trigger?.kind === 'error';

/** Starts an event sub-process in a scope; one that interrupts ends everything else there. */
export const startByEvent = (draft: Draft, start: Start, scope: number): void => {
  if (interrupts(start)) clearScope(draft, scope, false);
  draft.happened.push({ what: 'fired', node: start.id, scope });
  beginByEvent(draft, start, scope);
};

/** Begins an event sub-process at its start, or stops before it: tried again, it begins there once more. */
export const beginByEvent = (draft: Draft, start: Start, scope: number): void => {
  const run = openScope(draft, { element: start.scope, kind: 'subProcess', parent: scope, host: null });
  const trouble = beginInside(draft, run, start.id);
  if (trouble === null) return;
  clearScope(draft, run.id, true);
  stop(draft, { scope, node: start.id, on: 'entering', ...trouble });
};

/** Goes out by a boundary event; one that interrupts ends the activity. */
export const goByBoundary = (draft: Draft, boundary: Boundary, host: number, scope: number): void => {
  if (interrupts(boundary)) cancelToken(draft, host);
  draft.happened.push({ what: 'fired', node: boundary.id, scope });
  draft.queue.push({ kind: 'leave', scope, node: boundary.id });
};

/** Raises an error or escalation from a token or, without one, from an event in a scope. Says what became of it. */
export const raise = (
  draft: Draft,
  scope: number,
  node: string,
  token: Token | null,
  raised: Raised,
): 'interrupted' | 'goes on' | 'uncaught' => {
  const catcher = catcherOf(draft, scope, token, raised);
  if (catcher === null) {
    if (draft.called) draft.effects.push({ kind: raised.kind === 'error' ? 'callerError' : 'callerEscalation', code: raised.code });
    if (raised.kind === 'escalation') draft.happened.push({ what: 'uncaught', node, escalation: raised.code });
    return 'uncaught';
  }
  if (catcher.kind === 'boundary') goByBoundary(draft, catcher.boundary, catcher.host, catcher.scope);
  else startByEvent(draft, catcher.start, catcher.scope);
  return interrupts(catcher.kind === 'boundary' ? catcher.boundary : catcher.start) ? 'interrupted' : 'goes on';
};

/** Ends the whole run as failed: the caller hears of it. */
export const fail = (draft: Draft): void => {
  const [root] = draft.scopes.values();
  if (root !== undefined) clearScope(draft, root.id, false);
  draft.status = 'failed';
  draft.happened.push({ what: 'ended', status: 'failed' });
};

export const errorMessage = (draft: Draft, node: string, code: string | null): string =>
  `The error ${code === null ? 'without a code' : `"${code}"`} of "${nodeOf(draft, node).name ?? node}" is caught nowhere.`;
