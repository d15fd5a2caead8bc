import { type Role, grantableBy } from '../roles/permissions.ts';
import type { Refusal } from '../shared/refusal.ts';

/** What somebody is to have: roles, and the days between which he has them (ISO 8601, both included; null = open). */
export interface Grant {
  readonly roles: readonly Role[];
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** Every reason against roles and days as such, whoever gives them. */
export function judgeGrant(grant: Grant, today: string): Refusal[] {
  const { roles, validFrom, validUntil } = grant;
  const refused: Refusal[] = [];
  if (roles.length === 0)
    refused.push({
      code: 'NO_ROLE',
      field: 'roles',
      message: 'expected one role or more, got none',
      remedy: 'Choose a role, or take the access away.',
    });
  if (roles.includes('external_auditor')) refused.push(...judgeAuditor(grant));
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) {
    refused.push({
      code: 'DAYS_REVERSED',
      field: 'validUntil',
      message: `expected ${validFrom} or later, got ${validUntil}`,
      remedy: 'Choose a last day that is not before the first.',
    });
  } else if (validUntil !== null && validUntil < today) {
    refused.push({
      code: 'DAYS_OVER',
      field: 'validUntil',
      message: `expected ${today} or later, got ${validUntil}`,
      remedy: 'Choose a last day that is still to come.',
    });
  }
  return refused;
}

/** The external auditor comes for an audit: for known days, and with nothing but reading. */
function judgeAuditor({ roles, validFrom, validUntil }: Grant): Refusal[] {
  const refused: Refusal[] = [];
  for (const [field, day] of [
    ['validFrom', validFrom],
    ['validUntil', validUntil],
  ] as const) {
    if (day === null)
      refused.push({
        code: 'AUDITOR_WITHOUT_DAYS',
        field,
        message: 'expected a day for an external auditor, got none',
        remedy: 'Enter the first and the last day of the audit.',
      });
  }
  if (roles.length > 1)
    refused.push({
      code: 'AUDITOR_WITH_OTHER_ROLES',
      field: 'roles',
      message: `expected external_auditor alone, got ${roles.join(', ')}`,
      remedy: 'Give an external auditor no other role; he reads and changes nothing.',
    });
  return refused;
}

/** Nobody grants, or takes away, a role that he could not grant. `held` are the roles of the one who does it. */
export function judgeGranter(held: readonly Role[], before: readonly Role[], after: readonly Role[]): Refusal[] {
  const grantable = grantableBy(held);
  const touched = [...after.filter((role) => !before.includes(role)), ...before.filter((role) => !after.includes(role))];
  return touched
    .filter((role) => !grantable.includes(role))
    .map((role) => ({
      code: 'ROLE_NOT_GRANTABLE',
      field: 'roles',
      message: `expected roles that you may grant, got ${role}`,
      remedy: 'Ask an administrator to change this role.',
    }));
}
