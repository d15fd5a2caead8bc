import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askKinds, judgeAnswers, readAsk, writeAsk } from './ask.ts';

describe('a form that asks', () => {
  it('names its questions and their kinds', () => {
    expect(readAsk('ask:majorOpen:boolean,overdue:integer')).toEqual([
      { name: 'majorOpen', kind: 'boolean', text: null },
      { name: 'overdue', kind: 'integer', text: null },
    ]);
  });

  it('may say each question as people ask it', () => {
    const form = 'ask:majorOpen:boolean:Is a major open%2C or overdue?,overdue:integer: How many: 0%2C 1 or 100%25? ,on:date';
    expect(readAsk(form)).toEqual([
      { name: 'majorOpen', kind: 'boolean', text: 'Is a major open, or overdue?' },
      { name: 'overdue', kind: 'integer', text: 'How many: 0, 1 or 100%?' },
      { name: 'on', kind: 'date', text: null },
    ]);
  });

  it('is written as it is read', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 300 })
      .map((words) => words.trim().replaceAll(/\s+/g, ' '))
      .filter((words) => words !== '');
    const question = fc.record({
      name: fc.stringMatching(/^q[a-zA-Z0-9]{0,20}$/),
      kind: fc.constantFrom(...askKinds),
      text: fc.option(text),
    });
    fc.assert(
      fc.property(fc.uniqueArray(question, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }), (questions) => {
        expect(readAsk(writeAsk(questions))).toEqual(questions);
      }),
    );
  });

  it.each([
    'systems:classify',
    'ask:',
    'ask:overdue',
    'ask:overdue:money',
    'ask:Overdue:integer',
    'ask:a:text,a:date',
    'ask:a b:text',
    'ask:a:text,',
    'ask:record:text',
    'ask:ok:boolean,today:date',
    'ask:ok:boolean:Is it, or not?',
    `ask:ok:boolean:${'long '.repeat(80)}`,
  ])('is not read from "%s"', (form) => expect(readAsk(form)).toBeNull());
});

describe('answers', () => {
  const questions = readAsk('ask:open:boolean,count:integer,share:number,why:text,on:date') ?? [];
  const good = { open: false, count: 0, share: 0.5, why: 'an outage', on: '2028-02-29' };

  it('are taken when each fits its question', () => expect(judgeAnswers(questions, good)).toEqual([]));

  it.each([
    { wrong: { open: 'yes' }, field: 'form.open' },
    { wrong: { count: 1.5 }, field: 'form.count' },
    { wrong: { count: '3' }, field: 'form.count' },
    { wrong: { share: Number.NaN }, field: 'form.share' },
    { wrong: { why: '  ' }, field: 'form.why' },
    { wrong: { on: '2027-02-29' }, field: 'form.on' },
    { wrong: { open: null }, field: 'form.open' },
    { wrong: { more: 1 }, field: 'form.more' },
  ])('are refused: $wrong', ({ wrong, field }) => {
    expect(judgeAnswers(questions, { ...good, ...wrong }).map((refusal) => refusal.field)).toEqual([field]);
  });

  it('are all asked for at once', () => expect(judgeAnswers(questions, {})).toHaveLength(5));
});
