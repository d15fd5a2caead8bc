import type { KnownIds } from './check-standard.ts';
import type { DraftCriteria } from './drafts.ts';
import type { Catalog } from './files.ts';
import { duplicates, idsOf, unknowns } from './problems.ts';

/** Risk sources, glossary and drafts: what they point to exists. */
export function checkSuggestions(catalog: Catalog, known: KnownIds): string[] {
  const { facts, riskSources } = catalog['risk-sources/risk-sources.json'];
  const { terms } = catalog['glossary/glossary.json'];
  const { issues } = catalog['drafts/context-issues.json'];
  const { parties } = catalog['drafts/interested-parties.json'];
  const { criteria } = catalog['drafts/risk-criteria.json'];
  const factIds = idsOf(facts, (fact) => fact.id);
  const termIds = idsOf(terms, (term) => term.id);
  const drafts = [...issues, ...parties.flatMap((party) => party.requirements), criteria];
  return [
    ...duplicates(
      'risk sources',
      riskSources.map((source) => source.id),
    ),
    ...duplicates(
      'facts',
      facts.map((fact) => fact.id),
    ),
    ...riskSources.flatMap((source) => [
      ...unknowns(`risk source ${source.id}`, 'fact', source.appliesWhen, factIds),
      ...unknowns(`risk source ${source.id}`, 'control', source.controls, known.controls),
    ]),
    ...duplicates(
      'glossary',
      terms.map((term) => term.id),
    ),
    ...terms.flatMap((term) => [
      ...unknowns(`term ${term.id}`, 'term', term.seeAlso, termIds),
      ...unknowns(`term ${term.id}`, 'clause or control', term.refs, known.refs),
    ]),
    ...duplicates(
      'drafts',
      [...drafts, ...parties].map((draft) => draft.id),
    ),
    ...drafts.flatMap((draft) => unknowns(`draft ${draft.id}`, 'clause or control', draft.refs, known.refs)),
    ...checkBands(criteria),
  ];
}

/** The bands cover every level from 1 to likelihood × consequence without gap or overlap, and the threshold lies inside. */
function checkBands({ scales, threshold }: DraftCriteria): string[] {
  const highest = scales.likelihood.length * scales.consequence.length;
  const problems: string[] = [];
  let next = 1;
  for (const band of scales.bands) {
    if (band.min !== next) problems.push(`draft criteria: band ${band.name} starts at ${band.min}, expected ${next}`);
    next = band.max + 1;
  }
  if (next !== highest + 1) problems.push(`draft criteria: bands end at ${next - 1}, expected ${highest}`);
  if (threshold >= highest) problems.push(`draft criteria: threshold ${threshold} leaves no level above it`);
  return problems;
}
