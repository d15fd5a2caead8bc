import type { listLeft, LeavingView } from '@aimwell/contract/platform/leaving';
import type { listOutbox } from '@aimwell/contract/platform/outbox';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../ui/api.ts';
import { useHere } from '../../ui/session.tsx';

export type Left = z.infer<typeof listLeft.response>['items'][number];
export type Waiting = z.infer<typeof listOutbox.response>['items'][number];

const PAGE = 50;

/** To whom checkpoints go. */
export const useLeaving = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'leaving'],
    queryFn: ({ signal }) => request<LeavingView>('GET', here.api('trail', 'leaving'), { signal }),
  });
};

/** What left, newest first, a page at a time; asked again while it is looked at, since messages leave by themselves. */
export const useLeft = () => {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [here.slug, 'leaving', 'left'],
    initialPageParam: '',
    refetchInterval: 10_000,
    queryFn: ({ signal, pageParam }) =>
      request<{ items: Left[] }>('GET', here.api('trail', 'left'), {
        signal,
        query: { limit: PAGE, ...(pageParam === '' ? {} : { before: pageParam }) },
      }),
    getNextPageParam: ({ items }) => (items.length < PAGE ? undefined : items.at(-1)?.entry),
  });
};

/** What has not left yet; asked again while it is looked at, since it changes by itself. */
export const useOutbox = (enabled = true) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'outbox'],
    enabled,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => request<{ items: Waiting[] }>('GET', here.api('outbox'), { signal }),
  });
};
