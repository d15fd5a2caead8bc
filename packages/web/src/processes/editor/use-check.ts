import { mapEndpoints } from '@aimwell/contract/processes/maps';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../ui/api.ts';
import { useHere } from '../../ui/session.tsx';

export type MapProblem = z.infer<typeof mapEndpoints.check.response>['problems'][number];

/** What the server says against a drawing. The last answer stays until the next one is there. */
export const useCheck = (xml: string) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'processes', 'check', xml],
    queryFn: ({ signal }) => call(mapEndpoints.check, { params: { org: here.slug }, body: { xml } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
};
