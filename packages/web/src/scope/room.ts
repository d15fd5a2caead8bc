import { IconMap2 } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'scope',
  places: [
    { group: 'plan', order: 10, label: 'ui.places.scope', to: 'scope', icon: IconMap2, also: ['scope-elements', 'scope-statements'] },
  ],
  pages: [{ path: 'scope', load: () => import('./scope-page.tsx') }],
};
