import { describe, expect, it } from 'vitest';
import { judgeAnswers, readAsk } from './ask.ts';

describe('a form that asks', () => {
  it('names its questions and their kinds', () => {
    expect(readAsk('ask:majorOpen:boolean,overdue:integer')).toEqual([
      { name: 'majorOpen', kind: 'boolean' },
      { name: 'overdue', kind: 'integer' },
    ]);
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
