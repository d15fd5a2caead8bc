import { describe, expect, it } from 'vitest';
import { clean, listOf, textOf } from './filters.ts';
import { queryString } from './api.ts';
import { sameFilters } from './register/views.ts';

describe('filters in the address', () => {
  it('keep only what says something', () => {
    expect(clean({ q: '', state: [], owner: undefined, system: 's1', kind: ['risk'] })).toEqual({ system: 's1', kind: ['risk'] });
  });

  it('read as one value or as many', () => {
    expect(listOf(undefined)).toEqual([]);
    expect(listOf('pilot')).toEqual(['pilot']);
    expect(listOf(['pilot', 'production'])).toEqual(['pilot', 'production']);
    expect(textOf(['a', 'b'])).toBe('a');
    expect(textOf(undefined)).toBeUndefined();
  });

  it('reach the API as they stand', () => {
    const sent = new URLSearchParams(queryString({ state: ['pilot', 'production'], q: 'a & b', owner: undefined }));
    expect(sent.get('q')).toBe('a & b');
    expect(sent.toString()).toContain('production');
    expect(sent.has('owner')).toBe(false);
  });

  it('make a view whatever their order, and another view when one differs', () => {
    expect(sameFilters({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(sameFilters({ a: '1' }, { a: '1', b: '2' })).toBe(false);
    expect(sameFilters({ a: '1' }, { a: '2' })).toBe(false);
  });
});
