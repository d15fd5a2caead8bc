import { describe, expect, it } from 'vitest';
import type { Graph } from './graph.ts';
import { migrateInstance, planMigration } from './migrate.ts';
import { startInstance, step, type Stepped } from './step.ts';
import * as b from './testing/build.ts';
import { brokenIn } from './testing/invariants.ts';
import { evaluate, play } from './testing/play.ts';

const now = { now: '2026-03-01T00:00:00.000Z', zone: 'UTC', evaluate };
const move = (from: Graph, to: Graph, run: ReturnType<typeof play>) => {
  const moved = migrateInstance(from, to, run.instance, now);
  if ('refused' in moved) throw new Error(moved.refused.map(({ field, message }) => `${field}: ${message}`).join('; '));
  expect(brokenIn(to, moved.instance, run.all)).toEqual([]);
  return moved;
};
const reasons = (from: Graph, to: Graph, run: ReturnType<typeof play>) => {
  const plan = planMigration(from, to, run.instance);
  const moved = migrateInstance(from, to, run.instance, now);
  if (!('refused' in plan) || !('refused' in moved)) return [];
  expect(moved).toEqual(plan);
  return plan.refused.map(({ code, message }) => `${code}: ${message}`);
};

const line = (...nodes: b.Part[]) =>
  b.map(b.start('s'), ...nodes, b.end('e'), b.flow(`s ${nodes.map((part) => ('node' in part ? part.node.id : '')).join(' ')} e`));

it('goes on by the new map from where it stands', () => {
  const [from, to] = [line(b.user('x')), line(b.user('x'), b.user('y'))];
  const run = play(from);
  const { instance, plan } = move(from, to, run);
  expect(plan).toEqual({ nodes: [{ node: 'x', tokens: 1 }], listening: [] });
  const next = step(to, instance, { kind: 'complete', token: instance.tokens[0]?.id ?? 0, variables: {} }, now) as Stepped;
  expect(next.instance.tokens.map(({ node }) => node)).toEqual(['y']);
});

describe('refused is what would strand a token', () => {
  const task = line(b.user('x'));
  const sub = (inside: b.Part, id = 'q') =>
    b.map(b.start('s'), b.sub(id, b.parts(b.start('qs'), inside, b.flow('qs x'))), b.flow(`s ${id}`));
  const join = (by: string) =>
    b.map(
      b.start('s'),
      b.parallel('f'),
      b.throws('a'),
      b.user('x'),
      b.parallel('j'),
      b.flow(`s f ${by} j`),
      b.flow('f x j'),
      ...(by === 'a' ? [] : [b.throws(by)]),
    );
  it.each([
    {
      name: 'a node that is gone',
      from: task,
      to: line(b.user('y')),
      expected: ['STRANDED: expected a user task of this id for the tokens at "x", got none'],
    },
    {
      name: 'a node of another kind',
      from: task,
      to: line(b.service('x')),
      expected: ['STRANDED: expected a user task for the tokens at "x", got a service task'],
    },
    {
      name: 'a loop that is new',
      from: task,
      to: line(b.user('x', { loop: b.times('3') })),
      expected: ['STRANDED: expected a user task for the tokens at "x", got a user task, several at once'],
    },
    {
      name: 'a node that went into a sub-process',
      from: task,
      to: sub(b.user('x')),
      expected: ['STRANDED: expected it inside "p" for the tokens at "x", got it inside "q"'],
    },
    {
      name: 'a sub-process that runs and is gone',
      from: sub(b.user('x')),
      to: sub(b.user('x'), 'r'),
      expected: [
        'STRANDED: expected a subProcess of this id for the tokens at "q", got none',
        'STRANDED: expected it inside "q" for the tokens at "x", got it inside "r"',
      ],
    },
    {
      name: 'the flow by which a token came to a join',
      from: join('a'),
      to: join('c'),
      expected: ['STRANDED: expected the flow "a-j", by which they came, for the tokens at "j", got none'],
    },
  ])('$name', ({ from, to, expected }) => expect(reasons(from, to, play(from))).toEqual(expected));

  it('but a node without tokens may go', () => {
    expect(reasons(line(b.user('x'), b.user('y')), line(b.user('x')), play(line(b.user('x'), b.user('y'))))).toEqual([]);
  });

  it('and a run that has ended', () => expect(reasons(task, task, play(task).complete('x'))[0]).toMatch('INSTANCE_ENDED'));
});

