import type { Room } from '../ui/room.ts';

export const room: Room = {
  name: 'import',
  pages: [{ path: 'import/$register', load: () => import('./import-page.tsx'), onlyToday: true }],
};
