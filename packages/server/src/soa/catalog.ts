import catalog from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import type { Control, ControlArea } from '@aimwell/contract/catalog/controls';

const { areas, controls } = catalog as unknown as { readonly areas: readonly ControlArea[]; readonly controls: readonly Control[] };

/** The controls of Annex A in its order. */
export const annexA = controls;
export const annexAIds: readonly string[] = controls.map(({ id }) => id);
export const controlTitles: ReadonlyMap<string, string> = new Map(controls.map(({ id, title }) => [id, title]));

export interface Band {
  readonly id: string;
  readonly title: string;
  readonly objectives: readonly { readonly number: string; readonly title: string; readonly objective: string }[];
}

/** "A.6.2.4" → "A.6" */
export const bandOf = (control: string): string => control.split('.').slice(0, 2).join('.');

/** The nine areas A.2 to A.10; A.6 has two objectives under one area, whose title is that of the larger. */
export const bands: readonly Band[] = [...Map.groupBy(areas, ({ id }) => bandOf(id))].map(([id, parts]) => ({
  id,
  title: parts.toSorted((a, b) => b.controls.length - a.controls.length)[0]?.title ?? id,
  objectives: parts.map(({ objectiveNumber, title, objective }) => ({ number: objectiveNumber, title, objective })),
}));