describe('what it listens for', () => {
  const reminded = (...more: b.Parts) => b.map(b.start('s'), b.user('x'), b.end('e'), b.end('f'), b.flow('s x e'), ...more);
  const late = (duration: string) => [b.boundary('late', 'x', b.timer(duration), false), b.flow('late f')];
  it.each([
    { name: 'stays, with its date', from: late('P10D'), to: late('P10D'), becomes: ['kept'], due: ['2026-01-11T00:00:00.000Z'] },
    {
      name: 'is armed anew where its timer changed',
      from: late('P10D'),
      to: late('P5D'),
      becomes: ['armed anew'],
      due: ['2026-03-06T00:00:00.000Z'],
    },
    { name: 'begins where it is new', from: [], to: late('P5D'), becomes: ['added'], due: ['2026-03-06T00:00:00.000Z'] },
    { name: 'ends where it is gone', from: late('P10D'), to: [], becomes: ['dropped'], due: [] },
  ])('$name', ({ from, to, becomes, due }) => {
    const run = play(reminded(...from));
    const moved = move(reminded(...from), reminded(...to), run);
    expect(moved.plan.listening.map((one) => one.becomes)).toEqual(becomes);
    expect(moved.instance.subscriptions.map((one) => one.due)).toEqual(due);
  });

  it('does not come again when it has come', () => {
    const run = play(reminded(...late('P10D'))).fire('late');
    expect(run.waits).toEqual([]);
    expect(move(reminded(...late('P10D')), reminded(...late('P5D')), run).instance.subscriptions).toEqual([]);
  });

  it('at the border of a loop is one for all rounds', () => {
    const from = line(b.user('x', { loop: b.times('3') }));
    const to = b.map(
      b.start('s'),
      b.user('x', { loop: b.times('3') }),
      b.boundary('late', 'x', b.timer('P1D')),
      b.end('e'),
      b.flow('s x e'),
      b.flow('late e'),
    );
    expect(move(from, to, play(from)).plan.listening).toHaveLength(1);
  });

  it('follows event sub-processes, but not in a scope that one has interrupted', () => {
    const plain = reminded(b.onEvent('v', b.parts(b.start('vs', b.message('m')), b.user('w'), b.flow('vs w'))));
    const more = reminded(
      b.onEvent('v', b.parts(b.start('vs', b.message('m')), b.user('w'), b.flow('vs w'))),
      b.onEvent('u', b.parts(b.start('us', b.timer('P1D'), false), b.user('t'), b.flow('us t'))),
    );
    expect(move(plain, more, play(plain)).plan.listening.map(({ node, becomes }) => `${node} ${becomes}`)).toEqual(['vs kept', 'us added']);
    expect(move(plain, more, play(plain).fire('vs')).plan.listening).toEqual([]);
  });

  it('at an event-based gateway follows its ways', () => {
    const gate = (...names: string[]) =>
      b.map(
        b.start('s'),
        b.firstOf('g'),
        b.flow('s g'),
        ...names.flatMap((name) => [b.waitFor(name, b.message(name)), ...b.flow(`g ${name}`)]),
      );
    const moved = move(gate('m', 'n'), gate('m', 'o'), play(gate('m', 'n')));
    expect(moved.instance.subscriptions.map(({ node }) => node)).toEqual(['m', 'o']);
  });

  it('refuses a timer of the new map that cannot be read, and changes nothing', () => {
    const from = reminded();
    const moved = migrateInstance(from, reminded(...late('=days')), play(from).instance, now);
    expect(moved).toMatchObject({ refused: [{ code: 'TIMER_UNREADABLE', field: 'late' }] });
  });
});

it('goes to the same map without any change', () => {
  const graph = b.map(
    b.start('s'),
    b.user('x', { loop: b.times('2') }),
    b.boundary('late', 'x', b.cycle('R3/P1D'), false),
    b.user('y'),
    b.flow('s x y'),
    b.flow('late y'),
    b.onEvent('v', b.parts(b.start('vs', b.signal('m'), false), b.user('w'), b.flow('vs w'))),
  );
  const { instance } = startInstance(graph, { id: 'i', start: null, variables: {}, called: false }, now) as Stepped;
  expect(migrateInstance(graph, graph, instance, now)).toMatchObject({ instance });
});
