import { describe, expect, it } from 'vitest';
import { ProblemError } from '../platform/errors.ts';
import { answersTo } from './answers.ts';

const form = 'ask:majorOpen:boolean,overdue:integer';

describe('the answers to a form that asks', () => {
  it('come as values of the form, or as variables, and nothing else of these', () => {
    expect(answersTo(form, { form: { majorOpen: true }, variables: { overdue: 2, note: 'x' } })).toEqual({ majorOpen: true, overdue: 2 });
  });

  it('are refused when one is missing, of another kind, or was not asked', () => {
    const refusal = (given: Parameters<typeof answersTo>[1]) => {
      try {
        answersTo(form, given);
      } catch (error) {
        return error instanceof ProblemError ? error.code : error;
      }
      return 'taken';
    };
    expect(refusal({ form: { majorOpen: true, overdue: 0 }, variables: {} })).toBe('taken');
    expect(refusal({ form: { majorOpen: true }, variables: {} })).toBe('REFUSED');
    expect(refusal({ form: { majorOpen: 'yes', overdue: 0 }, variables: {} })).toBe('REFUSED');
    expect(refusal({ form: { majorOpen: true, overdue: 0, minor: 3 }, variables: {} })).toBe('REFUSED');
  });

  it('are not looked for where a step has another form, or none', () => {
    expect(answersTo(null, { variables: {} })).toBeNull();
    expect(answersTo('systems:register', { form: { as: 'pilot' }, variables: {} })).toBeNull();
  });
});
