import clauseFile from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import controlFile from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import requirementFile from '@aimwell/catalog/standard/requirements.json' with { type: 'json' };

export interface Area {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly { readonly id: string; readonly title: string }[];
}

const titleOf = new Map(controlFile.controls.map(({ id, title }) => [id, title]));
/** "A.6.2" and "A.6.1" belong to the area A.6, which has two objectives. */
const areaIdOf = (id: string): string => id.split('.').slice(0, 2).join('.');

/** The nine areas of Annex A with their controls, in its order. An area with two objectives bears the title of its larger part. */
export const areas: readonly Area[] = [...Map.groupBy(controlFile.areas, ({ id }) => areaIdOf(id))].map(([id, parts]) => ({
  id,
  title: parts.toSorted((a, b) => b.controls.length - a.controls.length)[0]?.title ?? id,
  controls: parts.flatMap((part) => part.controls).map((control) => ({ id: control, title: titleOf.get(control) ?? control })),
}));

export const annexA: readonly string[] = areas.flatMap((area) => area.controls.map(({ id }) => id));
export const controlTitle = (id: string): string => titleOf.get(id) ?? id;

/** Clauses that have requirements, with the ids of these. */
export const clauses: readonly { readonly id: string; readonly title: string; readonly requirements: readonly string[] }[] =
  clauseFile.clauses.filter(({ requirements }) => requirements.length > 0);
const clauseOfRequirement = new Map(requirementFile.requirements.map(({ id, clause }) => [id, clause]));
export const clauseOf = (requirement: string): string | undefined => clauseOfRequirement.get(requirement);
