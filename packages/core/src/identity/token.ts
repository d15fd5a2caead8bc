import { type Role, grantableBy } from '../roles/permissions.ts';
import type { Refusal } from '../shared/refusal.ts';

/** A token may be for one purpose alone, whatever else its role could do. */
export const tokenPurposes = ['evidence'] as const;
export type TokenPurpose = (typeof tokenPurposes)[number];

/** The endpoints that a token of a purpose opens, by name; every other one is closed to it. */
export const opensFor: Readonly<Record<TokenPurpose, readonly string[]>> = { evidence: ['evidence.collect', 'evidence.upload'] };

/** An API token lives at most so many days. */
export const mostTokenDays = 366;

/** What a token is at `now`; moments are milliseconds since 1970. */
export function tokenState(
  { revokedAt, expiresAt }: { readonly revokedAt: number | null; readonly expiresAt: number },
  now: number,
): 'valid' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return now >= expiresAt ? 'expired' : 'valid';
}

/** Every reason against making a token. `held` are the roles of the one who makes it: a token is one more way to grant. */
export function judgeToken({ role, days }: { readonly role: Role; readonly days: number }, held: readonly Role[]): Refusal[] {
  const refused: Refusal[] = [];
  if (!grantableBy(held).includes(role))
    refused.push({
      code: 'ROLE_NOT_GRANTABLE',
      field: 'role',
      message: `expected a role that you may grant, got ${role}`,
      remedy: 'Ask an administrator to make this token.',
    });
  if (!Number.isInteger(days) || days < 1 || days > mostTokenDays)
    refused.push({
      code: 'TOKEN_DAYS',
      field: 'days',
      message: `expected 1 to ${mostTokenDays} days, got ${days}`,
      remedy: 'Choose a shorter life; a new token can follow it.',
    });
  return refused;
}
