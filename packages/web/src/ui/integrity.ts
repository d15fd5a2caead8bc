import type { IntegrityView } from '@aimwell/contract/platform/integrity';
import { managers } from '@aimwell/core/roles/permissions';
import { useQuery } from '@tanstack/react-query';
import { request } from './api.ts';
import { type Here, useHere } from './session.tsx';

/** Who starts a check and acts on what it finds; the same roles as `trail.check` of the contract. */
export const mayCheck = (here: Here): boolean => here.holds([...managers, 'internal_auditor']);

/** What the newest check of records, files, history and tree found. It speaks of now, whatever moment is on screen. */
export const useIntegrity = (enabled = true) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'integrity'],
    enabled,
    staleTime: 60_000,
    refetchInterval: 300_000,
    queryFn: ({ signal }) => request<IntegrityView>('GET', here.apiNow('trail', 'integrity'), { signal }),
  });
};
