import { IconListCheck } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

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
  panels: [
    {
      register: 'people',
      where: 'after',
      // It stands on a page of the app itself, which does not know this room's words.
      load: () => Promise.all([import('./erase-panel.tsx'), loadWords('roles')]).then(([module]) => module),
    },
  ],
};
