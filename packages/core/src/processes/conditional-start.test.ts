import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalStarts, type Decided, decided, rises } from './conditional-start.ts';
import * as b from './testing/build.ts';
import { play } from './testing/play.ts';

const unknown = { problem: 'no variable "record"' };
const map = b.map(
  b.start('s'),
  b.start('high', b.condition('=record > 3')),
  b.user('look'),
  b.onEvent('part', [b.start('inner', b.condition('later'), false), b.end('partEnd'), ...b.flow('inner partEnd')]),
  b.end('e'),
  b.flow('s look e'),
  b.flow('high look'),
);

describe('a process that begins by a condition', () => {
  it('names it; the condition of a part listens in a run', () => {
    expect(conditionalStarts(map)).toEqual([{ node: 'high', condition: 'record > 3' }]);
    expect(conditionalStarts(b.map(b.start('s'), b.end('e'), b.flow('s e')))).toEqual([]);
  });

  it('begins there, and nowhere else', () => {
    const run = play(map, {}, { start: 'high' });
    expect(run.at).toEqual(['look']);
    expect(run.last).toContain('passed high');
    expect(run.last).not.toContain('passed s');
    expect(run.complete('look').status).toBe('completed');
  });

  it('does not begin by itself where no start is named', () => {
    expect(() => play(b.map(b.start('high', b.condition('true')), b.end('e'), b.flow('high e')))).toThrow('NO_START');
  });
});

describe('a condition', () => {
  it.each<[string, Decided | null, Decided, boolean]>([
    ['of a new record that is true', null, true, true],
    ['that becomes true', false, true, true],
    ['that becomes known and is true', unknown, true, true],
    ['that stays true', true, true, false],
    ['that becomes false', true, false, false],
    ['that is not known any more', true, unknown, false],
    ['that was never known', null, unknown, false],
  ])('%s', (_, was, is, expected) => expect(rises(was, is)).toBe(expected));

  it('rises once for each time it comes to be true, however often it is looked at', () => {
    const answer = fc.constantFrom<Decided>(true, false, unknown);
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 40 }), (answers) => {
        const rose = answers.filter((is, index) => rises(answers[index - 1] ?? null, is)).length;
        const stretches = answers
          .map((is) => (is === true ? 't' : '.'))
          .join('')
          .match(/t+/g);
        expect(rose).toBe(stretches?.length ?? 0);
      }),
    );
  });

  it.each([
    ['true', { value: true }, true],
    ['false', { value: false }, false],
    ['nothing', { value: null }, { problem: '"c" is nothing, expected true or false' }],
    ['a text', { value: 'true' }, { problem: '"c" is "true", expected true or false' }],
    ['a problem', unknown, unknown],
  ])('that answers %s', (_, answer, expected) => expect(decided('c', answer)).toEqual(expected));
});
