import { describe, expect, it } from 'vitest';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

describe('an exclusive gateway', () => {
  const graph = b.map(
    b.start('s'),
    b.exclusive('g', 'g-z'),
    b.user('x'),
    b.user('y'),
    b.user('z'),
    b.end('e'),
    b.flow('s g z e'),
    b.when('score > 5', 'g x e'),
    b.when('score > 3', 'g y e'),
  );
  it.each([
    { name: 'takes the first way that holds', score: 9, at: ['x'] },
    { name: 'takes the only one that holds', score: 4, at: ['y'] },
    { name: 'takes the default when none holds', score: 1, at: ['z'] },
  ])('$name', ({ score, at }) => expect(play(graph, { score }).at).toEqual(at));

  it('stops where nothing is known: never a silent false, never the default', () => {
    const run = play(graph);
    expect(run.at).toEqual(['g!CONDITION_UNDECIDED']);
    expect(run.retry('g').at).toEqual(['g!CONDITION_UNDECIDED']);
    expect(run.retry('g', { score: 4 }).at).toEqual(['y']);
  });

  it.each([null, 'yes', 0])('stops where the answer is %j', (score) => {
    const strict = b.map(b.start('s'), b.exclusive('g', 'g-f'), b.end('e'), b.end('f'), b.flow('s g f'), b.when('score', 'g e'));
    expect(play(strict, { score }).at).toEqual(['g!CONDITION_UNDECIDED']);
  });

  it('stops where no way holds and none is the default', () => {
    const bare = b.map(b.start('s'), b.exclusive('g'), b.user('x'), b.end('e'), b.flow('s g'), b.when('yes', 'g x e'));
    const run = play(bare, { yes: false });
    expect(run.at).toEqual(['g!NO_FLOW_TAKEN']);
    expect(run.retry('g', { yes: true }).at).toEqual(['x']);
  });

  it('passes each token that comes, joining nothing', () => {
    const merge = b.map(
      b.start('s'),
      b.parallel('p'),
      b.exclusive('m'),
      b.user('x'),
      b.end('e'),
      b.throws('q'),
      b.throws('r'),
      b.flow('s p q m'),
      b.flow('p r m x e'),
    );
    expect(play(merge).at).toEqual(['x', 'x']);
  });
});

describe('ways out of an activity', () => {
  it('are all taken where they carry no condition (uncontrolled split)', () => {
    expect(play(b.map(b.start('s'), b.user('x'), b.user('y'), b.user('z'), b.flow('s x y'), b.flow('x z'))).complete('x').at).toEqual([
      'y',
      'z',
    ]);
  });

  it('are taken by their conditions, else by the default', () => {
    const graph = b.map(
      b.start('s'),
      b.user('x', { otherwise: 'x-w' }),
      b.user('y'),
      b.user('z'),
      b.user('w'),
      b.flow('s x w'),
      b.when('a', 'x y'),
      b.when('b', 'x z'),
    );
    expect(play(graph, { a: true, b: true }).complete('x').at).toEqual(['y', 'z']);
    expect(play(graph, { a: false, b: true }).complete('x').at).toEqual(['z']);
    expect(play(graph, { a: false, b: false }).complete('x').at).toEqual(['w']);
    expect(play(graph, { a: true }).complete('x').at).toEqual(['x!CONDITION_UNDECIDED']);
  });
});

describe('a parallel gateway', () => {
  const graph = b.map(
    b.start('s'),
    b.parallel('f'),
    b.user('x'),
    b.user('y'),
    b.parallel('j'),
    b.user('z'),
    b.end('e'),
    b.flow('s f x j z e'),
    b.flow('f y j'),
  );
  it('splits and waits for one token by each way in', () => {
    const run = play(graph);
    expect(run.at).toEqual(['x', 'y']);
    expect(run.complete('y').at).toEqual(['j', 'x']);
    expect(run.complete('x').at).toEqual(['z']);
    expect(run.complete('z').status).toBe('completed');
  });

  it('does not take two tokens by the same way for two ways', () => {
    const twice = b.map(
      b.start('s'),
      b.parallel('f'),
      b.throws('a'),
      b.throws('c'),
      b.exclusive('m'),
      b.user('y'),
      b.parallel('j'),
      b.user('z'),
      b.flow('s f a m j z'),
      b.flow('f c m'),
      b.flow('f y j'),
    );
    const run = play(twice);
    expect(run.at).toEqual(['j', 'j', 'y']);
    expect(run.complete('y').at).toEqual(['j', 'z']);
  });
});

