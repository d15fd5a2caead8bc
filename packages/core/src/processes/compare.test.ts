import { expect, it } from 'vitest';
import { compareGraphs } from './compare.ts';
import type { Graph } from './graph.ts';
import * as b from './testing/build.ts';

const base = (more: { due?: string; days?: string; name?: string | null; until?: string } = {}): Graph =>
  b.map(
    b.start('s'),
    b.user('x', { step: { due: more.due ?? 'P5D', role: 'aims_manager' } }),
    b.boundary('late', 'x', b.timer(more.days ?? 'P10D'), false),
    b.exclusive('g', 'g-e'),
    b.user('y', { loop: b.eachOf('people', 'who', { until: more.until ?? 'done' }) }),
    b.end('e'),
    b.end('f', b.message('told')),
    b.flow('s x g e'),
    b.when('major', 'g y e'),
    b.flow('late f'),
  );
const table = (before: Graph, after: Graph) =>
  compareGraphs(before, after).map(({ what, kind, id, field, before: old, after: now }) =>
    [what, kind, id, field, old, now].filter((cell) => cell !== null).join(' '),
  );

it('says nothing of two that are the same', () => expect(compareGraphs(base(), base())).toEqual([]));

it.each([
  { name: 'a timer', after: base({ days: 'P5D' }), expected: ['changed event late timer P10D P5D'] },
  { name: 'a property', after: base({ due: 'P3D' }), expected: ['changed step x due P5D P3D'] },
  { name: 'a loop', after: base({ until: 'enough' }), expected: ['changed step y completion done enough'] },
  {
    name: 'a condition',
    after: { ...base(), flows: { ...base().flows, 'g-y': { ...base().flows['g-y'], condition: 'minor' } } } as Graph,
    expected: ['changed flow g-y condition major minor'],
  },
  {
    name: 'a lane',
    after: { ...base(), nodes: { ...base().nodes, x: { ...base().nodes['x'], lane: 'Audit' } } } as Graph,
    expected: ['changed step x lane Audit'],
  },
  {
    name: 'evidence and who takes part',
    after: {
      ...base(),
      nodes: {
        ...base().nodes,
        x: {
          ...base().nodes['x'],
          step: { ...base().nodes['x']?.step, evidence: ['minutes', 'report'], raci: { top_management: 'informed' } },
        },
      },
    } as Graph,
    expected: ['changed step x evidence minutes, report', 'changed step x raci top_management: informed'],
  },
  { name: 'the name of the process', after: { ...base(), name: 'AIMS' }, expected: ['changed process p name p AIMS'] },
])('names $name', ({ after, expected }) => expect(table(base(), after)).toEqual(expected));

it('names what came and what went, nodes and flows', () => {
  const before = b.map(b.start('s'), b.user('x'), b.end('e'), b.flow('s x e'));
  const after = b.map(b.start('s'), b.user('x'), b.service('y'), b.end('e'), b.flow('s x y e'));
  expect(table(before, after)).toEqual(['added step y', 'removed flow x-e', 'added flow x-y', 'added flow y-e']);
});

it('names another kind of the same element', () => {
  const before = b.map(b.start('s'), b.user('x'), b.flow('s x'));
  expect(table(before, b.map(b.start('s'), b.service('x'), b.flow('s x')))).toEqual([
    'changed step x kind user task service task',
    'changed step x job x.job',
  ]);
  expect(table(before, b.map(b.start('s', b.message('m')), b.user('x'), b.flow('s x')))).toEqual([
    'changed event s waitsFor message',
    'changed event s message m',
  ]);
});

it('takes a flow that is only numbered anew for the same', () => {
  const renumbered = (id: string): Graph => {
    const graph = b.map(b.start('s'), b.user('x'), b.flow('s x'));
    return { ...graph, flows: { [id]: { id, name: null, from: 's', to: 'x', condition: null } } };
  };
  expect(compareGraphs(renumbered('flow-s-x-0'), renumbered('flow-s-x-3'))).toEqual([]);
});
