import { IconCpu } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** A dialog may open on a page of the app itself, which does not know this room's words. */
const words = () => Promise.all(['systems', 'classification'].map(loadWords));

export const room: Room = {
  name: 'systems',
  words: ['classification'],
  places: [{ group: 'do', order: 10, label: 'ui.places.systems', to: 'systems', icon: IconCpu, count: 'systems' }],
  pages: [
    { path: 'systems', load: () => import('./systems-page.tsx') },
    { path: 'systems/$id', load: () => import('./system-page.tsx') },
  ],
  panels: [
    {
      register: 'systems',
      where: 'main',
      load: () => Promise.all([import('./thread-panel.tsx'), words()]).then(([module]) => module),
    },
  ],
  commands: [
    {
      register: 'systems',
      command: 'classify',
      load: () => Promise.all([import('./classify-dialog.tsx'), words()]).then(([module]) => module),
    },
    {
      register: 'systems',
      command: 'confirmClass',
      load: () => Promise.all([import('./confirm-dialog.tsx'), words()]).then(([module]) => module),
    },
  ],
};
