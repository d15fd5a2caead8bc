import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../shared/dates.ts';
import { againstPurge, type ApprovedVersion, retentionOf } from './retention.ts';
import { retentionDefaults } from './retention-rules.ts';

const soa = (supersededOn: string | null): ApprovedVersion => ({ register: 'soa-versions', identifier: 'SOA-0001', supersededOn });
const archived = { register: 'evidence', archivedOn: '2026-01-01', restedOnBy: [] as ApprovedVersion[], adopted: {} };
const codes = (facts: typeof archived | Parameters<typeof againstPurge>[0], today: string) =>
  againstPurge(facts, today).map(({ code }) => code);

describe('what an approved version rests on', () => {
  it('is kept while the version is in force, however old', () =>
    expect(codes({ ...archived, restedOnBy: [soa(null)] }, '2050-01-01')).toEqual(['APPROVED_VERSION_RESTS_ON_IT']));
  it('is kept for three years after that, adopted or not, the last day included', () => {
    const facts = { ...archived, restedOnBy: [soa('2026-03-01')] };
    expect(codes(facts, '2029-03-01')).toEqual(['RETENTION_RUNS']);
    expect(codes(facts, '2029-03-02')).toEqual([]);
  });
  it('is kept as long as the longer of its own rule and that of the version says', () => {
    const facts = { ...archived, restedOnBy: [soa('2026-03-01')], adopted: { 'soa-versions': 10 } };
    expect(retentionOf(facts, '2030-01-01').until).toBe('2036-03-01');
  });
  it('is named with the version and the day', () =>
    expect(againstPurge({ ...archived, restedOnBy: [soa('2026-03-01')] }, '2027-01-01')[0]?.message).toBe(
      'expected a day after 2029-03-01, until which evidence of SOA-0001 is kept, got 2027-01-01',
    ));
});

describe('evidence that nothing rests on', () => {
  it('is not deleted while it is in use', () => expect(codes({ ...archived, archivedOn: null }, '2026-02-01')).toEqual(['IN_USE']));
  it('may go once archived, where no rule was adopted', () => expect(codes(archived, '2026-01-02')).toEqual([]));
  it('stays for the years of an adopted rule', () => {
    const facts = { ...archived, adopted: { evidence: 2 } };
    expect(codes(facts, '2028-01-01')).toEqual(['RETENTION_RUNS']);
    expect(codes(facts, '2028-01-02')).toEqual([]);
  });
  it('may go at once where the adopted rule is no years', () =>
    expect(codes({ ...archived, adopted: { evidence: 0 } }, '2026-01-02')).toEqual([]));
});

describe('a hold', () => {
  const day = fc.integer({ min: 0, max: 10_000 }).map((n) => addDays('2015-01-01', n));
  it('that has gone never comes back by the passing of time', () =>
    fc.assert(
      fc.property(fc.array(fc.option(day)), fc.option(day), day, fc.nat(5000), (ends, archivedOn, today, later) => {
        const facts = { ...archived, archivedOn, restedOnBy: ends.map(soa), adopted: { evidence: 1 } };
        return retentionOf(facts, addDays(today, later)).holds.length <= retentionOf(facts, today).holds.length;
      }),
    ));
});

it('each proposal has a reason and a register of its own', () => {
  expect(new Set(retentionDefaults.map(({ register }) => register)).size).toBe(retentionDefaults.length);
  for (const { reason } of retentionDefaults) expect(reason.length).toBeGreaterThan(20);
});
