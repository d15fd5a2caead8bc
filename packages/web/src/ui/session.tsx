import type { SessionView } from '@aimwell/contract/identity/views';
import { type OrganisationAction, type Role, holdsOneOf, mayInOrganisation } from '@aimwell/core/roles/permissions';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { todayIn } from './dates.ts';
import { dayOfMoment, isReadOnlyAction } from './past.ts';

export type Session = SessionView;
export type SessionOrganisation = SessionView['organisations'][number];

const SessionContext = createContext<Session>({ person: null, organisations: [] });
const OrganisationContext = createContext<SessionOrganisation | null>(null);
const MomentContext = createContext<string | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);
/** What lies below is of this organisation; with `asOf` as it stood at that moment, and nothing there can be changed. */
export const OrganisationProvider = ({
  organisation,
  asOf = null,
  children,
}: {
  organisation: SessionOrganisation;
  asOf?: string | null;
  children: ReactNode;
}) => (
  <OrganisationContext value={organisation}>
    <MomentContext value={asOf}>{children}</MomentContext>
  </OrganisationContext>
);

export const useSession = (): Session => useContext(SessionContext);

export interface Here extends SessionOrganisation {
  /** A page of this organisation: `to('risks', id)` → `/o/acme/risks/…`. */
  readonly to: (...parts: readonly string[]) => string;
  /** The API below this organisation: `api('risks')` → `/api/v1/orgs/acme/risks`; in the past with `?asOf=`, so that reads tell of then and writes are refused. */
  readonly api: (...parts: readonly string[]) => string;
  /** The same without the moment, for what is the same at every moment: proofs, files by their version, packs. */
  readonly apiNow: (...parts: readonly string[]) => string;
  /** The moment that is looked at, as the address names it; null for today. */
  readonly asOf: string | null;
  /** The same for the query of a declared endpoint: `{ query: { kind, ...here.past } }`. */
  readonly past: { readonly asOf?: string };
  /** The day (ISO 8601, in the organisation's time zone) that dates are held against: that of the moment, else today. */
  readonly today: () => string;
  /** Whether the person holds one of these roles and may use it here: nobody does in the past. */
  readonly holds: (allowed: readonly Role[]) => boolean;
  readonly may: (action: OrganisationAction) => boolean;
}

/** The organisation in the address and what the person may do in it. Throws outside of one: pages of an organisation only. */
export const useHere = (): Here => {
  const organisation = useContext(OrganisationContext);
  if (organisation === null) throw new Error('no organisation here');
  const asOf = useContext(MomentContext);
  return useMemo(() => hereOf(organisation, asOf), [organisation, asOf]);
};

/** The organisation, or null on pages before one is chosen. */
export const useMaybeHere = (): Here | null => {
  const organisation = useContext(OrganisationContext);
  const asOf = useContext(MomentContext);
  return useMemo(() => (organisation === null ? null : hereOf(organisation, asOf)), [organisation, asOf]);
};

const hereOf = (organisation: SessionOrganisation, asOf: string | null): Here => {
  const apiNow = (...parts: readonly string[]) => ['/api/v1/orgs', organisation.slug, ...parts.map(encodeURIComponent)].join('/');
  return {
    ...organisation,
    asOf,
    past: asOf === null ? {} : { asOf },
    to: (...parts) => ['/o', organisation.slug, ...parts.map(encodeURIComponent)].join('/'),
    apiNow,
    api: (...parts) => (asOf === null ? apiNow(...parts) : `${apiNow(...parts)}?${new URLSearchParams({ asOf })}`),
    today: () => (asOf === null ? todayIn(organisation.timeZone) : dayOfMoment(asOf, organisation.timeZone)),
    holds: (allowed) => asOf === null && holdsOneOf(organisation.roles, allowed),
    may: (action) =>
      (asOf === null || isReadOnlyAction(action)) &&
      // Predictions are the organisation's own until it shares them with those who audit it.
      (mayInOrganisation(organisation.roles, action) || (action === 'conformity.read' && organisation.sharesConformity)),
  };
};
