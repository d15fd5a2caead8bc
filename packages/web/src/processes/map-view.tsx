import { lazy, Suspense } from 'react';
import { Waiting } from '../ui/page.tsx';

/** How a node is coloured, and the number or word that hangs on it. */
export interface Mark {
  readonly tone?: 'ok' | 'acc' | 'bad' | 'warn' | 'none' | undefined;
  readonly badge?: string | undefined;
}
export interface DiagramProps {
  readonly xml: string;
  /** By node. Hand in the same object as long as nothing changed: the map is drawn anew with each one. */
  readonly marks: Readonly<Record<string, Mark>>;
  readonly label: string;
  /** Without its ending. */
  readonly fileName: string;
}

// What draws maps weighs more than all else here: only pages that show one load it.
const Diagram = lazy(() => import('./diagram.tsx'));

/** A process map, drawn as soon as what draws it is there. */
export const MapView = (props: DiagramProps) => (
  <Suspense fallback={<Waiting lines={6} />}>
    <Diagram {...props} />
  </Suspense>
);
