import law from '@aimwell/catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import rules from '@aimwell/catalog/rules/rules.json' with { type: 'json' };
import clauses from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import controls from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import requirements from '@aimwell/catalog/standard/requirements.json' with { type: 'json' };
import { rulesRevision } from '@aimwell/core/conformity/all';
import type { CountGroup, Pdca, RuleText } from '@aimwell/core/conformity/grouping';
import type { Known } from '@aimwell/core/conformity/rule';

/** What the catalog knows, as the rules ask for it. */
export const known: Known = {
  controls: controls.controls.map(({ id }) => id),
  requirements: requirements.requirements.map(({ id }) => id),
  law: { version: law.version, title: law.title, date: law.date },
};

/** Changes when rules or law do: then stored answers count no more. */
export const revision = `${rulesRevision} ${law.version}`;

const titles = new Map([...clauses.clauses, ...controls.controls].map(({ id, title }) => [id, title]));
const phases = new Map(clauses.clauses.map(({ id, pdca }) => [id, pdca as Pdca]));

/** The title of a clause or control; empty for a number the catalog does not have. */
export const refTitle = (ref: string): string => titles.get(ref) ?? '';

// Controls are what is done; what rests on no clause follows its group.
const phaseOf = (refs: readonly string[], group: CountGroup): Pdca =>
  refs.map((ref) => phases.get(ref)).find((phase) => phase !== undefined) ?? (group === 'certification' ? 'Check' : 'Do');

const texts = new Map(
  rules.rules.map((rule): [string, RuleText] => {
    const group = rule.group as CountGroup;
    return [
      rule.id,
      {
        id: rule.id,
        title: rule.title,
        group,
        pdca: phaseOf(rule.refs, group),
        severity: rule.severity as RuleText['severity'],
        worthALook: rule.worthALook,
        refs: rule.refs,
        basis: rule.basis,
        remedy: rule.remedy,
      },
    ];
  }),
);

/** The words of a rule. Throws for an id that the catalog does not have: a fault of the program. */
export const textOf = (rule: string): RuleText => {
  const found = texts.get(rule);
  if (found === undefined) throw new Error(`no rule ${rule} in the catalog`);
  return found;
};

/** A rule as answers name it. */
export const ruleRef = (rule: string) => {
  const { title, group, pdca } = textOf(rule);
  return { rule, title, group, pdca };
};

/** "6.1.2 AI risk assessment; 8.2 AI risk assessment", and the law where the rule rests on it. */
export const basisOf = ({ refs, basis }: RuleText): string =>
  [...refs.map((ref) => `${ref} ${refTitle(ref)}`.trim()), ...basis.map((one) => (one === 'law' ? law.title : one))].join('; ');
