import { IconChecks, IconSitemap } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'processes',
  places: [
    { group: 'top', order: 25, label: 'ui.places.tasks', to: 'tasks', icon: IconChecks },
    { group: 'do', order: 5, label: 'ui.places.processes', to: 'processes', icon: IconSitemap, also: ['runs'] },
  ],
  pages: [
    { path: 'tasks', load: () => import('./tasks-page.tsx'), onlyToday: true },
    { path: 'processes', load: () => import('./processes-page.tsx'), onlyToday: true },
    { path: 'processes/$id', load: () => import('./process-page.tsx'), onlyToday: true },
    { path: 'runs/$id', load: () => import('./run-page.tsx'), onlyToday: true },
    { path: 'tasks/$id', load: () => import('./task-page.tsx'), onlyToday: true },
  ],
};
