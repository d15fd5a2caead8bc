import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { cssVariablesResolver, makeTheme } from '../ui/theme.ts';
import { t } from '../ui/words.ts';
import { cache } from './cache.ts';
import { router } from './router.tsx';

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
