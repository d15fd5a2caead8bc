import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineProcess, type FlowDefinition, flow, type NodeDefinition, path, type ProcessDefinition } from './definition.ts';
import { layout } from './layout.ts';
import { faultsOf } from './metrics.ts';

const nothing = { crossings: [], edgesOverNodes: [], overlaps: [], outside: [], names: [] };
const lanes = [
  { id: 'one', name: 'One', role: 'aims_manager' },
  { id: 'two', name: 'Two', role: 'risk_manager' },
  { id: 'three', name: 'Three', role: 'system_owner' },
];
const base = { key: 'map', name: 'Map', description: '', clauses: [], lanes };
const task = (lane: string): NodeDefinition => ({ kind: 'user', name: 'Do it', lane });

const withLoop: ProcessDefinition = defineProcess({
  ...base,
  partners: [{ id: 'outside', name: 'Outside', side: 'above' }],
  nodes: {
    begin: { kind: 'start', name: 'Begins', lane: 'one' },
    merge: { kind: 'exclusive', name: '', lane: 'one' },
    a: task('one'),
    b: task('two'),
    late: { kind: 'boundary', name: 'Late', at: 'b', interrupting: false, lane: 'two', trigger: { on: 'timer', duration: 'P5D' } },
    remind: task('three'),
    reminded: { kind: 'end', name: 'Reminded', lane: 'three' },
    good: { kind: 'exclusive', name: 'Good?', lane: 'two' },
    sub: {
      kind: 'subProcess',
      name: 'Inside',
      lane: 'two',
      nodes: { in: { kind: 'start', name: '' }, c: { kind: 'user', name: 'Do it' }, out: { kind: 'end', name: '' } },
      flows: [...path('in', 'c', 'out')],
    },
    end: { kind: 'end', name: 'Ends', lane: 'two' },
  },
  flows: [
    ...path('begin', 'merge', 'a'),
    flow('a', 'b', { across: true }),
    ...path('b', 'good', 'sub', 'end'),
    flow('good', 'merge', { name: 'no', when: 'no' }),
    ...path('late', 'remind', 'reminded'),
  ],
  messages: [{ from: 'a', to: 'outside', name: 'news' }],
});

describe('a map with a way back, a sub-process, an event at a border and a partner', () => {
  const picture = layout(withLoop);
  const box = (id: string) => picture.nodes.find((node) => node.id === id)?.box ?? { x: 0, y: 0, width: 0, height: 0 };

  it('has nothing that crosses or overlaps', () => expect(faultsOf(picture)).toEqual(nothing));
  it('stands steps across lanes below each other', () => expect(box('b').x).toBe(box('a').x));
  it('puts what follows further right, on one line', () => {
    expect(box('good').x).toBeGreaterThan(box('b').x);
    expect(box('good').y + 25).toBe(box('b').y + 40);
  });
  it('puts the event on the border of its step', () => expect(box('late').y + 18).toBe(box('b').y + 80));
  it('ends the message at the pool', () => {
    const [message] = picture.edges.filter(({ kind }) => kind === 'message');
    expect(message?.points.at(-1)?.y).toBe(60);
  });
  it('is drawn the same each time', () => expect(layout(withLoop)).toEqual(picture));
});

/** A map of up to a dozen steps in any lanes, with flows from anywhere to anywhere. */
const anyMap = fc
  .record({
    steps: fc.array(fc.record({ lane: fc.nat(2), kind: fc.constantFrom('user', 'exclusive', 'parallel', 'catch'), border: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    }),
    flows: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 14 }),
  })
  .map(({ steps, flows: drawn }): ProcessDefinition => {
    const nodes: Record<string, NodeDefinition> = {};
    const flows: FlowDefinition[] = [];
    steps.forEach(({ lane, kind, border }, index) => {
      const where = lanes[lane]?.id as string;
      nodes[`n${index}`] =
        kind === 'catch'
          ? { kind, name: 'Waits', lane: where, trigger: { on: 'timer', duration: 'P1D' } }
          : { kind: kind as 'user' | 'exclusive' | 'parallel', name: 'Does this', lane: where };
      if (index > 0) flows.push({ from: `n${index - 1}`, to: `n${index}` });
      if (!border || kind !== 'user') return;
      nodes[`b${index}`] = {
        kind: 'boundary',
        name: 'Late',
        at: `n${index}`,
        interrupting: true,
        lane: where,
        trigger: { on: 'timer', duration: 'P1D' },
      };
      flows.push({ from: `b${index}`, to: `n${steps.length - 1}` });
    });
    for (const [from, to] of drawn)
      if (from !== to && from < steps.length && to < steps.length) flows.push({ from: `n${from}`, to: `n${to}` });
    return defineProcess({ ...base, nodes, flows });
  });

it('lets no steps overlap, no flow run over a step, and nothing leave its lane, whatever the map', () => {
  fc.assert(
    fc.property(anyMap, (definition) => {
      const picture = layout(definition);
      const { edgesOverNodes, outside } = faultsOf(picture);
      const onEachOther = faultsOf({ ...picture, edges: [], labels: [] }).overlaps;
      expect({ edgesOverNodes, outside: outside.filter((fault) => !fault.startsWith('name')), onEachOther }).toEqual({
        edgesOverNodes: [],
        outside: [],
        onEachOther: [],
      });
      expect(picture.edges).toHaveLength(definition.flows.length);
      for (const { points } of picture.edges)
        for (const [index, to] of points.slice(1).entries()) expect(points[index]?.x === to.x || points[index]?.y === to.y).toBe(true);
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe('a definition that contradicts itself', () => {
  const nodes = { a: task('one') };
  it.each([
    { name: 'a flow to nowhere', change: { flows: path('a', 'b') }, says: /names b/ },
    { name: 'a step in no lane', change: { nodes: { a: task('four') } }, says: /stands in no lane/ },
    { name: 'a message between steps', change: { messages: [{ from: 'a', to: 'a' }] }, says: /between a step and a partner/ },
    {
      name: 'an event on nothing',
      change: {
        nodes: {
          ...nodes,
          e: { kind: 'boundary', name: '', at: 'x', interrupting: true, lane: 'one', trigger: { on: 'timer', duration: 'P1D' } } as const,
        },
      },
      says: /attached to x/,
    },
  ])('is refused: $name', ({ change, says }) => {
    expect(() => defineProcess({ ...base, nodes, flows: [], ...change })).toThrow(says);
  });
});
