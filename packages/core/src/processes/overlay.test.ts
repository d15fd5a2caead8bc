import { describe, expect, it } from 'vitest';
import type { Graph } from './graph.ts';
import { describeRun, type Told } from './overlay.ts';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

/** Plays step by step, a day apart, and tells the run from its history. */
const tell = (graph: Graph, facts: Parameters<typeof play>[1], ...acts: ((run: ReturnType<typeof play>) => unknown)[]) => {
  const run = play(graph, facts);
  const told: Told[] = run.all.map((line) => ({ ...line, at: '2026-01-01T00:00:00.000Z' }));
  acts.forEach((act, index) => {
    const at = `2026-01-${String(index + 2).padStart(2, '0')}T00:00:00.000Z`;
    const before = run.all.length;
    run.clock(at);
    act(run);
    told.push(...run.all.slice(before).map((line) => ({ ...line, at })));
  });
  return describeRun(graph, told, { now: '2026-02-01T00:00:00.000Z', zone: 'Europe/Berlin' });
};
const states = (told: ReturnType<typeof tell>) => Object.fromEntries(Object.entries(told.nodes).map(([node, { state }]) => [node, state]));

const graph = b.map(
  b.start('s'),
  b.user('x', { step: { due: 'P2D' } }),
  b.exclusive('g', 'g-z'),
  b.user('y'),
  b.user('z'),
  b.boundary('late', 'z', b.timer('P1D')),
  b.user('after'),
  b.end('e'),
  b.end('f'),
  b.flow('s x g z e'),
  b.when('major', 'g y e'),
  b.flow('late after f'),
);

describe('a run in progress', () => {
  it('shows what is done, where it stands, what may come and what it has gone past', () => {
    const told = tell(graph, { major: false }, (run) => run.complete('x'));
    expect(states(told)).toEqual({
      s: 'done',
      x: 'done',
      g: 'done',
      y: 'notNeeded',
      z: 'current',
      late: 'ahead',
      after: 'ahead',
      e: 'ahead',
      f: 'ahead',
    });
    expect(told.nodes['z']).toMatchObject({ current: 1, since: '2026-01-02T00:00:00.000Z' });
    expect(told.flows).toEqual({ 's-x': 1, 'x-g': 1, 'g-z': 1 });
    expect(told.skipped).toEqual([]);
    expect(told.status).toBe('active');
  });

  it('shows where it is stopped, and forgets that once it is mended', () => {
    const stuck = tell(graph, {}, (run) => run.complete('x'));
    expect([stuck.nodes['g'], states(stuck)['y']]).toMatchObject([{ state: 'stopped', stopped: 1 }, 'ahead']);
    const mended = tell(
      graph,
      {},
      (run) => run.complete('x'),
      (run) => run.retry('g', { major: true }),
    );
    expect(mended.nodes['g']).toMatchObject({ state: 'done', stopped: 0 });
    const job = b.map(b.start('s'), b.service('x'), b.flow('s x'));
    expect(tell(job, {}, (run) => run.giveUp('x')).nodes['x']).toMatchObject({ state: 'stopped', current: 0 });
    expect(
      tell(
        job,
        {},
        (run) => run.giveUp('x'),
        (run) => run.retry('x'),
      ).nodes['x'],
    ).toMatchObject({ state: 'current', current: 1, done: 0 });
  });
});

