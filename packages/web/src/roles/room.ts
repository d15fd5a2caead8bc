import { IconListCheck } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'roles',
  places: [
    {
      group: 'plan',
      order: 22,
      label: 'ui.places.roles',
      to: 'roles',
      icon: IconListCheck,
      also: ['role-assignments', 'authorities', 'committees'],
    },
  ],
  pages: [{ path: 'roles', load: () => import('./roles-page.tsx') }],
};
