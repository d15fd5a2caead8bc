import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'first-hour',
  words: ['import', 'classification'],
  pages: [{ path: 'first-hour', load: () => import('./first-hour-page.tsx'), onlyToday: true }],
};
