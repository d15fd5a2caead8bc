/** A drawing that was changed and not saved yet, kept in this tab: a reload does not cost it. */
export interface Kept {
  readonly xml: string;
  /** The newest version of the map when the drawing began, as the server is told when it is saved. */
  readonly onto: Onto;
}
export interface Onto {
  readonly id: string;
  readonly version: number;
}

/** Whose drawing of which map: who signs in next in the same tab is not given it. */
export interface Place {
  readonly slug: string;
  readonly personId: string | null;
}

const storeOf = ({ slug, personId }: Place, map: string): string => `drawing:${slug}:${personId}:${map}`;

export const readKept = (here: Place, map: string): Kept | null => {
  try {
    return JSON.parse(sessionStorage.getItem(storeOf(here, map)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
};

/** Keeps the drawing; without one, forgets what was kept. */
export const keep = (here: Place, map: string, kept: Kept | null): void => {
  const store = storeOf(here, map);
  try {
    if (kept === null) sessionStorage.removeItem(store);
    else sessionStorage.setItem(store, JSON.stringify(kept));
  } catch {
    /* storage is full: the drawing itself still holds everything, and leaving asks first */
  }
};
