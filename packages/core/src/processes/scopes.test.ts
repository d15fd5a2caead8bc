import { describe, expect, it } from 'vitest';
import type { Trigger } from './graph.ts';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

const inner = (...more: b.Parts) => b.parts(b.start('qs'), b.user('x'), b.end('qe'), b.flow('qs x qe'), ...more);

describe('an embedded sub-process', () => {
  it('is done when all in it is', () => {
    const graph = b.map(b.start('s'), b.sub('q', inner(b.user('y'), b.flow('qs y'))), b.user('z'), b.flow('s q z'));
    const run = play(graph);
    expect(run.at).toEqual(['q', 'x', 'y']);
    expect(run.complete('x').at).toEqual(['q', 'y']);
    expect(run.complete('y').at).toEqual(['z']);
    expect(run.last).toEqual(['completed y', 'completed q', 'taken q-z', 'entered z']);
  });

  it('is left by a boundary event with all that runs inside, however deep', () => {
    const deep = b.sub(
      'q',
      b.parts(
        b.start('s2'),
        b.sub('r', inner(b.boundary('remind', 'x', b.timer('P1D'), false), b.end('re'), b.flow('remind re'))),
        b.flow('s2 r'),
      ),
    );
    const run = play(b.map(b.start('s'), deep, b.boundary('late', 'q', b.timer('P5D')), b.user('z'), b.flow('s q'), b.flow('late z')));
    expect([run.at, run.waits]).toEqual([
      ['q', 'r', 'x'],
      ['late', 'remind'],
    ]);
    run.fire('late');
    expect([run.at, run.waits, run.instance.scopes.length]).toEqual([['z'], [], 1]);
  });

  it('ends alone by terminate', () => {
    const graph = b.map(
      b.start('s'),
      b.sub('q', b.parts(b.start('qs'), b.user('x'), b.user('y'), b.end('qe', b.terminate), b.flow('qs x qe'), b.flow('qs y'))),
      b.user('z'),
      b.flow('s q z'),
    );
    expect(play(graph).complete('x').at).toEqual(['z']);
  });

  it('hands an error to the nearest that catches it, going outwards', () => {
    const bang = b.sub(
      'q',
      b.parts(
        b.start('qs'),
        b.sub('r', b.parts(b.start('rs'), b.user('x'), b.end('re', b.error('boom')), b.flow('rs x re'))),
        b.boundary('near', 'r', b.error('other')),
        b.flow('qs r'),
      ),
    );
    const graph = b.map(b.start('s'), bang, b.boundary('far', 'q', b.error('boom')), b.user('z'), b.flow('s q'), b.flow('far z'));
    expect(play(graph).complete('x').at).toEqual(['z']);
    expect(play(graph).error('x', 'boom').at).toEqual(['z']);
    expect(play(graph).error('x', 'third').at).toEqual(['q', 'r', 'x!ERROR_UNCAUGHT']);
  });

  it('goes on after an escalation that does not interrupt it, and not after one that does', () => {
    const graph = (interrupting: boolean) =>
      b.map(
        b.start('s'),
        b.sub('q', b.parts(b.start('qs'), b.throws('t', b.escalation('late')), b.user('x'), b.flow('qs t x'))),
        b.boundary('told', 'q', b.escalation('late'), interrupting),
        b.user('z'),
        b.flow('s q'),
        b.flow('told z'),
      );
    expect(play(graph(false)).at).toEqual(['q', 'x', 'z']);
    const run = play(graph(true));
    expect(run.at).toEqual(['z']);
    expect(run.last).toContain('passed t');
  });

  it('empty, is done at once', () => expect(play(b.map(b.start('s'), b.sub('q', []), b.user('z'), b.flow('s q z'))).at).toEqual(['z']));

  it('stops as a whole when what it listens for cannot be read', () => {
    const graph = b.map(
      b.start('s'),
      b.sub('q', inner(b.onEvent('v', b.parts(b.start('vs', b.timer('=days')), b.user('w'), b.flow('vs w'))))),
      b.user('z'),
      b.flow('s q z'),
    );
    const run = play(graph);
    expect([run.at, run.waits, run.instance.scopes.length]).toEqual([['q!TIMER_UNREADABLE'], [], 1]);
    expect([run.retry('q', { days: 'P1D' }).at, run.waits]).toEqual([['q', 'x'], ['vs']]);
  });
});

const triggers: { kind: string; trigger: Trigger; act: (run: ReturnType<typeof play>) => unknown }[] = [
  { kind: 'timer', trigger: b.timer('P5D'), act: (run) => run.fire('vs') },
  { kind: 'message', trigger: b.message('recall'), act: (run) => run.fire('vs') },
  { kind: 'signal', trigger: b.signal('stop'), act: (run) => run.fire('vs') },
  { kind: 'condition', trigger: b.condition('risky'), act: (run) => run.set({ risky: true }) },
  { kind: 'escalation', trigger: b.escalation('help'), act: (run) => run.escalate('x', 'help') },
];
const served = (trigger: Trigger, interrupting: boolean) =>
  b.onEvent('v', b.parts(b.start('vs', trigger, interrupting), b.user('w'), b.end('ve'), b.flow('vs w ve')));

