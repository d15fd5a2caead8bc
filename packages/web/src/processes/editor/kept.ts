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

const storeOf = (organisation: string, map: string): string => `drawing:${organisation}:${map}`;

export const readKept = (organisation: string, map: string): Kept | null => {
  try {
    return JSON.parse(sessionStorage.getItem(storeOf(organisation, map)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
};

/** Keeps the drawing; without one, forgets what was kept. */
export const keep = (organisation: string, map: string, kept: Kept | null): void => {
  const store = storeOf(organisation, map);
  try {
    if (kept === null) sessionStorage.removeItem(store);
    else sessionStorage.setItem(store, JSON.stringify(kept));
  } catch {
    /* storage is full: the drawing itself still holds everything, and leaving asks first */
  }
};
