import { IconBinaryTree2, IconPackage } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'trail',
  places: [
    { group: 'end', order: 80, label: 'trail.places.trail', to: 'trail', icon: IconBinaryTree2 },
    { group: 'end', order: 82, label: 'trail.places.packs', to: 'packs', icon: IconPackage, may: 'pack.read' },
  ],
  pages: [
    { path: 'trail', load: () => import('./trail-page.tsx'), onlyToday: true },
    { path: 'packs', load: () => import('./packs-page.tsx'), onlyToday: true },
  ],
};
