import type { Role } from '../roles/permissions.ts';
import type { Refusal } from '../shared/refusal.ts';

/**
 * Every reason against founding an organisation: on an installation that has one, only its administrators found more,
 * so that an invited auditor or reader does not.
 * @param rolesAnywhere what the person holds in any organisation today
 */
export function judgeFounding({
  rolesAnywhere,
  anyOrganisation,
}: {
  readonly rolesAnywhere: readonly Role[];
  readonly anyOrganisation: boolean;
}): Refusal[] {
  return !anyOrganisation || rolesAnywhere.includes('administrator')
    ? []
    : [
        {
          code: 'NOT_A_FOUNDER',
          message: 'expected an administrator of some organisation here, got somebody without that role',
          remedy: 'Ask an administrator to create the organisation and to invite you.',
        },
      ];
}
