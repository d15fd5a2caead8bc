import { mapEndpoints } from '@aimwell/contract/processes/maps';
import { runEndpoints } from '@aimwell/contract/processes/runs';
import { taskEndpoints } from '@aimwell/contract/processes/tasks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, request } from '../ui/api.ts';
import { type Here, useHere } from '../ui/session.tsx';

export type Task = z.infer<typeof taskEndpoints.list.response>['items'][number];
export type TaskInFull = z.infer<typeof taskEndpoints.read.response>;
export type ProcessMap = z.infer<typeof mapEndpoints.list.response>['items'][number];
export type MapInFull = z.infer<typeof mapEndpoints.read.response>;
export type Version = z.infer<typeof mapEndpoints.version.response>;
export type VersionLine = MapInFull['versions'][number];
export type StepLine = Version['steps'][number];
export type CycleTime = z.infer<typeof mapEndpoints.cycleTimes.response>['items'][number];
export type Departure = z.infer<typeof mapEndpoints.departures.response>['items'][number];
export type Heat = z.infer<typeof mapEndpoints.heat.response>['items'][number];
export type Run = z.infer<typeof runEndpoints.read.response>;
export type RunLine = z.infer<typeof runEndpoints.list.response>['items'][number];
export type Overlay = z.infer<typeof runEndpoints.overlay.response>;

/** Every answer about processes lies below this key, so that a deed makes all of them stale. */
const keyOf = (here: Here, ...rest: readonly unknown[]) => [here.slug, 'processes', ...rest];
const at = (here: Here, id: string) => ({ params: { org: here.slug, id } });

export interface TaskFilters {
  readonly who?: 'me' | 'all';
  readonly role?: string | undefined;
  readonly state?: 'open' | 'done';
  readonly overdue?: 'true' | undefined;
  readonly unstaffed?: 'true' | undefined;
}
export const useTasks = (filters: TaskFilters) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'tasks', filters),
    queryFn: ({ signal }) => call(taskEndpoints.list, { params: { org: here.slug }, query: { ...filters, limit: 200 } }, { signal }),
  });
};

export const useTask = (id: string) => {
  const here = useHere();
  return useQuery({ queryKey: keyOf(here, 'task', id), queryFn: ({ signal }) => call(taskEndpoints.read, at(here, id), { signal }) });
};

/** Does something about a process and lets everything that may tell of it be asked anew. Answers what the server answered. */
export const useDeed = <T = unknown>(...path: readonly string[]) => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body = {}, version }: { readonly body?: unknown; readonly version?: number }) =>
      request<T>('POST', here.api(...path), { body, ...(version === undefined ? {} : { version }) }),
    // What somebody else has changed meanwhile shows at once too.
    onSettled: () => cache.invalidateQueries({ queryKey: [here.slug] }),
  });
};

export const useMaps = () => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'maps'),
    queryFn: ({ signal }) => call(mapEndpoints.list, { params: { org: here.slug } }, { signal }),
  });
};

export const useMap = (id: string) => {
  const here = useHere();
  return useQuery({ queryKey: keyOf(here, 'map', id), queryFn: ({ signal }) => call(mapEndpoints.read, at(here, id), { signal }) });
};

export const useVersion = (id: string | undefined) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'version', id),
    enabled: id !== undefined,
    queryFn: ({ signal }) => call(mapEndpoints.version, at(here, id ?? ''), { signal }),
  });
};

/** What waits at each step: of one version, or of all. */
export const useHeat = (map: string, version?: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'heat', map, version),
    queryFn: ({ signal }) => call(mapEndpoints.heat, { ...at(here, map), query: version === undefined ? {} : { version } }, { signal }),
  });
};

export const useCycleTimes = (map: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'times', map),
    queryFn: ({ signal }) => call(mapEndpoints.cycleTimes, at(here, map), { signal }),
  });
};

/** Late and skipped steps, by pages of runs. */
export const useDepartures = (map: string) => {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: keyOf(here, 'departures', map),
    queryFn: ({ pageParam, signal }) =>
      call(mapEndpoints.departures, { ...at(here, map), query: pageParam === null ? {} : { cursor: pageParam } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
};

export const useRuns = (process: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'runs', process),
    queryFn: ({ signal }) => call(runEndpoints.list, { params: { org: here.slug }, query: { process, limit: 20 } }, { signal }),
  });
};

/** All runs of a process, by pages; of one state, or with a token at one step. */
export const useAllRuns = (
  process: string,
  only: { readonly status?: RunLine['status'] | undefined; readonly node?: string | undefined },
) => {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: keyOf(here, 'all runs', process, only),
    queryFn: ({ pageParam, signal }) =>
      call(
        runEndpoints.list,
        { params: { org: here.slug }, query: { process, ...only, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
};

export const useRun = (id: string | undefined) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'run', id),
    enabled: id !== undefined,
    queryFn: ({ signal }) => call(runEndpoints.read, at(here, id ?? ''), { signal }),
  });
};

export const useOverlay = (id: string) => {
  const here = useHere();
  return useQuery({ queryKey: keyOf(here, 'overlay', id), queryFn: ({ signal }) => call(runEndpoints.overlay, at(here, id), { signal }) });
};

export const useDifferences = (version: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'differences', version),
    queryFn: ({ signal }) => call(mapEndpoints.compare, at(here, version), { signal }),
  });
};
