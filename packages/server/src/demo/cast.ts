import type { Role } from '@aimwell/core/roles/permissions';

/** Everyone in the story, by function. Nobody is named: the names are the roles people play. */
export const cast = {
  administrator: { name: 'Administrator', function: 'IT administration', role: 'administrator' },
  aims: { name: 'AIMS manager', function: 'Head of AI governance', role: 'aims_manager' },
  risk: { name: 'Risk manager', function: 'Risk and compliance', role: 'risk_manager' },
  analytics: { name: 'Product owner analytics', function: 'Product owner, analytics', role: 'system_owner' },
  contributor: { name: 'Machine learning engineer', function: 'Machine learning engineer', role: 'contributor' },
  auditor: { name: 'Internal auditor', function: 'Quality team', role: 'internal_auditor' },
  director: { name: 'Managing director', function: 'Managing director', role: 'top_management' },
  concern: { name: 'Concern officer', function: 'Legal counsel', role: 'concern_officer' },
  reader: { name: 'Customer success lead', function: 'Customer success', role: 'reader' },
  external: { name: 'External auditor', function: 'Certification body', role: 'external_auditor' },
} as const satisfies Record<string, { readonly name: string; readonly function: string; readonly role: Role }>;

/** In the directory, without an account of their own. */
export const others = {
  technology: { name: 'Chief technology officer', function: 'Chief technology officer', role: 'top_management' },
  assistant: { name: 'Product owner assistant', function: 'Product owner, assistant', role: 'system_owner' },
} as const satisfies Record<string, { readonly name: string; readonly function: string; readonly role: Role }>;

export type Who = keyof typeof cast | keyof typeof others;

/** The address of a demonstration account: `aims-manager@techserve.example`. The domain can never receive mail (RFC 2606). */
export const addressOf = (role: Role): string => `${role.replaceAll('_', '-')}@techserve.example`;

/** External auditors come for days; these follow the loading. */
export const auditDays = 30;
