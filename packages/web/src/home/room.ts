import { IconHome, IconListCheck, IconReportSearch } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'home',
  places: [
    { group: 'top', order: 10, label: 'ui.places.home', to: '', icon: IconHome },
    { group: 'top', order: 20, label: 'ui.places.work', to: 'my-work', icon: IconListCheck, count: 'my-work' },
    { group: 'check', order: 5, label: 'ui.conformity', to: 'conformity', icon: IconReportSearch, may: 'conformity.read' },
  ],
  pages: [
    { path: '', load: () => import('./home-page.tsx') },
    { path: 'my-work', load: () => import('./my-work-page.tsx'), onlyToday: true },
    { path: 'conformity', load: () => import('./conformity-page.tsx') },
  ],
};
