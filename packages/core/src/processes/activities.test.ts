import { describe, expect, it } from 'vitest';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

const line = (node: b.Part) => b.map(b.start('s'), node, b.end('e'), b.flow('s x e'));

describe('a task', () => {
  it.each([
    { kind: 'user', node: b.user('x'), wait: 'task' },
    { kind: 'manual', node: b.manual('x'), wait: 'task' },
    { kind: 'service', node: b.service('x'), wait: 'job' },
    { kind: 'send', node: b.send('x'), wait: 'job' },
    { kind: 'call', node: b.call('x'), wait: 'call' },
  ])('of kind $kind waits until it is completed from outside, once', ({ node, wait }) => {
    const run = play(line(node), { score: 3 });
    expect(run.instance.tokens.map((token) => token.wait.kind)).toEqual([wait]);
    const token = run.instance.tokens[0]?.id ?? 0;
    expect(run.complete('x', { answer: 'yes' }).status).toBe('completed');
    expect(run.variables).toEqual({ score: 3, answer: 'yes' });
    expect(() => run.send({ kind: 'complete', token, variables: {} })).toThrow('INSTANCE_ENDED');
  });

  it('is completed by the first; the second hears that it is done', () => {
    const run = play(b.map(b.start('s'), b.user('x'), b.user('y'), b.end('e'), b.flow('s x y e')));
    const token = run.instance.tokens[0]?.id ?? 0;
    run.complete('x');
    expect(() => run.send({ kind: 'complete', token, variables: { late: true } })).toThrow('NO_LONGER_WAITING');
    expect(run.variables).toEqual({});
  });

  it('asks for its job with what it can see', () => {
    const run = play(line(b.service('x')), { score: 3 });
    expect(run.effects).toEqual([{ kind: 'job', token: run.instance.tokens[0]?.id, node: 'x', job: 'x.job', variables: { score: 3 } }]);
  });

  it('calls the pinned version, or the newest', () => {
    expect(play(line(b.call('x', {}, 4))).effects).toMatchObject([{ kind: 'call', called: 'x-called', version: 4 }]);
    expect(play(line(b.call('x'))).effects).toMatchObject([{ kind: 'call', called: 'x-called', version: null }]);
  });

  it('that receives waits for its message', () => {
    const run = play(line(b.receive('x', b.message('answer', '=order'))), { order: 17 });
    expect(run.instance.subscriptions).toMatchObject([{ kind: 'message', name: 'answer', correlation: 17 }]);
    expect(() => run.complete('x')).toThrow('expected a token');
    expect(run.fire('x', { text: 'yes' }).status).toBe('completed');
    expect(run.variables).toEqual({ order: 17, text: 'yes' });
  });

  it('by a rule is done at once and keeps its value', () => {
    const run = play(line(b.rule('x', '=score > 2', 'high')), { score: 3 });
    expect([run.status, run.variables]).toEqual(['completed', { score: 3, high: true }]);
  });
});

describe('incidents of work', () => {
  it('a rule that cannot be evaluated stops, and works once the fact is there', () => {
    const run = play(line(b.rule('x', 'score > 2', 'high')));
    expect(run.at).toEqual(['x!EXPRESSION_FAILED']);
    expect(run.retry('x').at).toEqual(['x!EXPRESSION_FAILED']);
    expect(run.retry('x', { score: 1 }).variables).toEqual({ score: 1, high: false });
    expect(run.status).toBe('completed');
  });

  it('a job given up keeps its token, its reminders, and is asked for again', () => {
    const run = play(
      b.map(
        b.start('s'),
        b.service('x'),
        b.boundary('late', 'x', b.timer('P1D'), false),
        b.user('look'),
        b.end('e'),
        b.flow('s x e'),
        b.flow('late look e'),
      ),
    );
    run.giveUp('x');
    expect([run.at, run.waits]).toEqual([['x!JOB_FAILED'], ['late']]);
    expect(() => run.complete('x')).toThrow();
    run.retry('x');
    expect([run.at, run.waits]).toEqual([['x'], ['late']]);
    expect(run.effects).toMatchObject([{ kind: 'job', job: 'x.job' }]);
    expect(run.complete('x').status).toBe('completed');
  });

  it.each([{ node: b.user('x') }, { node: b.service('x') }, { node: b.call('x') }])(
    'an error nobody catches stops the $node.node.kind, and it begins again',
    ({ node }) => {
      const run = play(line(node));
      expect(run.error('x', 'boom').at).toEqual(['x!ERROR_UNCAUGHT']);
      expect(run.retry('x').at).toEqual(['x']);
      expect(run.complete('x').status).toBe('completed');
    },
  );

  it('a retry needs an incident', () => {
    const run = play(line(b.user('x')));
    expect(() => run.send({ kind: 'retry', token: run.instance.tokens[0]?.id ?? 0, variables: {} })).toThrow('NO_LONGER_WAITING');
  });

  it('an endless loop stops after the step budget, and goes on when the cause is mended', () => {
    const graph = b.map(
      b.start('s'),
      b.exclusive('g'),
      b.rule('x', 'seen', 'done'),
      b.exclusive('h'),
      b.end('e'),
      b.flow('s g x h'),
      b.when('done', 'h e'),
      b.when('done = false', 'h g'),
    );
    const run = play(graph, { seen: false });
    expect(run.at).toHaveLength(1);
    expect(run.at[0]).toMatch('STEP_BUDGET');
    const node = run.instance.tokens[0]?.node ?? '';
    expect(run.retry(node, { seen: true, done: true }).status).toBe('completed');
  });

  it('a loop without end that doubles its tokens stops too', () => {
    const graph = b.map(b.start('s'), b.exclusive('g'), b.parallel('x'), b.flow('s g x g'), b.throws('t'), b.flow('x t g'));
    const run = play(graph);
    expect(new Set(run.at.map((at) => at.split('!')[1]))).toEqual(new Set(['STEP_BUDGET']));
    expect(run.terminate().status).toBe('terminated');
  });
});