describe('an inclusive gateway', () => {
  const graph = b.map(
    b.start('s'),
    b.inclusive('f', 'f-z'),
    b.user('x'),
    b.user('y'),
    b.user('z'),
    b.inclusive('j'),
    b.user('w'),
    b.end('e'),
    b.flow('s f z j w e'),
    b.when('a', 'f x j'),
    b.when('b', 'f y j'),
  );
  it.each([
    { name: 'waits for both that were taken', facts: { a: true, b: true }, open: ['x', 'y'] },
    { name: 'waits for the one that was taken', facts: { a: true, b: false }, open: ['x'] },
    { name: 'takes the default alone when none holds', facts: { a: false, b: false }, open: ['z'] },
  ])('$name', ({ facts, open }) => {
    const run = play(graph, facts);
    expect(run.open).toEqual(open);
    for (const node of open) {
      expect(run.at).not.toContain('w');
      run.complete(node);
    }
    expect(run.at).toEqual(['w']);
  });

  it('stops whole when one of its conditions is unknown', () => expect(play(graph, { a: true }).at).toEqual(['f!CONDITION_UNDECIDED']));

  it('waits no longer when the other way is left by a boundary event', () => {
    const left = b.map(
      b.start('s'),
      b.inclusive('f'),
      b.user('x'),
      b.user('y'),
      b.boundary('late', 'y', b.timer('P1D')),
      b.end('out'),
      b.inclusive('j'),
      b.user('w'),
      b.flow('s f'),
      b.when('a', 'f x j w'),
      b.when('a', 'f y j'),
      b.flow('late out'),
    );
    const run = play(left, { a: true }).complete('x');
    expect(run.at).toEqual(['j', 'y']);
    expect(run.fire('late').at).toEqual(['w']);
  });

  it('waits while a boundary event may still bring a token', () => {
    const graph = b.map(
      b.start('s'),
      b.parallel('f'),
      b.user('x'),
      b.user('y'),
      b.boundary('late', 'y', b.timer('P1D')),
      b.end('out'),
      b.inclusive('j'),
      b.user('w'),
      b.flow('s f x j w'),
      b.flow('f y out'),
      b.flow('late j'),
    );
    const run = () => play(graph).complete('x');
    expect(run().at).toEqual(['j', 'y']);
    expect(run().complete('y').at).toEqual(['w']);
    expect(run().fire('late').at).toEqual(['w']);
  });

  it('waits for a token inside a sub-process on its way', () => {
    const inside = b.map(
      b.start('s'),
      b.inclusive('f'),
      b.user('x'),
      b.sub('q', b.parts(b.start('qs'), b.user('y'), b.flow('qs y'))),
      b.inclusive('j'),
      b.user('w'),
      b.flow('s f'),
      b.when('a', 'f x j w'),
      b.when('a', 'f q j'),
    );
    const run = play(inside, { a: true }).complete('x');
    expect(run.at).toEqual(['j', 'q', 'y']);
    expect(run.complete('y').at).toEqual(['w']);
  });

  it('waits for a token that a link will bring', () => {
    const linked = b.map(
      b.start('s'),
      b.inclusive('f'),
      b.user('x'),
      b.user('y'),
      b.linkTo('l', 'on'),
      b.linkFrom('m', 'on'),
      b.inclusive('j'),
      b.user('w'),
      b.flow('s f'),
      b.when('a', 'f x j w'),
      b.when('a', 'f y l'),
      b.flow('m j'),
    );
    const run = play(linked, { a: true }).complete('x');
    expect(run.at).toEqual(['j', 'y']);
    expect(run.complete('y').at).toEqual(['w']);
  });

  it('does not wait for a token that comes back to it only through itself', () => {
    const round = b.map(
      b.start('s'),
      b.inclusive('f'),
      b.user('x'),
      b.user('y'),
      b.inclusive('j'),
      b.exclusive('g', 'g-e'),
      b.end('e'),
      b.flow('s f'),
      b.when('a', 'f x j g e'),
      b.when('b', 'f y j'),
      b.when('more', 'g f'),
    );
    const run = play(round, { a: true, b: true, more: true }).complete('x').complete('y');
    expect(run.open).toEqual(['x', 'y']);
    run.set({ more: false });
    expect(run.complete('y').complete('x').status).toBe('completed');
  });
});

describe('an event-based gateway', () => {
  const graph = b.map(
    b.start('s'),
    b.firstOf('g'),
    b.waitFor('m', b.message('answer')),
    b.waitFor('t', b.timer('P14D')),
    b.waitFor('n', b.signal('stop')),
    b.waitFor('c', b.condition('done')),
    b.receive('r', b.message('other')),
    b.user('x'),
    b.user('y'),
    b.user('z'),
    b.user('v'),
    b.user('w'),
    b.flow('s g m x'),
    b.flow('g t y'),
    b.flow('g n z'),
    b.flow('g c v'),
    b.flow('g r w'),
  );
  it.each([
    { first: 'm', at: 'x' },
    { first: 't', at: 'y' },
    { first: 'n', at: 'z' },
    { first: 'r', at: 'w' },
  ])('goes the way of the first to come: $first', ({ first, at }) => {
    const run = play(graph);
    expect([run.at, run.waits]).toEqual([['g'], ['c', 'm', 'n', 'r', 't']]);
    const late = run.instance.subscriptions.find(({ node }) => node !== first)?.id ?? 0;
    expect([run.fire(first).at, run.waits]).toEqual([[at], []]);
    expect(() => run.send({ kind: 'fire', subscription: late, variables: {} })).toThrow('NO_LONGER_WAITING');
  });

  it('goes by a condition when it becomes true', () => expect(play(graph).set({ done: true }).at).toEqual(['v']));

  it('stops whole when one timer cannot be read, waiting for nothing half', () => {
    const broken = b.map(
      b.start('s'),
      b.firstOf('g'),
      b.waitFor('m', b.message('answer')),
      b.waitFor('t', b.timer('=days')),
      b.end('e'),
      b.flow('s g m e'),
      b.flow('g t e'),
    );
    const run = play(broken);
    expect([run.at, run.waits]).toEqual([['g!TIMER_UNREADABLE'], []]);
    expect([run.retry('g', { days: 'P2D' }).at, run.waits, run.due('t')]).toEqual([['g'], ['m', 't'], '2026-01-03T00:00:00.000Z']);
  });
});
