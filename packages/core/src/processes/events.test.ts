import { describe, expect, it } from 'vitest';
import type { Trigger } from './graph.ts';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

type Caught = Exclude<Trigger, { kind: 'error' | 'escalation' }>;
const waits: { kind: string; trigger: Caught; seen: object }[] = [
  { kind: 'timer', trigger: b.timer('P90D'), seen: { kind: 'timer', due: '2026-04-01T00:00:00.000Z' } },
  { kind: 'date', trigger: b.timerOf({ kind: 'date', at: '2026-06-30T12:00:00+02:00' }), seen: { due: '2026-06-30T10:00:00.000Z' } },
  { kind: 'message', trigger: b.message('answer', 'order'), seen: { kind: 'message', name: 'answer', correlation: 17 } },
  { kind: 'message named by an expression', trigger: b.message('=channel'), seen: { kind: 'message', name: 'mail', correlation: null } },
  { kind: 'signal', trigger: b.signal('stop'), seen: { kind: 'signal', name: 'stop' } },
  { kind: 'condition', trigger: b.condition('later'), seen: { kind: 'conditional', was: false } },
];
const facts = { order: 17, channel: 'mail' };

describe('an event that catches', () => {
  it.each(waits)('waits for its $kind', ({ trigger, seen }) => {
    const run = play(b.map(b.start('s'), b.waitFor('x', trigger), b.end('e'), b.flow('s x e')), facts);
    expect(run.instance.subscriptions).toMatchObject([{ node: 'x', ...seen }]);
    expect(run.fire('x').status).toBe('completed');
  });

  it('by condition fires when it becomes true, at once where it is, and not for what is unknown', () => {
    const graph = b.map(b.start('s'), b.waitFor('x', b.condition('score > 3')), b.end('e'), b.flow('s x e'));
    expect(play(graph, { score: 5 }).status).toBe('completed');
    const run = play(graph);
    expect(run.set({ score: 2 }).at).toEqual(['x']);
    expect(run.set({ score: 4 }).status).toBe('completed');
  });

  it.each([
    { name: 'a timer', trigger: b.timer('ninety days'), code: 'TIMER_UNREADABLE' },
    { name: 'a timer that is not there', trigger: b.timer('=days'), code: 'TIMER_UNREADABLE' },
    { name: 'a series that is over', trigger: b.cycle('R2/2020-01-01/P1Y'), code: 'TIMER_UNREADABLE' },
    { name: 'a cycle of seconds', trigger: b.cycle('=often'), code: 'TIMER_TOO_OFTEN' },
    { name: 'a moment beyond the calendar', trigger: b.timer('P9999Y'), code: 'TIMER_UNREADABLE' },
    { name: 'a name that is not there', trigger: b.signal('=channel'), code: 'EXPRESSION_FAILED' },
    { name: 'a correlation that is nothing', trigger: b.message('answer', 'order'), code: 'EXPRESSION_FAILED' },
  ])('stops at $name, and is tried again', ({ trigger, code }) => {
    const run = play(b.map(b.start('s'), b.waitFor('x', trigger), b.end('e'), b.flow('s x e')), { order: null, often: 'R/PT59S' });
    expect([run.at, run.waits]).toEqual([[`x!${code}`], []]);
    expect(run.retry('x').at).toEqual([`x!${code}`]);
    expect(run.last.slice(0, 2)).toEqual(['retried x', 'entered x']);
  });
});

describe('an event that throws', () => {
  const through = (node: b.Part) => b.map(b.start('s'), node, b.user('y'), b.end('e'), b.flow('s x y e'));
  const at = (node: b.Part) => b.map(b.start('s'), node, b.flow('s x'));
  it.each([
    { name: 'a message', result: b.message('hello') },
    { name: 'a signal', result: b.signal('hello') },
  ])('$name goes out with what it knows, on the way and at the end', ({ result }) => {
    const effect = { kind: result.kind, name: 'hello', variables: { a: 1 } };
    const run = play(through(b.throws('x', result)), { a: 1 });
    expect([run.at, run.effects]).toEqual([['y'], [effect]]);
    const ended = play(at(b.end('x', result)), { a: 1 });
    expect([ended.status, ended.effects]).toEqual(['completed', [effect]]);
  });

  it('a message whose name is not there stops, and is sent once it is', () => {
    const run = play(through(b.throws('x', b.message('=to'))));
    expect([run.at, run.effects]).toEqual([['x!EXPRESSION_FAILED'], []]);
    run.retry('x', { to: 'audit' });
    expect([run.at, run.effects]).toMatchObject([['y'], [{ name: 'audit' }]]);
  });

  it('nothing passes through', () =>
    expect(play(through(b.throws('x'))).last.slice(0, 4)).toEqual(['passed s', 'taken s-x', 'passed x', 'taken x-y']));

  it('an escalation nobody catches goes on and is written down', () => {
    const run = play(through(b.throws('x', b.escalation('late'))));
    expect([run.at, run.last]).toEqual([['y'], expect.arrayContaining(['uncaught x'])]);
    expect(play(at(b.end('x', b.escalation('late')))).status).toBe('completed');
  });

  it('an error nobody catches stops the run until a person has looked, who lets it end', () => {
    const run = play(at(b.end('x', b.error('boom'))));
    expect(run.at).toEqual(['x!ERROR_UNCAUGHT']);
    expect(run.retry('x').status).toBe('completed');
  });

  it('in a called run an error fails it and an escalation tells the caller', () => {
    const failed = play(
      b.map(b.start('s'), b.user('x'), b.user('y'), b.end('e', b.error('boom')), b.flow('s x e'), b.flow('s y')),
      {},
      { called: true },
    ).complete('x');
    expect([failed.status, failed.effects]).toEqual(['failed', [{ kind: 'callerError', code: 'boom' }]]);
    expect(failed.last).toContain('cancelled y');
    const told = play(through(b.throws('x', b.escalation('late'))), {}, { called: true });
    expect([told.at, told.effects]).toEqual([['y'], [{ kind: 'callerEscalation', code: 'late' }]]);
    expect(play(through(b.user('x')), {}, { called: true }).error('x', 'boom').status).toBe('failed');
  });

  it('a link goes on where it is caught', () => {
    const graph = b.map(
      b.start('s'),
      b.linkTo('l', 'on'),
      b.linkFrom('m', 'on'),
      b.linkFrom('n', 'off'),
      b.user('x'),
      b.user('y'),
      b.flow('s l'),
      b.flow('m x'),
      b.flow('n y'),
    );
    expect(play(graph).at).toEqual(['x']);
  });
});

