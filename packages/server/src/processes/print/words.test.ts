import { describe, expect, it } from 'vitest';
import { durationWords, formWords, kindWords, raciWords } from './words.ts';

describe('words of a step on paper', () => {
  it.each([
    ['P10D', '10 days'],
    ['P1M', '1 month'],
    ['P1YT2H', '1 year, 2 hours'],
    ['= record.due', '= record.due'],
  ])('%s is %s', (written, said) => expect(durationWords(written)).toBe(said));

  it.each([
    [null, ''],
    ['soa-versions:approve', 'Approve (Statement of Applicability)'],
    ['ask:majorOpen:boolean,overdue:integer', 'Major open, Overdue'],
    ['ask:majorOpen:boolean:Is a major open?', 'Is a major open?'],
    ['nothing:known', 'nothing:known'],
  ])('the form %s is %s', (form, said) => expect(formWords(form)).toBe(said));

  it('names kinds and roles as the screens do', () => {
    expect(kindWords('catch:timer')).toBe('Waits: a time');
    expect(raciWords({ aims_manager: 'accountable', contributor: 'responsible' })).toBe('R Contributor\nA AIMS manager');
  });
});
