import { gateEndpoints } from '@aimwell/contract/processes/gates';
import { runEndpoints } from '@aimwell/contract/processes/runs';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, request } from '../ui/api.ts';
import { useHere } from '../ui/session.tsx';

export type Gate = z.infer<typeof gateEndpoints.list.response>['items'][number];
export type Deviation = z.infer<typeof gateEndpoints.deviations.response>['items'][number];

export const useGates = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'processes', 'gates'],
    queryFn: ({ signal }) => call(gateEndpoints.list, { params: { org: here.slug } }, { signal }),
  });
};

export const useDeviations = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'processes', 'deviations'],
    queryFn: ({ signal }) => call(gateEndpoints.deviations, { params: { org: here.slug } }, { signal }),
  });
};

/** Binds a command to a process (PUT) or frees it of one (DELETE). */
export const useGateDeed = (method: 'PUT' | 'DELETE') => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Gate & { readonly reason: string }) => request(method, here.api('processes', 'gates'), { body }),
    onSettled: () => cache.invalidateQueries({ queryKey: [here.slug] }),
  });
};

/** Runs about a record, newest first. */
export const useRunsAbout = (register: string, record: string) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'processes', 'about', register, record],
    enabled: here.asOf === null,
    queryFn: ({ signal }) => call(runEndpoints.list, { params: { org: here.slug }, query: { register, record, limit: 20 } }, { signal }),
  });
};
