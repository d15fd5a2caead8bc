import { STEP_IDS } from '@aimwell/core/systems/law';
import type { KnownIds } from './check-standard.ts';
import type { Catalog } from './files.ts';
import type { LawFile } from './law.ts';
import { duplicates, idsOf, unknowns } from './problems.ts';

type Item = LawFile['roles'][number];

const listsOf = (law: LawFile): Readonly<Record<string, readonly Item[]>> => ({
  'scope links': law.scope.links,
  'scope exclusions': law.scope.exclusions,
  roles: law.roles,
  'role changes': law.roleChanges,
  'prohibited practices': law.prohibitedPractices,
  'product routes': law.productRoutes,
  'Annex III': law.annexIII.flatMap((area) => area.points),
  'exemption conditions': law.exemption.conditions,
  'transparency cases': law.transparencyCases,
  'model duties': law.modelDuties,
});

/** The data that `classify` reads: ids unique, the eight steps in order, roles known, and every date one of the mapped law dates. */
export function checkLaw(catalog: Catalog): string[] {
  const law = catalog['law/eu-ai-act-classification.json'];
  const act = catalog['frameworks/eu-ai-act.json'];
  const dates = idsOf(act.dates, (entry) => entry.date);
  const roles = idsOf(law.roles, (role) => role.id);
  const steps = law.questions.map((question) => question.id);
  return [
    ...(steps.join() === STEP_IDS.join() ? [] : [`law: expected the questions ${STEP_IDS.join(', ')}, got ${steps.join(', ')}`]),
    ...(act.meta.lawVersion === law.version ? [] : [`law: version ${law.version} differs from ${act.meta.lawVersion} of the mapping`]),
    ...law.annexIII.flatMap((area) =>
      area.points.filter((point) => !point.id.startsWith(area.id)).map((point) => `law: point ${point.id} lies in area ${area.id}`),
    ),
    ...Object.entries(listsOf(law)).flatMap(([name, items]) => [
      ...duplicates(
        `law, ${name}`,
        items.map((item) => item.id),
      ),
      ...items.flatMap((item) => [
        ...unknowns(`law, ${name}, ${item.id}`, 'role', item.roles ?? [], roles),
        ...unknowns(`law, ${name}, ${item.id}`, 'date', [item.appliesFrom, ...(item.legacy ? [item.legacy.appliesFrom] : [])], dates),
      ]),
    ]),
  ];
}

/** Mappings to other laws and frameworks point to clauses and controls that exist, and duties to dates that exist. */
export function checkFrameworks(catalog: Catalog, known: KnownIds): string[] {
  const { dates, obligations } = catalog['frameworks/eu-ai-act.json'];
  const { subcategories } = catalog['frameworks/nist-ai-rmf.json'];
  const { rows } = catalog['frameworks/iso-27001.json'];
  const dateOf = new Map(dates.map((entry) => [entry.key, entry.date]));
  return [
    ...duplicates(
      'AI Act dates',
      dates.map((entry) => entry.key),
    ),
    ...duplicates(
      'AI Act obligations',
      obligations.map((obligation) => obligation.id),
    ),
    ...obligations.flatMap((obligation) => [
      ...unknowns(`obligation ${obligation.id}`, 'clause or control', obligation.iso42001, known.refs),
      ...(dateOf.get(obligation.dateKey) === obligation.appliesFrom
        ? []
        : [
            `obligation ${obligation.id}: applies from ${obligation.appliesFrom}, its date ${obligation.dateKey} says ${dateOf.get(obligation.dateKey) ?? 'nothing'}`,
          ]),
    ]),
    ...duplicates(
      'NIST AI RMF',
      subcategories.map((row) => row.subcategory),
    ),
    ...subcategories.flatMap((row) =>
      unknowns(
        `NIST AI RMF ${row.subcategory}`,
        'clause or control',
        row.iso42001.map((pair) => pair.ref),
        known.refs,
      ),
    ),
    ...duplicates(
      'ISO/IEC 27001',
      rows.map((row) => row.iso42001),
    ),
    ...unknowns(
      'ISO/IEC 27001',
      'clause or control',
      rows.map((row) => row.iso42001),
      known.refs,
    ),
    ...duplicates(
      'watch list',
      catalog['watch/baseline.json'].entries.map((entry) => entry.id),
    ),
  ];
}
