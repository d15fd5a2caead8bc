import { erasePerson, previewErasure } from '@aimwell/contract/identity/erasure';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, request } from '../ui/api.ts';
import { keyOf } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';

/** What erasing this person would take away and what stands against it. */
export const useErasure = (person: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'people', 'erasure', person),
    queryFn: ({ signal }) => call(previewErasure, { params: { org: here.slug, id: person } }, { signal }),
  });
};

export interface Wanted {
  readonly reason: string;
  readonly exceptSignatures: boolean;
  readonly leaveDuties: boolean;
  readonly password: string;
}

/** Erases; afterwards nothing that was loaded may still show the name. */
export const useErase = (person: string) => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) =>
      request<z.output<typeof erasePerson.response>>(erasePerson.method, here.api('people', person, 'erasure'), { body: wanted }),
    onSuccess: () => cache.resetQueries({ queryKey: [here.slug] }),
  });
};
