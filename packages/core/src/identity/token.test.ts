import { describe, expect, it } from 'vitest';
import { judgeToken, tokenState } from './token.ts';

describe('a token', () => {
  it.each([
    { name: 'is valid before its end', revokedAt: null, now: 99, expected: 'valid' },
    { name: 'is expired at its end', revokedAt: null, now: 100, expected: 'expired' },
    { name: 'is revoked for good', revokedAt: 1, now: 50, expected: 'revoked' },
  ])('$name', ({ revokedAt, now, expected }) => expect(tokenState({ revokedAt, expiresAt: 100 }, now)).toBe(expected));

  const codes = (days: number, held: Parameters<typeof judgeToken>[1]) =>
    judgeToken({ role: 'reader', days }, held).map((refusal) => refusal.code);
  it('is made by an administrator for a year at most', () => {
    expect(codes(366, ['administrator'])).toEqual([]);
    expect(codes(367, ['administrator'])).toEqual(['TOKEN_DAYS']);
    expect(codes(0.5, ['administrator'])).toEqual(['TOKEN_DAYS']);
  });
  it('is not made by who may not grant', () => expect(codes(30, ['aims_manager', 'reader'])).toEqual(['ROLE_NOT_GRANTABLE']));
});
