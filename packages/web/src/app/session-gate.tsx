import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { request } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import { type Session, SessionProvider } from '../ui/session.tsx';

export const sessionKey = ['session'] as const;

/** Asks once who is signed in; every page below knows it. */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const session = useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => request<Session>('GET', '/api/v1/session', { signal }),
    staleTime: 60_000,
  });
  if (session.data !== undefined) return <SessionProvider session={session.data}>{children}</SessionProvider>;
  if (session.isError)
    return (
      <main className="door">
        <div style={{ maxWidth: 420, margin: 'auto' }}>
          <ProblemView
            error={session.error}
            onRetry={() => {
              void session.refetch();
            }}
          />
        </div>
      </main>
    );
  return null;
};
