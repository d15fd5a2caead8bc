import type { Catalog } from './files.ts';
import { count, duplicates, idsOf, unknowns } from './problems.ts';

/** The ids that everything else may refer to. */
export interface KnownIds {
  readonly clauses: ReadonlySet<string>;
  readonly controls: ReadonlySet<string>;
  /** Clauses and controls together. */
  readonly refs: ReadonlySet<string>;
  readonly requirements: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
}

export function knownIds(catalog: Catalog): KnownIds {
  const clauses = idsOf(catalog['standard/clauses.json'].clauses, (clause) => clause.id);
  const controls = idsOf(catalog['standard/controls.json'].controls, (control) => control.id);
  return {
    clauses,
    controls,
    refs: new Set([...clauses, ...controls]),
    requirements: idsOf(catalog['standard/requirements.json'].requirements, (requirement) => requirement.id),
    rules: idsOf(catalog['rules/rules.json'].rules, (rule) => rule.id),
  };
}

/** Clauses and the requirements under them. */
export function checkClauses(catalog: Catalog, known: KnownIds): string[] {
  const { clauses } = catalog['standard/clauses.json'];
  const { requirements } = catalog['standard/requirements.json'];
  const documents = idsOf(catalog['standard/documented-information.json'].mandatory, (document) => document.key);
  const listed = new Set(clauses.flatMap((clause) => clause.requirements));
  return [
    ...count('requirements', 'requirements', 130, requirements.length),
    ...duplicates(
      'clauses',
      clauses.map((clause) => clause.id),
    ),
    ...duplicates(
      'requirements',
      requirements.map((requirement) => requirement.id),
    ),
    ...clauses.flatMap((clause) => [
      ...unknowns(`clause ${clause.id}`, 'requirement', clause.requirements, known.requirements),
      ...unknowns(`clause ${clause.id}`, 'rule', clause.rules, known.rules),
    ]),
    ...requirements.flatMap((requirement) => [
      ...unknowns(`requirement ${requirement.id}`, 'clause', [requirement.clause], known.clauses),
      ...unknowns(`requirement ${requirement.id}`, 'place under a clause', [requirement.id], listed),
      ...unknowns(
        `requirement ${requirement.id}`,
        'document',
        requirement.documentedInformation ? [requirement.documentedInformation.document] : [],
        documents,
      ),
    ]),
  ];
}

/** The 38 controls, nine areas and ten objectives of Annex A, and what they point to. */
export function checkControls(catalog: Catalog, known: KnownIds): string[] {
  const { areas, controls, meta } = catalog['standard/controls.json'];
  const invalid = new Set(meta.invalidIds.map((id) => id.replace(' as control', '')));
  const subcategories = idsOf(catalog['frameworks/nist-ai-rmf.json'].subcategories, (row) => row.subcategory);
  const obligations = idsOf(catalog['frameworks/eu-ai-act.json'].obligations, (obligation) => obligation.id);
  const topics = new Set(areas.map((area) => area.id.split('.').slice(0, 2).join('.')));
  return [
    ...count('controls', 'controls', 38, controls.length),
    ...count('controls', 'areas', 9, topics.size),
    ...count('controls', 'objectives', 10, new Set(areas.map((area) => area.objectiveNumber)).size),
    ...duplicates(
      'controls',
      controls.map((control) => control.id),
    ),
    ...duplicates(
      'controls',
      areas.flatMap((area) => area.controls),
    ),
    ...areas.flatMap((area) => unknowns(`area ${area.id}`, 'control', area.controls, known.controls)),
    ...controls.flatMap((control) => [
      ...(invalid.has(control.id) ? [`control ${control.id}: this number is not a control`] : []),
      ...(areas.some((area) => area.id === control.area && area.controls.includes(control.id))
        ? []
        : [`control ${control.id}: not listed in its area ${control.area}`]),
      ...unknowns(`control ${control.id}`, 'rule', control.rules, known.rules),
      ...unknowns(`control ${control.id}`, 'NIST AI RMF subcategory', control.nistAiRmf, subcategories),
      ...unknowns(`control ${control.id}`, 'AI Act obligation', control.euAiAct, obligations),
    ]),
  ];
}

/** Documents that clauses and controls ask for. */
export function checkDocuments(catalog: Catalog, known: KnownIds): string[] {
  const { mandatory, ifApplicable } = catalog['standard/documented-information.json'];
  return [
    ...duplicates(
      'documented information',
      mandatory.map((document) => document.key),
    ),
    ...mandatory.flatMap((document) => [
      ...unknowns(`document ${document.key}`, 'clause', document.clauses, known.clauses),
      ...unknowns(`document ${document.key}`, 'requirement', document.requirements, known.requirements),
    ]),
    ...unknowns(
      'documented information of Annex A',
      'control',
      ifApplicable.map((document) => document.control),
      known.controls,
    ),
    ...duplicates(
      'claims',
      catalog['standard/claims-checked.json'].claims.map((claim) => claim.id),
    ),
  ];
}
