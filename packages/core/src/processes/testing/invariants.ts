import type { Graph } from '../graph.ts';
import type { Happening } from '../happenings.ts';
import type { Instance } from '../instance.ts';

/** What must hold in every state of every run; each line names what does not. */
export const brokenIn = (graph: Graph, instance: Instance, happened: readonly Happening[]): readonly string[] => {
  const scopes = new Map(instance.scopes.map((scope) => [scope.id, scope]));
  const tokens = new Map(instance.tokens.map((token) => [token.id, token]));
  const ids = [...instance.scopes, ...instance.tokens, ...instance.subscriptions].map(({ id }) => id);
  const told = standingBy(happened);
  const hosted = new Set(instance.scopes.map(({ host }) => host));
  return [
    ...(new Set(ids).size === ids.length ? [] : ['an id is given twice']),
    ...ids.filter((id) => id > instance.serial).map((id) => `id ${id} lies beyond the serial`),
    ...instance.tokens.filter((token) => !scopes.has(token.scope)).map(({ id }) => `token ${id} stands in a scope that is gone`),
    ...instance.tokens
      .filter(
        ({ node, scope }) => graph.nodes[node]?.scope !== elementAround(scopes.get(scope), scopes) && graph.nodes[node]?.kind !== 'start',
      )
      .map(({ node }) => `"${node}" stands in a scope of another element`),
    ...instance.tokens
      .filter(({ id, wait }) => wait.kind === 'scope' && !hosted.has(id))
      .map(({ id }) => `token ${id} waits for a scope that is gone`),
    ...instance.scopes.filter(({ parent }) => parent !== null && !scopes.has(parent)).map(({ id }) => `scope ${id} has lost its parent`),
    ...instance.scopes
      .filter(({ host }) => host !== null && tokens.get(host)?.wait.kind !== 'scope')
      .map(({ id }) => `scope ${id} has lost its host`),
    ...instance.subscriptions
      .filter(({ token, scope }) => !scopes.has(scope) || (token !== null && !tokens.has(token)))
      .map(({ node }) => `what "${node}" waits for belongs to nobody`),
    ...(instance.status !== 'active' && instance.status !== 'suspended' && (instance.tokens.length > 0 || instance.subscriptions.length > 0)
      ? [`a run that is ${instance.status} still waits`]
      : []),
    ...((instance.status === 'active' || instance.status === 'suspended') && instance.tokens.length === 0
      ? ['a run goes on with no token left']
      : []),
    ...(told.join() === [...tokens.keys()].toSorted((a, b) => a - b).join()
      ? []
      : [`the history tells of tokens ${told.join()}, there are ${[...tokens.keys()].join()}`]),
  ];
};

const elementAround = (
  scope: Instance['scopes'][number] | undefined,
  scopes: ReadonlyMap<number, Instance['scopes'][number]>,
): string | undefined =>
  scope === undefined || scope.kind === 'process' || scope.kind === 'subProcess'
    ? scope?.element
    : elementAround(scopes.get(scope.parent ?? 0), scopes);

/** The tokens that stand, told by the history alone. */
const standingBy = (happened: readonly Happening[]): readonly number[] => {
  const standing = new Set<number>();
  for (const one of happened) {
    if (one.what === 'entered') standing.add(one.token);
    if (one.what === 'completed' || one.what === 'cancelled' || one.what === 'retried') standing.delete(one.token);
  }
  return [...standing].toSorted((a, b) => a - b);
};
