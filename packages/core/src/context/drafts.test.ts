import { describe, expect, it } from 'vitest';
import { fits } from './drafts.ts';

const answers = { activities: ['builds'], countries: ['EU', 'UK'], holds: [] };

describe('a draft of the catalog', () => {
  it('fits when each of its conditions shares a value with the answers', () => {
    expect(fits({}, answers)).toBe(true);
    expect(fits({ countries: ['UK', 'US'] }, answers)).toBe(true);
    expect(fits({ countries: ['EU'], activities: ['builds', 'supplies'] }, answers)).toBe(true);
  });

  it('does not fit when one of them shares none', () => {
    expect(fits({ countries: ['US'] }, answers)).toBe(false);
    expect(fits({ countries: ['EU'], activities: ['buys'] }, answers)).toBe(false);
    expect(fits({ holds: ['iso27001'] }, answers)).toBe(false);
  });
});
