import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, hasCode } from '../ui/api.ts';
import { onReachable } from '../ui/reachability.ts';
import { cssVariablesResolver, makeTheme } from '../ui/theme.ts';
import { t } from '../ui/words.ts';
import { router } from './router.tsx';

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // Only silence is tried again: an answer, good or bad, is an answer.
      retry: (count, error) => error instanceof ApiProblem && error.status === 0 && count < 2,
    },
    mutations: { retry: false },
  },
});
// A session that has ended shows itself in any answer: ask who is signed in, and the shell leads to the door.
cache.getQueryCache().subscribe((event) => {
  if (
    event.type === 'updated' &&
    event.action.type === 'error' &&
    hasCode(event.action.error, 'NOT_SIGNED_IN') &&
    event.query.queryKey[0] !== 'session'
  )
    void cache.invalidateQueries({ queryKey: ['session'] });
});
onReachable(() => {
  void cache.invalidateQueries();
});

export const App = () => {
  const [theme] = useState(makeTheme);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <div id="overlays" role="region" aria-label={t('ui.overlays')} />
    </MantineProvider>
  );
};
