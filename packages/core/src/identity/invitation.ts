import type { Role } from '../roles/permissions.ts';
import type { Refusal } from '../shared/refusal.ts';
import { type Grant, judgeGrant, judgeGranter } from './granting.ts';

/** Days for which an invitation can be accepted. */
export const invitationDays = 14;

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired';

/** Moments are milliseconds since 1970; null = it did not happen. */
export interface InvitationMoments {
  readonly acceptedAt: number | null;
  readonly revokedAt: number | null;
  readonly expiresAt: number;
}

/** What became of an invitation by `now` (milliseconds since 1970). What happened first and for good is said first. */
export function invitationState({ acceptedAt, revokedAt, expiresAt }: InvitationMoments, now: number): InvitationState {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  return now >= expiresAt ? 'expired' : 'open';
}

/** Every reason against inviting somebody. `memberEmails` are the addresses that have access already, in lower case. */
export function judgeInvitation(
  grant: Grant & { readonly email: string },
  { held, memberEmails, today }: { held: readonly Role[]; memberEmails: readonly string[]; today: string },
): Refusal[] {
  const member = memberEmails.includes(grant.email)
    ? [
        {
          code: 'MEMBER_ALREADY',
          field: 'email',
          message: `expected somebody without access, got ${grant.email}`,
          remedy: 'Change the roles of the member instead.',
        },
      ]
    : [];
  return [...judgeGranter(held, [], grant.roles), ...judgeGrant(grant, today), ...member];
}

/**
 * Every reason against accepting. Whoever accepts must be the one invited: the address of who is signed in counts,
 * never only the possession of the link, when an account of that address exists.
 */
export function judgeAcceptance(
  invitation: { readonly email: string; readonly state: InvitationState },
  signedInAs: string | null,
): Refusal[] {
  const refused: Refusal[] = [];
  if (invitation.state !== 'open')
    refused.push({
      code: 'INVITATION_NOT_OPEN',
      message: `expected an open invitation, got one that is ${invitation.state}`,
      remedy: 'Ask an administrator of the organisation for a new invitation.',
    });
  if (signedInAs !== null && signedInAs !== invitation.email)
    refused.push({
      code: 'INVITED_SOMEBODY_ELSE',
      message: `expected ${invitation.email}, got ${signedInAs}`,
      remedy: 'Sign out and open the link again, or ask for an invitation to the address you use.',
    });
  return refused;
}
