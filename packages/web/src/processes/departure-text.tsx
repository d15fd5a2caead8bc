import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Departure } from './calls.ts';

const looks = { late: ['clock', 'bad'], notReached: ['dash', 'none'], cancelled: ['dash', 'warn'] } as const;

/** How a step went otherwise than the map says; the word stands beside the shape. */
export const DepartureText = ({ what }: { what: Departure['what'] }) => (
  <span className="st quiet">
    <Shape kind={looks[what][0]} tone={looks[what][1]} /> {t(`processes.departures.kinds.${what}`)}
  </span>
);
