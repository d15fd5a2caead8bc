import { IconChecks } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'processes',
  places: [{ group: 'top', order: 25, label: 'ui.places.tasks', to: 'tasks', icon: IconChecks }],
  pages: [
    { path: 'tasks', load: () => import('./tasks-page.tsx'), onlyToday: true },
    { path: 'tasks/$id', load: () => import('./task-page.tsx'), onlyToday: true },
  ],
};