describe('an event sub-process', () => {
  it.each(triggers)('of the process, by $kind, interrupts', ({ trigger, act }) => {
    const run = play(b.map(b.start('s'), b.user('x'), b.user('z'), b.flow('s x z'), served(trigger, true)));
    act(run);
    expect([run.at, run.waits]).toEqual([['w'], []]);
    expect(run.complete('w').status).toBe('completed');
  });

  it.each(triggers)('of the process, by $kind, runs beside', ({ trigger, act }) => {
    const run = play(b.map(b.start('s'), b.user('x'), b.end('e'), b.flow('s x e'), served(trigger, false)));
    act(run);
    expect(run.at).toEqual(['w', 'x']);
    expect(run.complete('x').status).toBe('active');
    expect(run.complete('w').status).toBe('completed');
  });

  it.each(triggers)('of a sub-process, by $kind, interrupts that one only', ({ trigger, act }) => {
    const run = play(
      b.map(b.start('s'), b.sub('q', inner(served(trigger, true))), b.user('y'), b.user('z'), b.flow('s q z'), b.flow('s y')),
    );
    act(run);
    expect(run.at).toEqual(['q', 'w', 'y']);
    expect(run.complete('w').at).toEqual(['y', 'z']);
  });

  it('catches an error of its scope, even drawn as not interrupting, before the boundary of the host', () => {
    for (const interrupting of [true, false]) {
      const run = play(
        b.map(
          b.start('s'),
          b.sub('q', inner(served(b.error(null), interrupting))),
          b.boundary('out', 'q', b.error(null)),
          b.user('y'),
          b.flow('s q'),
          b.flow('out y'),
        ),
      );
      expect(run.error('x', 'boom').at).toEqual(['q', 'w']);
      // What it throws itself is for those around the scope it served.
      expect(run.error('w', 'boom').at).toEqual(['y']);
    }
  });

  it('nests, and an outer one ends the inner with its timers', () => {
    const nested = b.onEvent(
      'v',
      b.parts(
        b.start('vs', b.message('m'), false),
        b.user('w'),
        b.flow('vs w'),
        b.onEvent('u', b.parts(b.start('us', b.timer('P1D'), false), b.user('t'), b.flow('us t'))),
      ),
    );
    const run = play(
      b.map(
        b.start('s'),
        b.user('x'),
        b.flow('s x'),
        nested,
        b.onEvent('o', b.parts(b.start('os', b.signal('stop')), b.user('n'), b.flow('os n'))),
      ),
    );
    run.fire('vs').fire('us').fire('vs');
    expect([run.at, run.waits]).toEqual([
      ['t', 'w', 'w', 'x'],
      ['os', 'us', 'vs'],
    ]);
    run.fire('os');
    expect([run.at, run.waits]).toEqual([['n'], []]);
  });

  it('by a cycle comes again while the run lasts', () => {
    const run = play(b.map(b.start('s'), b.user('x'), b.flow('s x'), served(b.cycle('R/P7D'), false)));
    run.clock('2026-01-08T00:00:00.000Z').fire('vs').complete('w');
    expect(run.due('vs')).toBe('2026-01-15T00:00:00.000Z');
    // Slept through three weeks: once, then the next one to come.
    run.clock('2026-02-06T00:00:00.000Z').fire('vs');
    expect([run.at, run.due('vs')]).toEqual([['w', 'x'], '2026-02-12T00:00:00.000Z']);
    expect(run.complete('x').complete('w').waits).toEqual([]);
  });

  it('that cannot begin stops, and tried again begins at its start', () => {
    const broken = b.onEvent(
      'v',
      b.parts(
        b.start('vs', b.message('m'), true),
        b.user('w'),
        b.user('aside'),
        b.flow('vs w'),
        b.onEvent('u', b.parts(b.start('us', b.timer('=days')), b.user('t'), b.flow('us t'))),
      ),
    );
    const run = play(b.map(b.start('s'), b.user('x'), b.flow('s x'), broken));
    expect(run.fire('vs').at).toEqual(['vs!TIMER_UNREADABLE']);
    expect([run.retry('vs', { days: 'P2D' }).at, run.waits]).toEqual([['w'], ['us']]);
    expect(run.complete('w').status).toBe('completed');
  });

  it('does not begin a run whose listening cannot be set up', () => {
    expect(() => play(b.map(b.start('s'), b.user('x'), b.flow('s x'), served(b.timer('soon'), true)))).toThrow('TIMER_UNREADABLE');
  });
});

describe('variables', () => {
  it('of a round are its own; others are of the whole run', () => {
    const graph = b.map(b.start('s'), b.user('x', { loop: b.eachOf('list', 'item') }), b.user('z'), b.flow('s x z'));
    const run = play(graph, { list: ['a', 'b'] });
    const seen = run.instance.scopes.filter(({ kind }) => kind === 'round').map(({ variables }) => variables);
    expect(seen).toEqual([
      { item: 'a', loopCounter: 1 },
      { item: 'b', loopCounter: 2 },
    ]);
    run.complete('x', { item: 'changed', verdict: 'fine' });
    expect(run.variables).toEqual({ list: ['a', 'b'], verdict: 'fine' });
  });
});
