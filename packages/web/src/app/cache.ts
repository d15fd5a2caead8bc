import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, hasCode } from '../ui/api.ts';
import { onReachable } from '../ui/reachability.ts';

// Only silence is tried again: an answer, good or bad, is an answer.
const retry = (count: number, error: unknown): boolean => error instanceof ApiProblem && error.status === 0 && count < 2;

/** What the server has told of today. */
export const cache = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, refetchOnWindowFocus: true, retry }, mutations: { retry: false } },
});

/** A session that has ended shows itself in any answer: ask who is signed in, and the shell leads to the door. */
const watchSession = (watched: QueryClient): void => {
  watched.getQueryCache().subscribe((event) => {
    if (
      event.type === 'updated' &&
      event.action.type === 'error' &&
      hasCode(event.action.error, 'NOT_SIGNED_IN') &&
      event.query.queryKey[0] !== 'session'
    )
      void cache.invalidateQueries({ queryKey: ['session'] });
  });
};
watchSession(cache);
onReachable(() => {
  void cache.invalidateQueries();
});

/** What the server tells of one moment of the past. Kept apart under the same keys, so that then and now never mix; it does not grow old. */
export const makePastCache = (): QueryClient => {
  const made = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, refetchOnWindowFocus: false, retry }, mutations: { retry: false } },
  });
  watchSession(made);
  return made;
};
