import { expect, test } from 'vitest';
import type { Graph, Node, Step as StepOf } from './graph.ts';
import type { Surroundings } from './happenings.ts';
import { startInstance, step, type Stepped } from './step.ts';

const nothing: StepOf = { role: null, form: null, evidence: [], references: [], due: null, escalateTo: null, notBy: [], raci: {} };
const around: Surroundings = { now: '2026-01-01T00:00:00.000Z', zone: 'UTC', evaluate: (e, v) => ({ value: v[e] ?? null }) };

test('a line of two tasks', () => {
  const flows = Object.fromEntries(
    [
      ['s', 'a'],
      ['a', 'b'],
      ['b', 'e'],
    ].map(([from, to]) => [`${from}-${to}`, { id: `${from}-${to}`, name: null, from, to, condition: null }]),
  ) as Graph['flows'];
  const place = (id: string) => ({
    id,
    name: id,
    scope: 'p',
    lane: null,
    step: nothing,
    incoming: Object.values(flows)
      .filter((f) => f.to === id)
      .map((f) => f.id),
    outgoing: Object.values(flows)
      .filter((f) => f.from === id)
      .map((f) => f.id),
  });
  const nodes: Record<string, Node> = {
    s: { ...place('s'), kind: 'start', trigger: null, interrupting: true },
    a: {
      ...place('a'),
      kind: 'task',
      task: 'user',
      job: null,
      trigger: null,
      expression: null,
      result: null,
      loop: null,
      defaultFlow: null,
    },
    b: {
      ...place('b'),
      kind: 'task',
      task: 'user',
      job: null,
      trigger: null,
      expression: null,
      result: null,
      loop: { kind: 'multiInstance', sequential: false, cardinality: 'three', collection: null, item: null, completion: null },
      defaultFlow: null,
    },
    e: { ...place('e'), kind: 'end', result: null },
  };
  const graph: Graph = {
    process: 'p',
    name: 'p',
    scopes: { p: { id: 'p', parent: null, nodes: Object.keys(nodes), eventSubProcesses: [] } },
    nodes,
    flows,
  };
  let now = startInstance(graph, { id: 'i', start: null, variables: { three: 3 }, called: false }, around) as Stepped;
  for (const at of ['a', 'b', 'b', 'b']) {
    const token = now.instance.tokens.find(({ node, wait }) => node === at && wait.kind === 'task');
    now = step(graph, now.instance, { kind: 'complete', token: token?.id ?? 0, variables: {} }, around) as Stepped;
  }
  expect(now.instance.status).toBe('completed');
  expect(now.instance.tokens).toEqual([]);
});
