import type { SessionView } from '@aimwell/contract/identity/views';
import { type OrganisationAction, type Role, holdsOneOf, mayInOrganisation } from '@aimwell/core/roles/permissions';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

export type Session = SessionView;
export type SessionOrganisation = SessionView['organisations'][number];

const SessionContext = createContext<Session>({ person: null, organisations: [] });
const OrganisationContext = createContext<SessionOrganisation | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);
export const OrganisationProvider = ({ organisation, children }: { organisation: SessionOrganisation; children: ReactNode }) => (
  <OrganisationContext value={organisation}>{children}</OrganisationContext>
);

export const useSession = (): Session => useContext(SessionContext);

export interface Here extends SessionOrganisation {
  /** A page of this organisation: `to('risks', id)` → `/o/acme/risks/…`. */
  readonly to: (...parts: readonly string[]) => string;
  /** The API below this organisation: `api('risks')` → `/api/v1/orgs/acme/risks`. */
  readonly api: (...parts: readonly string[]) => string;
  /** Whether the person holds one of these roles. */
  readonly holds: (allowed: readonly Role[]) => boolean;
  readonly may: (action: OrganisationAction) => boolean;
}

/** The organisation in the address and what the person may do in it. Throws outside of one: pages of an organisation only. */
export const useHere = (): Here => {
  const organisation = useContext(OrganisationContext);
  if (organisation === null) throw new Error('no organisation here');
  return useMemo(() => hereOf(organisation), [organisation]);
};

/** The organisation, or null on pages before one is chosen. */
export const useMaybeHere = (): Here | null => {
  const organisation = useContext(OrganisationContext);
  return useMemo(() => (organisation === null ? null : hereOf(organisation)), [organisation]);
};

const hereOf = (organisation: SessionOrganisation): Here => ({
  ...organisation,
  to: (...parts) => ['/o', organisation.slug, ...parts.map(encodeURIComponent)].join('/'),
  api: (...parts) => ['/api/v1/orgs', organisation.slug, ...parts.map(encodeURIComponent)].join('/'),
  holds: (allowed) => holdsOneOf(organisation.roles, allowed),
  // Predictions are the organisation's own until it shares them with those who audit it.
  may: (action) => mayInOrganisation(organisation.roles, action) || (action === 'conformity.read' && organisation.sharesConformity),
});