describe('beginning and end of a run', () => {
  it('begins at the start that is named', () => {
    const graph = b.map(
      b.start('s'),
      b.start('m', b.message('intake')),
      b.start('t', b.cycle('R/P1Y')),
      b.start('c', b.condition('x')),
      b.start('g', b.signal('go')),
      b.user('x'),
      b.user('y'),
      b.end('e'),
      b.flow('s x e'),
      b.flow('m y e'),
      b.flow('t y'),
      b.flow('c y'),
      b.flow('g y'),
    );
    expect(play(graph).at).toEqual(['x']);
    for (const start of ['m', 't', 'c', 'g']) {
      const run = play(graph, { from: start }, { start });
      expect([run.at, run.waits, run.variables]).toEqual([['y'], [], { from: start }]);
    }
  });

  it('refuses a start that the map does not have, and a map that only waits for one', () => {
    const graph = b.map(b.start('m', b.message('intake')), b.user('y'), b.end('e'), b.flow('m y e'));
    expect(() => play(graph)).toThrow('NO_START');
    expect(() => play(graph, {}, { start: 'y' })).toThrow('NO_START');
    expect(() => play(graph, {}, { start: 'constructor' })).toThrow('NO_START');
  });

  it('several starts without a trigger all begin, and nothing at all begins where nothing leads', () => {
    expect(play(b.map(b.start('s'), b.start('r'), b.user('x'), b.user('y'), b.flow('s x'), b.flow('r y'))).at).toEqual(['x', 'y']);
    expect(play(b.map(b.user('x'), b.user('y'), b.user('z'), b.flow('x z'))).at).toEqual(['x', 'y']);
  });

  it('ends when the last token is gone, not before', () => {
    const run = play(b.map(b.start('s'), b.user('x'), b.user('y'), b.end('e'), b.end('f'), b.flow('s x e'), b.flow('s y f')));
    expect(run.complete('x').status).toBe('active');
    expect(run.complete('y').last).toEqual(['completed y', 'taken y-f', 'passed f', 'ended completed']);
  });

  it('terminates whole, from inside and from outside', () => {
    const graph = b.map(
      b.start('s'),
      b.user('x'),
      b.user('y'),
      b.boundary('late', 'y', b.timer('P1D')),
      b.end('e', b.terminate),
      b.flow('s x e'),
      b.flow('s y'),
      b.flow('late e'),
    );
    expect(play(graph).complete('x').last).toEqual(['completed x', 'taken x-e', 'passed e', 'cancelled y', 'ended terminated']);
    expect(play(graph).terminate().status).toBe('terminated');
  });

  it('terminates what is still on its way, in the process and in a sub-process', () => {
    const inside = b.parts(b.start('qs'), b.user('x'), b.end('e', b.terminate), b.user('y'), b.flow('qs x e'), b.flow('x y'));
    expect(play(b.map(inside)).complete('x').status).toBe('terminated');
    const nested = b.map(b.start('s'), b.sub('q', inside), b.user('z'), b.flow('s q z'));
    expect(play(nested).complete('x').at).toEqual(['z']);
  });

  it('takes what came out of an event into the variables, and what stands in a run cannot reach the language', () => {
    const run = play(line(b.user('x')), JSON.parse('{"__proto__": {"admin": true}}'));
    run.set(JSON.parse('{"constructor": 1}'));
    expect(Object.keys(run.variables)).toEqual(['__proto__', 'constructor']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
