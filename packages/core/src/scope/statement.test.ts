import { describe, expect, it } from 'vitest';
import type { VersionState } from '../shared/versions.ts';
import { decideScope } from './statement.ts';

const inReview: VersionState = { stage: 'in_review', authors: ['aims-manager'], approvedBy: null, approvedOn: null };
const approve = (by: string) => ({ kind: 'approve', by, on: '2026-11-21' }) as const;
const codes = (decision: ReturnType<typeof decideScope>) => ('refused' in decision ? decision.refused.map((one) => one.code) : []);

describe('the scope statement', () => {
  it('is approved by top management', () => {
    expect(decideScope(inReview, approve('director'), ['top_management'])).toEqual({
      events: [{ kind: 'approved', by: 'director', on: '2026-11-21' }],
    });
  });

  it('is not approved by an author, nor by any other role, and says both', () => {
    expect(codes(decideScope(inReview, approve('aims-manager'), ['top_management']))).toEqual(['APPROVER_IS_AUTHOR']);
    expect(codes(decideScope(inReview, approve('aims-manager'), ['aims_manager']))).toEqual([
      'TOP_MANAGEMENT_NEEDED',
      'APPROVER_IS_AUTHOR',
    ]);
  });

  it('is submitted and sent back by others', () => {
    expect(
      decideScope({ ...inReview, stage: 'draft' }, { kind: 'submit', by: 'aims-manager', on: '2026-11-21' }, ['aims_manager']),
    ).toHaveProperty('events');
    expect(decideScope(inReview, { kind: 'sendBack', by: 'director', reason: 'Name the sites' }, ['top_management'])).toHaveProperty(
      'events',
    );
  });
});
