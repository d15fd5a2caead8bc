import type { ConformityView, conformityEndpoints, FoundRecord } from '@aimwell/contract/conformity/endpoints';
import type { AwaitingItem, Change, DueItem } from '@aimwell/contract/home/endpoints';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../ui/api.ts';
import { type Here, useHere } from '../ui/session.tsx';

export interface Due {
  readonly items: readonly DueItem[];
  readonly total: number;
  readonly late: number;
  readonly mine: number;
}
export interface MyWork {
  readonly awaiting: readonly AwaitingItem[];
  readonly due: readonly DueItem[];
  readonly dueTotal: number;
  readonly late: number;
}
export type Trend = z.infer<typeof conformityEndpoints.trend.response>['items'];

/** What the rules say now; not asked for by those who may not see it. */
export const useConformity = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'conformity'],
    enabled: here.may('conformity.read'),
    queryFn: ({ signal }) => request<ConformityView>('GET', here.api('conformity'), { signal }),
  });
};

export const useTrend = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'conformity', 'trend'],
    enabled: here.may('conformity.read'),
    queryFn: ({ signal }) => request<{ items: Trend }>('GET', here.api('conformity', 'trend'), { signal }),
  });
};

/** Every record of one finding, page after page. */
export const useFoundRecords = (rule: string, enabled: boolean) => {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [here.slug, 'conformity', 'records', rule],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<{ items: readonly FoundRecord[]; next: string | null }>('GET', here.api('conformity', 'records'), {
        query: { rule, limit: 50, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
};

export const useDue = (limit = 50, enabled = true) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'due', limit],
    enabled,
    queryFn: ({ signal }) => request<Due>('GET', here.api('due'), { query: { limit }, signal }),
  });
};

export const useMyWork = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'my-work', 'all'],
    // What waits for me waits now.
    enabled: here.asOf === null,
    queryFn: ({ signal }) => request<MyWork>('GET', here.api('my-work'), { signal }),
  });
};

export const useChanges = (days: number) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'changes', days],
    queryFn: ({ signal }) => request<{ items: readonly Change[] }>('GET', here.api('changes'), { query: { days }, signal }),
  });
};

/** The page of all findings by a filter of it: `conformity(here, { rule: 'R021' })`. */
export const conformityTo = (here: Here, query: Readonly<Record<string, string>> = {}): string => {
  const text = new URLSearchParams(query).toString();
  return `${here.to('conformity')}${text === '' ? '' : `?${text}`}`;
};
