import { IconCpu } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** Panels, dialogs and forms stand on pages of the app itself, which do not know this room's words. */
const worded =
  <M>(load: () => Promise<M>) =>
  () =>
    Promise.all([load(), ...['systems', 'classification'].map(loadWords)]).then(([module]) => module);

export const room: Room = {
  name: 'systems',
  words: ['classification'],
  places: [{ group: 'do', order: 10, label: 'ui.places.systems', to: 'systems', icon: IconCpu, count: 'systems' }],
  pages: [
    { path: 'systems', load: () => import('./systems-page.tsx') },
    { path: 'systems/$id', load: () => import('./system-page.tsx') },
  ],
  panels: [{ register: 'systems', where: 'main', load: worded(() => import('./thread-panel.tsx')) }],
  commands: [
    { register: 'systems', command: 'classify', load: worded(() => import('./classify-dialog.tsx')) },
    { register: 'systems', command: 'confirmClass', load: worded(() => import('./confirm-dialog.tsx')) },
  ],
  forms: [
    { register: 'systems', command: 'classify', load: worded(() => import('./classify-form.tsx')) },
    { register: 'systems', command: 'confirmClass', load: worded(() => import('./confirm-form.tsx')) },
  ],
};
