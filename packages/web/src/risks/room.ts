import { IconAlertTriangle, IconScale } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** Panels and dialogs stand on pages of the app, which does not know this room's words. */
const worded =
  <M>(load: () => Promise<M>) =>
  () =>
    Promise.all([load(), loadWords('risks')]).then(([module]) => module);

export const room: Room = {
  name: 'risks',
  places: [
    {
      group: 'plan',
      order: 30,
      label: 'ui.places.risks',
      to: 'risks',
      icon: IconAlertTriangle,
      also: ['risk-assessments'],
      count: 'risks',
    },
    { group: 'plan', order: 32, label: 'ui.places.criteria', to: 'risk-criteria', icon: IconScale },
  ],
  pages: [
    { path: 'risks', load: () => import('./risks-page.tsx') },
    { path: 'risks/table', load: () => import('./table-page.tsx') },
    { path: 'risks/$id', load: () => import('./risk-page.tsx') },
  ],
  panels: [
    { register: 'systems', where: 'main', load: worded(() => import('./system-panel.tsx')) },
    { register: 'risk-criteria', where: 'main', load: worded(() => import('./criteria-panel.tsx')) },
  ],
  commands: [
    { register: 'risks', command: 'assess', load: worded(() => import('./assess-dialog.tsx')) },
    { register: 'risk-criteria', command: 'setScales', load: worded(() => import('./scales-dialog.tsx')) },
  ],
  forms: [{ register: 'risks', command: 'assess', load: worded(() => import('./assess-form.tsx')) }],
};
