import { IconChecks, IconSitemap } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** Panels and the help of refusals stand on pages of the app, which does not know this room's words. */
const worded =
  <M>(load: () => Promise<M>) =>
  () =>
    Promise.all([load(), loadWords('processes'), loadWords('gates')]).then(([module]) => module);

export const room: Room = {
  name: 'processes',
  words: ['gates'],
  places: [
    { group: 'top', order: 25, label: 'ui.places.tasks', to: 'tasks', icon: IconChecks },
    { group: 'do', order: 5, label: 'ui.places.processes', to: 'processes', icon: IconSitemap, also: ['runs', 'gates'] },
  ],
  pages: [
    { path: 'tasks', load: () => import('./tasks-page.tsx'), onlyToday: true },
    { path: 'processes', load: () => import('./processes-page.tsx'), onlyToday: true },
    { path: 'processes/$id/edit', load: () => loadWords('drawing').then(() => import('./editor/edit-page.tsx')), onlyToday: true },
    { path: 'processes/$id', load: () => import('./process-page.tsx'), onlyToday: true },
    { path: 'gates', load: () => import('./gates-page.tsx'), onlyToday: true },
    { path: 'runs/$id', load: () => import('./run-page.tsx'), onlyToday: true },
    { path: 'tasks/$id', load: () => import('./task-page.tsx'), onlyToday: true },
  ],
  panels: [{ register: '*', where: 'side', load: worded(() => import('./record-panel.tsx')) }],
  helps: [{ code: 'GATED', load: worded(() => import('./gated-help.tsx')) }],
};
