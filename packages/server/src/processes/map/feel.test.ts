import type { Value } from '@aimwell/core/processes/instance';
import { describe, expect, it } from 'vitest';
import { evaluateFeel, expressionProblems, stepWork } from './feel.ts';

const now = '2026-11-21T08:00:00Z';
const value = (expression: string, variables: Parameters<typeof evaluateFeel>[1] = {}) => evaluateFeel(expression, variables, now);

describe('expressions that are taken', () => {
  it.each([
    'score > 3',
    'a and b or not(c)',
    'count(findings[severity = "major" and status != "closed"]) > 0',
    'some one in findings satisfies one.severity = "major"',
    'if a then "x" else "y"',
    'country in ("DE", "AT")',
    'score in [1..5]',
    'score between 1 and 2',
    'record.approvedBy = null',
    'date(record.due) < today() + duration("P30D")',
    'list contains(flags, "high")',
    'nrOfCompletedInstances / nrOfInstances >= 0.5',
    '["a", "b"]',
    'reviewers[1]',
    '-1 + 2 * (3 - 4)',
  ])('%s', (expression) => expect(expressionProblems(expression)).toEqual([]));
});

describe('expressions that are refused before they run', () => {
  it.each([
    ['some x in 1..1000000000 satisfies x > 5', 'range'],
    ['for x in list return x', '"for"'],
    ['function(x) x', 'function of its own'],
    ['matches(name, "(a+)+$")', '"matches"'],
    ['replace(name, "a", "b")', '"replace"'],
    ['split(name, "a")', '"split"'],
    ['9 ** 9 ** 9', 'power'],
    ['{a: 1}', 'braces'],
    ['x =', 'cannot be read'],
    ['a[> 3]', 'compares with nothing'],
    ['', 'empty'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'nested'],
    [`"${'a'.repeat(3000)}"`, 'characters'],
    ['some x in a, y in a satisfies x = y', 'several lists'],
    ['constructor("return 1")', '"constructor"'],
    ['true // and more', 'comment'],
  ])('%s', (expression, why) => expect(expressionProblems(expression).join('; ')).toContain(why));

  it('in bounded time, whatever is written', () => {
    for (const text of ['(', '[', 'f(', 'a[', 'if a then ', 'x in (', 'some x in ', '-', '{a:', '"'])
      expect(expressionProblems(text.repeat(1999).slice(0, 1999)).length).toBeGreaterThan(0);
  });
});

describe('an unknown name', () => {
  it.each([
    'y > 3',
    'y = null',
    'y',
    'not(y)',
    'if y then 1 else 2',
    'count(y) = 0',
    'mode = "fast"',
    'constructor = null',
    '__proto__ = null',
    '1 + y',
    '[y]',
    'record.y = null',
  ])('is a problem where it decides: %s', (expression) => expect(value(expression, { record: { x: 1 } })).toHaveProperty('problem'));
  it.each([
    ['true or y', true],
    ['y or true', true],
    ['false and y', false],
    ['x != null and x.score > 3', false],
    ['if true then 1 else y', 1],
    ['some one in list satisfies one.major', true],
  ])('is none where it does not: %s', (expression, expected) =>
    expect(value(expression, { x: null, list: [{ minor: true }, { major: true }] })).toEqual({ value: expected }),
  );
  it.each(['false or y', 'true and y', 'every one in list satisfies one.major', 'count(list[major]) > 0', 'count(list[major = true]) > 0'])(
    'is one where the rest leaves it open: %s',
    (expression) => expect(value(expression, { list: [{ minor: true }, { major: true }] })).toHaveProperty('problem'),
  );
});

