import { describe, expect, it } from 'vitest';
import { freshnessOf } from './freshness.ts';

const today = '2026-06-15';
const none = { validFrom: null, validUntil: null, nextDue: null };

describe('freshness', () => {
  it.each([
    { name: 'without any day it has no end', is: none, state: 'no_end', on: null },
    { name: 'its last day still counts', is: { ...none, validUntil: today }, state: 'due_soon', on: today },
    { name: 'the day after its last it is over', is: { ...none, validUntil: '2026-06-14' }, state: 'expired', on: '2026-06-14' },
    { name: 'sixty days before the end it is due soon', is: { ...none, validUntil: '2026-08-14' }, state: 'due_soon', on: '2026-08-14' },
    { name: 'sixty-one days before it is current', is: { ...none, validUntil: '2026-08-15' }, state: 'current', on: '2026-08-15' },
    {
      name: 'before its first day it does not hold yet',
      is: { ...none, validFrom: '2026-06-16' },
      state: 'not_yet_valid',
      on: '2026-06-16',
    },
    { name: 'its first day counts', is: { ...none, validFrom: today, validUntil: '2027-01-01' }, state: 'current', on: '2027-01-01' },
    {
      name: 'a due day that passed is overdue while it holds',
      is: { ...none, validUntil: '2027-01-01', nextDue: '2026-06-14' },
      state: 'overdue',
      on: '2026-06-14',
    },
    { name: 'the due day itself is not late', is: { ...none, nextDue: today }, state: 'due_soon', on: today },
    {
      name: 'an end that passed outweighs a due day',
      is: { validFrom: null, validUntil: '2026-01-01', nextDue: '2026-01-01' },
      state: 'expired',
      on: '2026-01-01',
    },
    {
      name: 'the earlier of end and due day counts',
      is: { ...none, validUntil: '2027-06-01', nextDue: '2026-07-01' },
      state: 'due_soon',
      on: '2026-07-01',
    },
  ])('$name', ({ is, state, on }) => expect(freshnessOf(is, today)).toEqual({ state, on }));
});
