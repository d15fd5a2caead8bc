import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftOf } from './draft.ts';
import { joinInclusive } from './gateways.ts';
import type { Graph } from './graph.ts';
import type { Instance, Token } from './instance.ts';
import { reachOf } from './reach.ts';
import * as b from './testing/build.ts';
import { evaluate } from './testing/play.ts';

const NODES = 7;
const name = (index: number) => (index === 0 ? 'j' : `n${index}`);

/** Any map of steps around an inclusive gateway `j`, cycles and all. */
const anyGraph = fc
  .uniqueArray(fc.tuple(fc.nat({ max: NODES - 1 }), fc.nat({ max: NODES - 1 })), {
    minLength: 4,
    maxLength: 16,
    selector: (pair) => pair.join(),
  })
  .map((pairs): Graph => {
    const into = pairs.filter(([from, to]) => to === 0 && from !== 0);
    const ways = into.length >= 2 ? pairs : [...pairs.filter(([, to]) => to !== 0), [1, 0] as const, [2, 0] as const];
    return b.map(
      b.inclusive('j'),
      ...Array.from({ length: NODES - 1 }, (_, index) => b.user(name(index + 1))),
      ...ways.map(([from, to]) => b.flow(`${name(from)} ${name(to)}`)),
    );
  });

/** The definition, walked path by path: the flows into the gateway that a path from this node ends with, having gone nowhere twice. */
const naive = (graph: Graph, node: string, been: readonly string[] = []): ReadonlySet<string> => {
  if (node === 'j' || been.includes(node)) return new Set();
  const ways = (graph.nodes[node]?.outgoing ?? []).flatMap((id) => {
    const to = graph.flows[id]?.to ?? '';
    return to === 'j' ? [id] : [...naive(graph, to, [...been, node])];
  });
  return new Set(ways);
};

it('knows by which flows a token can still come, as the paths themselves say', () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const reach = reachOf(graph, 'j');
      for (let index = 1; index < NODES; index += 1)
        expect([...(reach.get(name(index)) ?? [])].toSorted()).toEqual([...naive(graph, name(index))].toSorted());
    }),
    { numRuns: 400 },
  );
});

it('lets the join pass exactly when no path can bring what is missing', () => {
  let passedSome = 0;
  let heldSome = 0;
  fc.assert(
    fc.property(
      anyGraph,
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: NODES - 1 }), { maxLength: 3 }),
      (graph, come, elsewhere) => {
        const incoming = graph.nodes['j']?.incoming ?? [];
        const by = come.map((index) => incoming[index % incoming.length] ?? '');
        const token = (node: string, wait: Token['wait'], index: number): Token => ({
          id: index + 2,
          scope: 1,
          node,
          since: '2026-01-01T00:00:00.000Z',
          wait,
        });
        const tokens = [
          ...by.map((flow) => ['j', { kind: 'join', by: flow }] as const),
          ...elsewhere.map((index) => [name(index), { kind: 'task' }] as const),
        ].map(([node, wait], index) => token(node, wait, index));
        const instance: Instance = {
          id: 'i',
          status: 'active',
          called: false,
          serial: 100,
          tokens,
          subscriptions: [],
          held: [],
          scopes: [{ id: 1, element: 'p', kind: 'process', parent: null, host: null, variables: {}, loop: null }],
        };
        const missing = incoming.filter((flow) => !by.includes(flow));
        const held = elsewhere.some((index) => {
          const ways = naive(graph, name(index));
          return missing.some((flow) => ways.has(flow)) && !by.some((flow) => ways.has(flow));
        });
        const draft = draftOf(graph, instance, { now: '2026-01-01T00:00:00.000Z', zone: 'UTC', evaluate });
        expect(joinInclusive(draft)).toBe(!held);
        if (held) heldSome += 1;
        else passedSome += 1;
        // One token by each way that has one is taken; the others wait for the next time.
        if (!held) expect([...draft.tokens.values()].filter(({ node }) => node === 'j')).toHaveLength(by.length - new Set(by).size);
      },
    ),
    { numRuns: 600 },
  );
  expect(Math.min(passedSome, heldSome)).toBeGreaterThan(20);
});
