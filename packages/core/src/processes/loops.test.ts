import { describe, expect, it } from 'vitest';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

const line = (node: b.Part, ...more: b.Parts) => b.map(b.start('s'), node, b.user('z'), b.flow('s x z'), ...more);
const reviewers = { people: ['first', 'second', 'third'] };

describe('several at once', () => {
  it('one for each of a list, done when all are', () => {
    const run = play(line(b.user('x', { loop: b.eachOf('people', 'who') })), reviewers);
    expect(run.open).toEqual(['x', 'x', 'x']);
    expect(run.complete('x').complete('x').open).toEqual(['x']);
    expect(run.complete('x').at).toEqual(['z']);
    expect(run.instance.scopes).toHaveLength(1);
  });

  it('ends early by its condition, and what was left is cancelled', () => {
    const run = play(line(b.user('x', { loop: b.times('3', { until: 'nrOfCompletedInstances >= 2' }) })));
    run.complete('x').complete('x');
    expect(run.at).toEqual(['z']);
    expect(run.last.filter((one) => one.startsWith('cancelled'))).toEqual(['cancelled x']);
  });

  it.each([
    { name: 'an empty list', loop: b.eachOf('none', 'who') },
    { name: 'none', loop: b.times('0') },
    { name: 'an empty list one after another', loop: b.eachOf('none', 'who', { sequential: true }) },
  ])('$name is done at once', ({ loop }) => {
    for (const node of [b.user('x', { loop }), b.sub('x', [], { loop }), b.call('x', { loop })]) {
      const run = play(line(node), { none: [] });
      expect([run.at, run.effects]).toEqual([['z'], []]);
    }
  });

  it.each([
    { name: 'nothing', loop: b.eachOf('nobody', 'who') },
    { name: 'no list', loop: b.eachOf('one', 'who') },
    { name: 'a fraction', loop: b.times('1.5') },
    { name: 'less than none', loop: b.times('-1') },
    { name: 'more than can be meant', loop: b.times('1001') },
  ])('stops where $name is given, and begins once it is right', ({ loop }) => {
    expect(play(line(b.user('x', { loop })), { one: 1 }).at).toEqual(['x!EXPRESSION_FAILED']);
  });

  it('tries again with what is there now', () => {
    const run = play(line(b.user('x', { loop: b.eachOf('people', 'who') })));
    expect(run.retry('x', reviewers).open).toEqual(['x', 'x', 'x']);
  });

  it('an unknown condition stops the round, which is counted once it is known', () => {
    const run = play(line(b.user('x', { loop: b.times('3', { until: 'nrOfCompletedInstances >= enough' }) })));
    run.complete('x');
    expect(run.at).toEqual(['x', 'x', 'x', 'x!CONDITION_UNDECIDED']);
    expect(run.retry('x', { enough: 2 }).open).toEqual(['x', 'x']);
    expect(run.complete('x').at).toEqual(['z']);
  });

  it('of a sub-process: each has its own inside', () => {
    const node = b.sub('x', b.parts(b.start('qs'), b.user('a'), b.user('c'), b.flow('qs a c')), { loop: b.eachOf('people', 'who') });
    const run = play(line(node), reviewers).complete('a');
    expect(run.open).toEqual(['a', 'a', 'c']);
    expect(run.complete('c').complete('a').complete('a').complete('c').complete('c').at).toEqual(['z']);
  });

  it('of a call: one called run for each', () => {
    const run = play(line(b.call('x', { loop: b.eachOf('people', 'who') })), reviewers);
    expect(run.effects.map((effect) => ('variables' in effect ? effect.variables['who'] : null))).toEqual(['first', 'second', 'third']);
    expect(run.complete('x').complete('x').complete('x').at).toEqual(['z']);
  });

  it.each([{ sequential: false }, { sequential: true }])(
    'an error in one round leaves the whole by its boundary (sequential: $sequential)',
    ({ sequential }) => {
      const loop = b.eachOf('people', 'who', { sequential });
      const inside = b.parts(b.start('qs'), b.user('a'), b.end('qe', b.error('boom')), b.flow('qs a qe'));
      for (const [node, fail] of [
        [b.user('x', { loop }), 'x'],
        [b.call('x', { loop }), 'x'],
        [b.sub('x', inside, { loop }), 'a'],
      ] as const) {
        const run = play(line(node, b.boundary('out', 'x', b.error('boom')), b.user('y'), b.flow('out y')), reviewers).error(fail, 'boom');
        expect([run.at, run.instance.scopes.length]).toEqual([['y'], 1]);
      }
      const thrown = play(
        line(b.sub('x', inside, { loop }), b.boundary('out', 'x', b.error('boom')), b.user('y'), b.flow('out y')),
        reviewers,
      );
      expect(thrown.complete('a').at).toEqual(['y']);
    },
  );

  it('an escalation of a round is told outside once and the rounds go on', () => {
    const node = b.sub('x', b.parts(b.start('qs'), b.user('a'), b.flow('qs a')), { loop: b.times('2') });
    const run = play(line(node, b.boundary('told', 'x', b.escalation(null), false), b.user('y'), b.flow('told y')));
    expect(run.escalate('a', 'late').open).toEqual(['a', 'a', 'y']);
    expect(run.complete('a').complete('a').at).toEqual(['y', 'z']);
  });

  it('a boundary timer is one for all rounds', () => {
    const run = play(line(b.user('x', { loop: b.times('3') }), b.boundary('late', 'x', b.timer('P1D')), b.user('y'), b.flow('late y')));
    expect(run.waits).toEqual(['late']);
    expect(run.complete('x').fire('late').at).toEqual(['y']);
  });

  it('within rounds of another are bounded: what is too many stops, and nothing is half begun', () => {
    const inner = b.user('y', { loop: b.times('1000') });
    const run = play(
      b.map(b.start('s'), b.sub('x', b.parts(b.start('i'), inner, b.flow('i y')), { loop: b.times('1000') }), b.end('e'), b.flow('s x e')),
    );
    const stopped = run.at.filter((at) => at.includes('STEP_BUDGET'));
    expect(stopped.length).toBeGreaterThan(900);
    expect(run.instance.tokens.length).toBeLessThan(25_000);
    expect(run.terminate().at).toEqual([]);
  });

  it('nests, and a rule inside needs nobody', () => {
    const node = b.sub(
      'x',
      b.parts(
        b.start('qs'),
        b.user('a', { loop: b.times('2', { sequential: true }) }),
        b.rule('r', 'loopCounter', 'seen', { loop: b.times('2') }),
        b.flow('qs a r'),
      ),
      { loop: b.times('2') },
    );
    const run = play(line(node));
    for (let times = 0; times < 4; times += 1) run.complete('a');
    expect([run.at, run.variables]).toEqual([['z'], { seen: 2 }]);
  });

  it('terminate inside one round ends that round', () => {
    const node = b.sub('x', b.parts(b.start('qs'), b.user('a'), b.user('c'), b.end('qe', b.terminate), b.flow('qs a qe'), b.flow('qs c')), {
      loop: b.times('2'),
    });
    expect(play(line(node)).complete('a').open).toEqual(['a', 'c']);
    expect(play(line(node)).complete('a').complete('a').at).toEqual(['z']);
  });
});

