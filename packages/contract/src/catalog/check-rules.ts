import type { KnownIds } from './check-standard.ts';
import type { Catalog } from './files.ts';
import { count, duplicates, unknowns } from './problems.ts';
import type { Rule } from './rules.ts';

/** A rule of the standard rests on a clause or control, the other two groups on a named basis; only observations stand beside the verdict. */
function checkGroup(rule: Rule): string[] {
  const where = `rule ${rule.id}`;
  const problems: string[] = [];
  if (rule.group === 'standard' && (rule.refs.length === 0 || rule.basis.length > 0))
    problems.push(`${where}: expected a clause or control and no other basis`);
  if (rule.group !== 'standard' && rule.basis.length === 0) problems.push(`${where}: expected the basis that it rests on`);
  const clauses = rule.refs.filter((ref) => !ref.startsWith('A.'));
  const under = (requirement: string): boolean =>
    clauses.some((clause) => requirement.startsWith(`${clause}-`) || requirement.startsWith(`${clause}.`));
  problems.push(
    ...rule.requirements
      .filter((requirement) => !under(requirement))
      .map((requirement) => `${where}: requirement ${requirement} lies under none of its clauses`),
  );
  if (clauses.length > 0 && rule.requirements.length === 0) problems.push(`${where}: expected a requirement under ${clauses.join(', ')}`);
  if (rule.worthALook && rule.severity !== 'observation') problems.push(`${where}: only an observation can be worth a look`);
  return problems;
}

/** The 138 rules and 32 indicators. */
export function checkRules(catalog: Catalog, known: KnownIds): string[] {
  const { rules, meta } = catalog['rules/rules.json'];
  const { indicators, meta: indicatorMeta } = catalog['indicators/indicators.json'];
  const origins = new Set(Object.keys(meta.origins));
  return [
    ...count('rules', 'rules', 138, rules.length),
    ...duplicates(
      'rules',
      rules.map((rule) => rule.id),
    ),
    ...rules.flatMap((rule) => [
      ...checkGroup(rule),
      ...unknowns(`rule ${rule.id}`, 'clause or control', rule.refs, known.refs),
      ...unknowns(`rule ${rule.id}`, 'requirement', rule.requirements, known.requirements),
      ...unknowns(`rule ${rule.id}`, 'origin', rule.origin, origins),
    ]),
    ...count('indicators', 'indicators', 32, indicators.length),
    ...duplicates(
      'indicators',
      indicators.map((indicator) => indicator.id),
    ),
    ...unknowns(
      'indicators',
      'origin',
      indicators.map((indicator) => indicator.origin),
      new Set(Object.keys(indicatorMeta.origins)),
    ),
  ];
}