describe('a run that has ended', () => {
  it('lists neither the ways not taken nor those out for what did not go wrong: they were not needed', () => {
    const told = tell(
      graph,
      { major: true },
      (run) => run.complete('x'),
      (run) => run.complete('y'),
    );
    expect(told.status).toBe('completed');
    expect(told.skipped).toEqual([]);
    expect(states(told)).toMatchObject({ z: 'notNeeded', late: 'notNeeded', after: 'notNeeded', f: 'notNeeded', e: 'done' });
  });

  it('lists what was begun and taken away', () => {
    const told = tell(
      graph,
      { major: false },
      (run) => run.complete('x'),
      (run) => run.fire('late'),
      (run) => run.complete('after'),
    );
    expect(told.skipped).toEqual([{ node: 'z', why: 'cancelled', at: '2026-01-03T00:00:00.000Z' }]);
    expect(told.nodes['late']).toMatchObject({ state: 'done', done: 1 });
  });

  const nested = b.map(
    b.start('s'),
    b.start('other', b.message('call')),
    b.user('first'),
    b.exclusive('g', 'g-e'),
    b.sub('q', b.parts(b.start('qs'), b.user('x'), b.flow('qs x'))),
    b.end('e'),
    b.flow('s first g e'),
    b.flow('other g'),
    b.when('yes', 'g q'),
  );

  it('lists what was to be done and was passed by, but not again what is inside of it', () => {
    const told = tell(nested, { yes: true }, (run) => run.terminate());
    expect(told.skipped).toEqual([
      { node: 'first', why: 'cancelled', at: '2026-01-02T00:00:00.000Z' },
      { node: 'q', why: 'notReached', at: null },
    ]);
    expect(states(told)).toMatchObject({ other: 'notNeeded', g: 'skipped', q: 'skipped', x: 'skipped', e: 'skipped' });
  });

  it('needs neither another start nor what is inside a step on a way that was not taken', () => {
    const told = tell(nested, { yes: false }, (run) => run.complete('first'));
    expect(told.skipped).toEqual([]);
    expect(states(told)).toMatchObject({ other: 'notNeeded', q: 'notNeeded', qs: 'notNeeded', x: 'notNeeded', e: 'done' });
    const began = play(nested, { yes: false }, { start: 'other' });
    const lines = began.all.map((line) => ({ ...line, at: '2026-01-01T00:00:00.000Z' }));
    const described = describeRun(nested, lines, { now: '2026-02-01T00:00:00.000Z', zone: 'UTC' });
    expect(states(described)).toMatchObject({ s: 'notNeeded', first: 'notNeeded', other: 'done' });
    expect(described.skipped).toEqual([]);
  });
});

describe('late steps', () => {
  it('are those done after they were due, and those still open past it', () => {
    const dueOf = { node: 'x', since: '2026-01-01T00:00:00.000Z', due: '2026-01-03T00:00:00.000Z' };
    expect(tell(graph, { major: true }, (run) => run.complete('x')).late).toEqual([]);
    expect(tell(graph, { major: true }).late).toMatchObject([{ ...dueOf, ended: null, outcome: 'open' }]);
    const late = tell(
      graph,
      { major: true },
      () => 0,
      () => 0,
      (run) => run.complete('x'),
    ).late;
    expect(late).toMatchObject([{ ...dueOf, ended: '2026-01-04T00:00:00.000Z', outcome: 'completed' }]);
  });

  it('of a loop are its rounds, which are counted apart', () => {
    const loop = b.map(b.start('s'), b.user('x', { step: { due: 'P1D' }, loop: b.times('3') }), b.end('e'), b.flow('s x e'));
    const told = tell(
      loop,
      {},
      (run) => run.complete('x'),
      (run) => run.complete('x'),
    );
    expect(told.late.map(({ outcome }) => outcome)).toEqual(['completed', 'open']);
    expect(told.nodes['x']).toMatchObject({ done: 0, current: 1, rounds: { done: 2, current: 1 } });
    expect(tell(loop, {}, ...[1, 2, 3].map(() => (run: ReturnType<typeof play>) => run.complete('x'))).nodes['x']).toMatchObject({
      state: 'done',
      done: 1,
      rounds: { done: 3, current: 0 },
    });
  });
});

it('counts a join once, however many tokens it takes', () => {
  const join = b.map(
    b.start('s'),
    b.parallel('f'),
    b.throws('x'),
    b.user('y'),
    b.parallel('j'),
    b.end('e'),
    b.flow('s f x j e'),
    b.flow('f y j'),
  );
  expect(tell(join, {}).nodes['j']).toMatchObject({ state: 'current', done: 0, current: 1 });
  expect(tell(join, {}, (run) => run.complete('y')).nodes['j']).toMatchObject({ state: 'done', done: 1, current: 0 });
});

it('shows event sub-processes as still to come while their scope runs', () => {
  const served = b.map(
    b.start('s'),
    b.user('x'),
    b.end('e'),
    b.flow('s x e'),
    b.onEvent('v', b.parts(b.start('vs', b.message('m'), false), b.user('w'), b.flow('vs w'))),
  );
  expect(states(tell(served, {}))).toMatchObject({ v: 'ahead', w: 'ahead' });
  expect(states(tell(served, {}, (run) => run.fire('vs')))).toMatchObject({ w: 'current', vs: 'done' });
  expect(tell(served, {}, (run) => run.complete('x')).skipped).toEqual([]);
});
