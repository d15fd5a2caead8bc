import type { Role } from '../roles/permissions.ts';
import type { Refusal } from '../shared/refusal.ts';
import { type Grant, judgeGrant, judgeGranter } from './granting.ts';

export interface Membership extends Grant {
  readonly id: string;
  readonly status: 'active' | 'suspended';
}

/** What is to become of a membership: other values, or nothing at all. */
export type MembershipChange = { readonly kind: 'change'; readonly to: Membership } | { readonly kind: 'remove'; readonly id: string };

/** Whether a membership lets in on a day (ISO 8601, in the organisation's time zone). */
export function accessOn(membership: Omit<Membership, 'id' | 'roles'>, today: string): 'open' | 'suspended' | 'not-yet' | 'over' {
  if (membership.status === 'suspended') return 'suspended';
  if (membership.validFrom !== null && today < membership.validFrom) return 'not-yet';
  return membership.validUntil !== null && today > membership.validUntil ? 'over' : 'open';
}

/**
 * Every reason against a change of one membership.
 * @param members all memberships of the organisation as they are now, the changed one included
 * @param held roles of the one who does it
 */
export function judgeMembershipChange(
  change: MembershipChange,
  { members, held, today }: { members: readonly Membership[]; held: readonly Role[]; today: string },
): Refusal[] {
  const id = change.kind === 'change' ? change.to.id : change.id;
  const before = members.find((member) => member.id === id);
  if (before === undefined) throw new Error('expected a membership of this organisation');
  const after = change.kind === 'change' ? [change.to] : [];
  const rest = members.filter((member) => member.id !== id);
  return [
    ...judgeGranter(held, before.roles, after[0]?.roles ?? []),
    ...after.flatMap((to) => (changedGrant(before, to) ? judgeGrant(to, today) : [])),
    ...judgeAdministrators(members, [...rest, ...after], today),
  ];
}

// A membership that is over can still be suspended; only what is granted anew is judged.
const changedGrant = (before: Membership, to: Membership): boolean =>
  before.validFrom !== to.validFrom || before.validUntil !== to.validUntil || before.roles.join() !== to.roles.join();

/** An organisation without an administrator could never be mended from within: one must stay who can come in today and whose access has no last day. */
function judgeAdministrators(before: readonly Membership[], after: readonly Membership[], today: string): Refusal[] {
  const lasting = (members: readonly Membership[]): boolean =>
    members.some((member) => member.roles.includes('administrator') && member.validUntil === null && accessOn(member, today) === 'open');
  return lasting(after) || !lasting(before)
    ? []
    : [
        {
          code: 'LAST_ADMINISTRATOR',
          field: 'roles',
          message: 'expected one active administrator without a last day to remain, got none',
          remedy: 'Make somebody else administrator first.',
        },
      ];
}
