import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { OrganisationProvider, type SessionOrganisation } from '../../ui/session.tsx';
import { cache, makePastCache } from '../cache.ts';

// The moment looked at last; its answers serve the rail and the page alike and go with it.
let last: { readonly asOf: string; readonly client: QueryClient } | undefined;
const clientOf = (asOf: string | null): QueryClient => {
  if (asOf === null) return cache;
  if (last?.asOf !== asOf) last = { asOf, client: makePastCache() };
  return last.client;
};

/** What lies below is of one moment: its own answers, its own state. Nothing of another moment stays on screen. */
export const InMoment = ({
  organisation,
  asOf,
  children,
}: {
  organisation: SessionOrganisation;
  asOf: string | null;
  children: ReactNode;
}) => (
  <QueryClientProvider key={asOf ?? ''} client={clientOf(asOf)}>
    <OrganisationProvider organisation={organisation} asOf={asOf}>
      {children}
    </OrganisationProvider>
  </QueryClientProvider>
);
