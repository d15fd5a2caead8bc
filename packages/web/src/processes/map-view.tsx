import { lazy, Suspense } from 'react';
import { Waiting } from '../ui/page.tsx';
import type { DiagramProps } from './marks.ts';

// What draws maps weighs more than all else here: only pages that show one load it.
const Diagram = lazy(() => import('./diagram.tsx'));

/** A process map, drawn as soon as what draws it is there. */
export const MapView = (props: DiagramProps) => (
  <Suspense fallback={<Waiting lines={6} />}>
    <Diagram {...props} />
  </Suspense>
);
