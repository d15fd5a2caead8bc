import { describe, expect, it } from 'vitest';
import type { Authority } from '../shared/authority.ts';
import { newVersion } from '../shared/versions.ts';
import { decideCriteria } from './criteria-versions.ts';
import { defaultCriteria } from './criteria.ts';

const authority: Authority = {
  holder: 'director',
  riskLevelLimit: 1,
  approvesPlans: false,
  approvesSoa: false,
  approvesCriteria: true,
  fromDate: '2026-01-01',
  untilDate: null,
};
const facts = { criteria: defaultCriteria, authorities: [authority] };
const draft = newVersion('risk-manager');
const inReview = { ...draft, stage: 'in_review' as const };
const approve = { kind: 'approve', by: 'director', on: '2026-11-20' } as const;
const codes = (...args: Parameters<typeof decideCriteria>) => {
  const outcome = decideCriteria(...args);
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};

describe('risk criteria', () => {
  it('are submitted without a problem', () =>
    expect(codes(draft, { kind: 'submit', by: 'risk-manager', on: '2026-11-19' }, facts)).toEqual([]));
  it('are not submitted with one', () => {
    expect(
      codes(draft, { kind: 'submit', by: 'risk-manager', on: '2026-11-19' }, { ...facts, criteria: { ...defaultCriteria, threshold: 0 } }),
    ).toEqual(['THRESHOLD_RANGE']);
  });
  it('are approved by designated management', () => expect(codes(inReview, approve, facts)).toEqual([]));
  it('are not approved by their author', () =>
    expect(codes(inReview, { ...approve, by: 'risk-manager' }, facts)).toEqual(['APPROVER_IS_AUTHOR', 'NO_AUTHORITY']));
  it('are not approved without authority for them', () =>
    expect(codes(inReview, approve, { ...facts, authorities: [{ ...authority, approvesCriteria: false }] })).toEqual(['NO_AUTHORITY']));
});
