import { IconChecklist } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** A dialog may open on a page of the app itself, which does not know this room's words. */
const worded =
  <M>(load: () => Promise<M>) =>
  () =>
    Promise.all([load(), loadWords('treatment')]).then(([module]) => module);

export const room: Room = {
  name: 'treatment',
  places: [
    {
      group: 'plan',
      order: 34,
      label: 'ui.places.treatments',
      to: 'treatment',
      icon: IconChecklist,
      also: ['treatments', 'treatment-plans', 'treatment-plan-lines'],
    },
  ],
  pages: [
    { path: 'treatment', load: () => import('./treatment-page.tsx') },
    { path: 'treatment-plans/$id', load: () => import('./plan-page.tsx') },
  ],
  commands: [{ register: 'treatment-plans', command: 'submit', load: worded(() => import('./submit-dialog.tsx')) }],
};