describe('one after another', () => {
  it('shows each its item in turn', () => {
    const run = play(line(b.user('x', { loop: b.eachOf('people', 'who', { sequential: true }) })), reviewers);
    const seen: unknown[] = [];
    while (run.open[0] === 'x') {
      expect(run.open).toHaveLength(1);
      seen.push(run.instance.scopes.find(({ kind }) => kind === 'round')?.variables['who']);
      run.complete('x');
    }
    expect(seen).toEqual(['first', 'second', 'third']);
  });

  it('ends early by its condition', () => {
    const run = play(line(b.user('x', { loop: b.times('3', { sequential: true, until: 'stop' }) })), { stop: false });
    expect(run.complete('x').open).toEqual(['x']);
    expect(run.complete('x', { stop: true }).at).toEqual(['z']);
  });
});

describe('a standard loop', () => {
  const rounds = (run: ReturnType<typeof play>, facts = {}) => {
    let count = 0;
    for (; run.open[0] === 'x' && count < 20; count += 1) run.complete('x', facts);
    return count;
  };
  it.each([
    { name: 'asks afterwards: once at least', loop: b.again('more'), facts: { more: false }, count: 1 },
    { name: 'asks before: perhaps never', loop: b.again('more', { before: true }), facts: { more: false }, count: 0 },
    { name: 'asks before: as long as it holds', loop: b.again('more', { before: true, maximum: 3 }), facts: { more: true }, count: 3 },
    { name: 'stops at its maximum', loop: b.again('more', { maximum: 4 }), facts: { more: true }, count: 4 },
    { name: 'counts with nothing but a maximum', loop: b.again(null, { maximum: 2 }), facts: {}, count: 2 },
  ])('$name', ({ loop, facts, count }) => {
    const run = play(line(b.user('x', { loop })), facts);
    expect(rounds(run)).toBe(count);
    expect(run.at).toEqual(['z']);
  });

  it('ends when its condition no longer holds', () => {
    const run = play(line(b.user('x', { loop: b.again('more') })), { more: true });
    expect(run.complete('x').complete('x').open).toEqual(['x']);
    expect(run.complete('x', { more: false }).at).toEqual(['z']);
  });

  it('stops where its condition is unknown, before and after', () => {
    expect(play(line(b.user('x', { loop: b.again('more', { before: true }) }))).at).toEqual(['x!CONDITION_UNDECIDED']);
    const run = play(line(b.user('x', { loop: b.again('more') }))).complete('x');
    expect(run.at).toEqual(['x', 'x!CONDITION_UNDECIDED']);
    expect(run.retry('x', { more: false }).at).toEqual(['z']);
  });
});
