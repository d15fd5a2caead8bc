import { describe, expect, it } from 'vitest';
import type { NodeDefinition } from './definition.ts';
import { faultsOf } from './metrics.ts';
import type { Picture } from './picture.ts';

const node = (id: string, x: number, y: number, more: Partial<NodeDefinition> = {}) => ({
  id,
  node: { kind: 'user', name: 'Do it', ...more } as NodeDefinition,
  box: { x, y, width: 140, height: 80 },
  inside: null,
});
const edge = (id: string, from: string, to: string, ...points: readonly (readonly [number, number])[]) => ({
  id,
  from,
  to,
  kind: 'flow' as const,
  points: points.map(([x, y]) => ({ x, y })),
});
const good: Picture = {
  width: 600,
  height: 300,
  nodes: [node('a', 20, 20), node('b', 220, 20), node('c', 420, 20)],
  edges: [edge('ab', 'a', 'b', [160, 60], [220, 60]), edge('bc', 'b', 'c', [360, 60], [420, 60])],
  labels: [{ of: 'ab', box: { x: 170, y: 40, width: 20, height: 14 } }],
  lanes: [{ id: 'one', box: { x: 0, y: 0, width: 600, height: 300 } }],
  partners: [],
};

describe('the measure of a picture', () => {
  it('finds nothing in one that is as it should be', () =>
    expect(faultsOf(good)).toEqual({ crossings: [], edgesOverNodes: [], overlaps: [], outside: [], names: [] }));

  it.each([
    {
      name: 'two lines that cross',
      edges: [edge('x', 'a', 'c', [90, 100], [90, 200], [490, 200], [490, 100]), edge('y', 'b', 'b', [290, 100], [290, 250])],
      found: ['x × y'],
    },
    {
      name: 'a line upon a line',
      edges: [edge('x', 'a', 'b', [160, 60], [220, 60]), edge('y', 'a', 'b', [150, 60], [200, 60])],
      found: ['x × y'],
    },
    {
      name: 'lines that only touch',
      edges: [edge('x', 'a', 'b', [160, 60], [220, 60]), edge('y', 'a', 'b', [190, 60], [190, 200])],
      found: ['x × y'],
    },
    {
      name: 'lines beside each other',
      edges: [edge('x', 'a', 'b', [160, 60], [220, 60]), edge('y', 'a', 'b', [160, 75], [220, 75])],
      found: [],
    },
  ])('judges $name', ({ edges, found }) => expect(faultsOf({ ...good, edges, labels: [] }).crossings).toEqual(found));

  it('finds a line over a step, and one that only ends at it is none', () => {
    const over = edge('ac', 'a', 'c', [160, 70], [420, 70]);
    expect(faultsOf({ ...good, edges: [over] }).edgesOverNodes).toEqual(['ac over b']);
  });

  it('finds steps on each other, but an event on its own step is none', () => {
    const event = {
      ...node('e', 270, 82, { kind: 'boundary', at: 'b' } as Partial<NodeDefinition>),
      box: { x: 270, y: 82, width: 36, height: 36 },
    };
    expect(faultsOf({ ...good, nodes: [...good.nodes, event] }).overlaps).toEqual([]);
    expect(faultsOf({ ...good, nodes: [...good.nodes, node('d', 300, 50)] }).overlaps).toContain('b on d');
  });

  it('finds a name on a step, on a name, and under a line', () => {
    const box = { x: 165, y: 50, width: 60, height: 14 };
    expect(faultsOf({ ...good, labels: [...good.labels, { of: 'bc', box }] }).overlaps).toEqual([
      'name of ab on name of bc',
      'name of bc on b',
      'ab through the name of bc',
    ]);
  });

  it('finds a step that reaches out of its lane', () =>
    expect(faultsOf({ ...good, nodes: [...good.nodes, node('d', 20, 250)] }).outside).toEqual(['d reaches out of its lane']));

  it('finds names that are too long to read', () => {
    const long = node('d', 20, 150, { name: 'Decide with everybody who has a say in it and write it down' });
    const word = { ...node('e', 220, 150, { kind: 'end', name: 'Certificate suspended' } as Partial<NodeDefinition>) };
    expect(faultsOf({ ...good, nodes: [...good.nodes, long, word] }).names).toEqual([
      'name of d takes 3 lines',
      expect.stringContaining('name of e is broken as'),
    ]);
  });
});
