import type { longWork } from '@aimwell/contract/platform/endpoints';
import type { Problem } from '@aimwell/contract/platform/problem';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import { ApiProblem, request } from './api.ts';
import { type Here, useHere } from './session.tsx';
import { startWork } from './tray.ts';

/** Work that runs on the server: leaving or reloading the page does not stop it. */
export type ServerWork = z.output<typeof longWork>;

export const readWork = (here: Here, id: string, signal?: AbortSignal): Promise<ServerWork> =>
  request('GET', here.api('work', id), signal === undefined ? {} : { signal });

/** What a failed piece of work says. */
export const problemOf = (work: ServerWork): ApiProblem => {
  const problem = work.result as Problem;
  return new ApiProblem(problem.status ?? 500, problem);
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

// One line in the tray for each piece of work, however often somebody asks for it.
const followed = new Set<string>();

/** Shows a piece of work in the tray until it ends. */
export const followWork = (here: Here, id: string, title: string, done: () => Promise<unknown>): void => {
  if (followed.has(id)) return;
  followed.add(id);
  startWork(
    title,
    async ({ signal, progress }) => {
      for (;;) {
        const work = await readWork(here, id, signal);
        if (work.total !== null) progress(work.done, work.total);
        if (work.state === 'failed') throw problemOf(work);
        if (work.state !== 'running') break;
        await pause(500);
      }
      await done();
    },
    { onServer: true },
  );
};

/** After a reload the tray takes up again what still runs. */
export const useRunningWork = (): void => {
  const here = useHere();
  const cache = useQueryClient();
  const works = useQuery({
    queryKey: [here.slug, 'work'],
    staleTime: Infinity,
    retry: false,
    queryFn: ({ signal }) => request<{ items: readonly ServerWork[] }>('GET', here.api('work'), { signal }),
  });
  const items = works.data?.items;
  useEffect(() => {
    for (const { id, state, label } of items ?? [])
      if (state === 'running')
        followWork(here, id, label, () =>
          cache.invalidateQueries({ queryKey: [here.slug], predicate: ({ queryKey }) => queryKey[1] !== 'work' }),
        );
  }, [items, here, cache]);
};
