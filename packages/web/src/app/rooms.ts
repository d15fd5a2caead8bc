import type { Place, Room } from '../ui/room.ts';
import { standardPlaces } from './places.ts';

const found = import.meta.glob<{ room: Room }>(['../*/room.ts', '!../ui/room.ts'], { eager: true });

/** Every room, found by its file `src/<room>/room.ts`. */
export const rooms: readonly Room[] = Object.values(found).map(({ room }) => room);

/** The places of the rail in order. A room's place takes the stead of the standard one with the same path or one it names in `also`. */
export const places: readonly Place[] = (() => {
  const own = rooms.flatMap((room) => room.places ?? []);
  const taken = new Set(own.flatMap((place) => [place.to, ...(place.also ?? [])]));
  return [...own, ...standardPlaces.filter((place) => !taken.has(place.to))].toSorted((one, other) => one.order - other.order);
})();
