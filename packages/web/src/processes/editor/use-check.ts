import { mapEndpoints } from '@aimwell/contract/processes/maps';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../ui/api.ts';
import { useHere } from '../../ui/session.tsx';

export type MapProblem = z.infer<typeof mapEndpoints.check.response>['problems'][number];

/** What the server says against a drawing of a process about `register` (null: no record). The last answer stays until the next one is there. */
export const useCheck = (xml: string, register: string | null) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'processes', 'check', register, xml],
    queryFn: ({ signal }) => call(mapEndpoints.check, { params: { org: here.slug }, body: { xml, register } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
};
