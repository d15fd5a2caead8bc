import { IconFolder } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

export const room: Room = {
  name: 'evidence',
  places: [{ group: 'end', order: 10, label: 'ui.places.evidence', to: 'evidence', icon: IconFolder }],
  pages: [{ path: 'evidence', load: () => import('./evidence-page.tsx') }],
  panels: [
    {
      register: 'evidence',
      where: 'main',
      load: () => Promise.all([import('./file-panel.tsx'), loadWords('evidence')]).then(([module]) => module),
    },
  ],
};
