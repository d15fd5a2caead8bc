import { describe, expect, it } from 'vitest';
import { gapsOf, hasReason, undecided } from './entry.ts';
import type { SoaEntry } from './entry.ts';

const entry = (change: Partial<SoaEntry>): SoaEntry => ({ ...undecided('A.5.2'), ...change });

describe('a reason', () => {
  it.each([
    { name: 'an undecided entry has none', change: { justification: 'x', reasons: ['risk' as const] }, has: false },
    { name: 'an inclusion has one by its type', change: { decision: 'included' as const, reasons: ['law' as const] }, has: true },
    { name: 'an inclusion has none by words alone', change: { decision: 'included' as const, justification: 'x' }, has: false },
    { name: 'an exclusion has one in words', change: { decision: 'excluded' as const, justification: 'x' }, has: true },
    {
      name: 'an exclusion has none by a type alone',
      change: { decision: 'excluded' as const, reasons: ['own_choice' as const] },
      has: false,
    },
  ])('$name', ({ change, has }) => expect(hasReason(entry(change))).toBe(has));
});

describe('the gaps of an entry', () => {
  const complete = { decision: 'included', reasons: ['risk'], risks: ['r1'], owner: 'control-owner', status: 'implemented' } as const;
  it.each([
    { name: 'none when complete', change: complete, gaps: [] },
    { name: 'none before a decision', change: {}, gaps: [] },
    { name: 'a reason without its link', change: { ...complete, reasons: ['risk', 'law'] as const }, gaps: ['REASON_NOT_LINKED'] },
    { name: 'own choice without words', change: { ...complete, reasons: ['own_choice'] as const }, gaps: ['REASON_NOT_LINKED'] },
    { name: 'no owner', change: { ...complete, owner: null }, gaps: ['OWNER_MISSING'] },
    { name: 'planned without a date', change: { ...complete, status: 'planned' as const }, gaps: ['TARGET_MISSING'] },
    { name: 'planned with a date', change: { ...complete, status: 'planned' as const, targetDate: '2027-01-01' }, gaps: [] },
    { name: 'none for an exclusion without a status', change: { decision: 'excluded' as const, justification: 'x' }, gaps: [] },
    {
      name: 'excluded and yet implemented',
      change: { decision: 'excluded' as const, justification: 'x', status: 'implemented' as const },
      gaps: ['STATUS_OF_EXCLUDED'],
    },
  ])('$name', ({ change, gaps }) => expect(gapsOf(entry(change))).toEqual(gaps));
});