const triggers: { kind: string; trigger: Trigger; act: (run: ReturnType<typeof play>) => unknown }[] = [
  { kind: 'timer', trigger: b.timer('P5D'), act: (run) => run.fire('late') },
  { kind: 'message', trigger: b.message('recall'), act: (run) => run.fire('late') },
  { kind: 'signal', trigger: b.signal('stop'), act: (run) => run.fire('late') },
  { kind: 'condition', trigger: b.condition('risky'), act: (run) => run.set({ risky: true }) },
  { kind: 'escalation', trigger: b.escalation('help'), act: (run) => run.escalate('x', 'help') },
  { kind: 'any escalation', trigger: b.escalation(null), act: (run) => run.escalate('x', 'other') },
];
const beside = (trigger: Trigger, interrupting: boolean, node = b.user('x')) =>
  b.map(
    b.start('s'),
    node,
    b.boundary('late', 'x', trigger, interrupting),
    b.user('y'),
    b.user('z'),
    b.end('e'),
    b.flow('s x z e'),
    b.flow('late y e'),
  );

describe('a boundary event', () => {
  it.each(triggers)('by $kind interrupts', ({ trigger, act }) => {
    const run = play(beside(trigger, true));
    act(run);
    expect([run.at, run.waits]).toEqual([['y'], []]);
    expect(run.complete('y').status).toBe('completed');
  });

  it.each(triggers)('by $kind lets the activity go on', ({ trigger, act }) => {
    const run = play(beside(trigger, false));
    act(run);
    expect(run.at).toEqual(['x', 'y']);
    run.complete('x');
    expect([run.at, run.waits]).toEqual([['y', 'z'], []]);
    expect(run.complete('z').complete('y').status).toBe('completed');
  });

  it.each([
    { name: 'by its code', trigger: b.error('boom'), code: 'boom', at: ['y'] },
    { name: 'by no code, whatever comes', trigger: b.error(null), code: 'boom', at: ['y'] },
    { name: 'without a code, by none', trigger: b.error(null), code: null, at: ['y'] },
    { name: 'not with another code', trigger: b.error('bang'), code: 'boom', at: ['x!ERROR_UNCAUGHT'] },
    { name: 'not an escalation of the same code', trigger: b.escalation('boom'), code: 'boom', at: ['x!ERROR_UNCAUGHT'] },
  ])('catches an error $name', ({ trigger, code, at }) => {
    for (const node of [b.user('x'), b.service('x'), b.call('x')])
      expect(play(beside(trigger, true, node)).error('x', code).at).toEqual(at);
  });

  it('that names the code comes before the one that catches all', () => {
    const graph = b.map(
      b.start('s'),
      b.call('x'),
      b.boundary('all', 'x', b.error(null)),
      b.boundary('one', 'x', b.error('boom')),
      b.user('y'),
      b.user('z'),
      b.flow('s x'),
      b.flow('all y'),
      b.flow('one z'),
    );
    expect(play(graph).error('x', 'boom').at).toEqual(['z']);
    expect(play(graph).error('x', 'bang').at).toEqual(['y']);
  });

  it('goes when its activity is done, and a late one is told so', () => {
    const run = play(beside(b.timer('P5D'), true));
    const subscription = run.instance.subscriptions[0]?.id ?? 0;
    expect(run.complete('x').waits).toEqual([]);
    expect(() => run.send({ kind: 'fire', subscription, variables: {} })).toThrow('NO_LONGER_WAITING');
  });

  it('reminds again and again by a cycle, as often as it says', () => {
    const run = play(beside(b.cycle('R3/P1D'), false));
    for (const day of ['02', '03', '04']) {
      expect(run.due('late')).toBe(`2026-01-${day}T00:00:00.000Z`);
      run.clock(`2026-01-${day}T00:00:01.000Z`).fire('late').complete('y');
    }
    expect([run.at, run.waits]).toEqual([['x'], []]);
  });

  it('whose series is over stays silent and does not hold up the work', () => {
    expect(play(beside(b.cycle('R2/2020-01-01/P1Y'), false)).at).toEqual(['x']);
  });

  it('that cannot be read stops the activity before it begins, with nothing half open', () => {
    const run = play(beside(b.timer('=days'), true));
    expect([run.at, run.waits, run.effects]).toEqual([['x!TIMER_UNREADABLE'], [], []]);
    run.retry('x', { days: 'P3D' });
    expect([run.at, run.waits]).toEqual([['x'], ['late']]);
  });

  it('by condition fires once each time it becomes true', () => {
    const run = play(beside(b.condition('risky'), false), { risky: true });
    expect(run.at).toEqual(['x', 'y']);
    expect(run.set({ risky: true }).at).toEqual(['x', 'y']);
    expect(run.set({ risky: false }).set({ risky: true }).at).toEqual(['x', 'y', 'y']);
  });
});
