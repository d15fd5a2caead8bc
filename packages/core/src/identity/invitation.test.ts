import { describe, expect, it } from 'vitest';
import { invitationState, judgeAcceptance, judgeInvitation } from './invitation.ts';

describe('an invitation', () => {
  const open = { acceptedAt: null, revokedAt: null, expiresAt: 1000 };
  it.each([
    { name: 'is open until it expires', moments: open, now: 999, expected: 'open' },
    { name: 'expires at its moment', moments: open, now: 1000, expected: 'expired' },
    { name: 'stays accepted after that', moments: { ...open, acceptedAt: 5 }, now: 2000, expected: 'accepted' },
    { name: 'stays revoked after that', moments: { ...open, revokedAt: 5 }, now: 2000, expected: 'revoked' },
  ])('$name', ({ moments, now, expected }) => expect(invitationState(moments, now)).toBe(expected));

  const reader = { email: 'reader@example.org', roles: ['reader'] as const, validFrom: null, validUntil: null };
  const facts = { held: ['administrator'] as const, memberEmails: ['admin@example.org'], today: '2026-03-31' };
  const codes = (refused: readonly { code: string }[]) => refused.map((refusal) => refusal.code);

  it('is made by an administrator', () => expect(judgeInvitation(reader, facts)).toEqual([]));
  it('is not made by anybody else', () =>
    expect(codes(judgeInvitation(reader, { ...facts, held: ['aims_manager'] }))).toEqual(['ROLE_NOT_GRANTABLE']));
  it('is not made for a member', () =>
    expect(codes(judgeInvitation({ ...reader, email: 'admin@example.org' }, facts))).toEqual(['MEMBER_ALREADY']));
  it('needs days for an external auditor', () =>
    expect(codes(judgeInvitation({ ...reader, roles: ['external_auditor'] }, facts))).toEqual([
      'AUDITOR_WITHOUT_DAYS',
      'AUDITOR_WITHOUT_DAYS',
    ]));
});

describe('accepting', () => {
  const invitation = { email: 'reader@example.org', state: 'open' } as const;
  it('is for who is not signed in, or is the one invited', () => {
    expect(judgeAcceptance(invitation, null)).toEqual([]);
    expect(judgeAcceptance(invitation, 'reader@example.org')).toEqual([]);
  });
  it('is refused to somebody else and to a link that is used up', () =>
    expect(judgeAcceptance({ ...invitation, state: 'accepted' }, 'other@example.org').map((refusal) => refusal.code)).toEqual([
      'INVITATION_NOT_OPEN',
      'INVITED_SOMEBODY_ELSE',
    ]));
});
