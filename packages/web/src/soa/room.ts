import { IconShieldCheck } from '@tabler/icons-react';
import type { Room } from '../ui/room.ts';
import { loadWords } from '../ui/words.ts';

/** Panels stand on pages of the app, which does not know this room's words. */
const worded =
  <M>(load: () => Promise<M>) =>
  () =>
    Promise.all([load(), loadWords('soa')]).then(([module]) => module);

export const room: Room = {
  name: 'soa',
  places: [
    { group: 'do', order: 20, label: 'ui.places.soa', to: 'soa', icon: IconShieldCheck, also: ['soa-versions', 'soa-entries', 'controls'] },
  ],
  pages: [
    { path: 'soa', load: () => import('./soa-page.tsx') },
    { path: 'soa/compare', load: () => import('./compare-page.tsx') },
  ],
  panels: [
    { register: 'soa-versions', where: 'main', load: worded(() => import('./to-page.tsx')) },
    { register: 'soa-entries', where: 'main', load: worded(() => import('./to-page.tsx')) },
  ],
};