describe('what is known', () => {
  it.each([
    ['x = null', true],
    ['x != null', false],
    ['record.by = null', true],
    ['record.score >= 12 and record.kind = "high"', true],
    ['count(findings[severity = "major"]) > 0', true],
    ['findings[severity = "major"][1].id', 7],
    ['findings[-1].severity', 'minor'],
    ['some f in findings satisfies f.severity = "major" and f.id > 6', true],
    ['every f in findings satisfies f.id > 7', false],
    ['not(some f in findings satisfies f.id > 100)', true],
    ['date("2026-12-24") > today()', true],
    ['date and time("2026-11-21T07:59:00Z") < now()', true],
    ['today() + duration("P30D")', '2026-12-21'],
    ['record.score in [1..12]', true],
    ['record.score in [1..12)', false],
    ['record.kind in ("low", "high")', true],
    ['record.kind in kinds', true],
    ['"major" in findings.severity', true],
    ['sum(findings.id) + 1', 16],
    ['substring("abc", 1, 2)', 'ab'],
    ['string length("a\\"b")', 3],
    ['-record.score', -12],
    ['["a", record.kind]', ['a', 'high']],
    ['if record.score > 3 then "yes" else "no"', 'yes'],
  ])('%s', (expression, expected) =>
    expect(
      value(expression, {
        x: null,
        kinds: ['high'],
        record: { by: null, score: 12, kind: 'high' },
        findings: [
          { id: 7, severity: 'major' },
          { id: 8, severity: 'minor' },
        ],
      }),
    ).toEqual({ value: expected }),
  );
});

describe('what cannot be told', () => {
  it.each([
    'x > 3',
    'x < 3 or false',
    'text > 3',
    'text < today()',
    'text = 3',
    'x between 1 and 2',
    'text in [1..5]',
    'count(x) = 0',
    'sum([]) > 1',
    '1 / 0',
    'list[5]',
    'date("2026-02-30")',
    'if text then 1 else 2',
    'count(list[score > 3]) > 0',
    '(x > 3) = false',
  ])('%s is a problem, never false', (expression) =>
    expect(value(expression, { x: null, text: 'abc', list: [{ score: null }, { score: 5 }] })).toHaveProperty('problem'),
  );
});

describe('work', () => {
  const many = Array.from({ length: 100_000 }, (_, id) => ({ id, n: id % 7 }));
  it('goes through the lists of an organisation', () =>
    expect(value('count(list[n = 3]) > 0', { list: many.slice(0, 1000) })).toEqual({ value: true }));
  it.each(['count(list[n = 8]) > 0', 'some a in list satisfies some b in list satisfies a.id = b.id + 1000000'])(
    'is bounded: %s',
    (expression) => expect(value(expression, { list: many })).toEqual({ problem: expect.stringContaining('more than it may') }),
  );
});

describe('what a step may cost', () => {
  it('is bounded for all its expressions together', () => {
    const work = stepWork();
    const list = Array.from({ length: 1000 }, (_, id) => ({ id }));
    const answers = Array.from({ length: 400 }, () => evaluateFeel('count(list[id = 3]) = 1', { list }, now, work));
    expect(answers[0]).toEqual({ value: true });
    expect(answers.at(-1)).toEqual({ problem: expect.stringContaining('more than it may') });
  });
});

describe('values that double', () => {
  // A rule that takes its own result: in forty rounds it would hold a million million letters.
  const rounds = (expression: string, first: Value) => {
    let held = first;
    for (let round = 0; round < 40; round += 1) {
      const found = value(expression, { x: held });
      if ('problem' in found) return found.problem;
      held = found.value;
    }
    return null;
  };
  it.each([
    ['x + x', 'aaaaaaaaaa'],
    ['[x, x]', 1],
    ['concatenate(x, x)', [1]],
    ['string join([x, x])', 'a'],
    ['if true then [[x, x], [x, x]] else x', 'a'],
  ])('%s stops before it fills the memory', (expression, first) => expect(rounds(expression, first)).toMatch(/more than/));
  it('are kept as long as people could read them', () => expect(value('x + x', { x: 'a'.repeat(40_000) })).toHaveProperty('value'));
});
