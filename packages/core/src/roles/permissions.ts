/**
 * Who may do what. Roles are the ten of the product; a register's declaration names the roles for each of its actions,
 * and this file holds the rest. The same data is enforced by the server, printed in the guide, and used by the web to
 * hide what cannot be done.
 */
export const roles = [
  'administrator',
  'aims_manager',
  'risk_manager',
  'system_owner',
  'contributor',
  'internal_auditor',
  'top_management',
  'concern_officer',
  'reader',
  'external_auditor',
] as const;

export type Role = (typeof roles)[number];

/** Everyone who belongs to the organisation, the external auditor included. */
export const everyone: readonly Role[] = roles;
/** Those who keep the management system. */
export const managers: readonly Role[] = ['administrator', 'aims_manager'];
/** Those who keep risks beside the managers. */
export const riskKeepers: readonly Role[] = [...managers, 'risk_manager'];
/** Those who write about the systems they answer for. */
export const writers: readonly Role[] = [...riskKeepers, 'system_owner', 'contributor'];
/** Those who may sign as management; a recorded authority decides how far. */
export const signatories: readonly Role[] = ['top_management', ...managers, 'risk_manager'];

/** What concerns the organisation as a whole rather than one register. */
export const organisationActions = {
  'members.read': everyone,
  'members.manage': ['administrator'],
  'people.erase': ['administrator'],
  'tokens.manage': ['administrator'],
  'settings.read': everyone,
  'settings.change': managers,
  'conformity.read': roles.filter((role) => role !== 'external_auditor'),
  'conformity.share': managers,
  'reports.read': everyone,
  'import.run': [...riskKeepers, 'system_owner'],
  'export.run': everyone,
  'pack.make': [...managers, 'internal_auditor'],
  /** An external auditor sees the packs that were made for him. */
  'pack.read': [...managers, 'internal_auditor', 'top_management', 'external_auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type OrganisationAction = keyof typeof organisationActions;

/** True when one of the held roles is among the allowed ones. */
export const holdsOneOf = (held: readonly Role[], allowed: readonly Role[]): boolean => held.some((role) => allowed.includes(role));

/** True when the held roles permit an action that concerns the whole organisation. */
export const mayInOrganisation = (held: readonly Role[], action: OrganisationAction): boolean =>
  holdsOneOf(held, organisationActions[action]);

/**
 * The roles a person may hand to someone else: only an administrator makes administrators, and nobody grants what he
 * does not hold himself, except that the administrator grants every role.
 */
export const grantableBy = (held: readonly Role[]): readonly Role[] => (held.includes('administrator') ? roles : []);
