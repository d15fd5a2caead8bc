import claims from '@aimwell/catalog/standard/claims-checked.json' with { type: 'json' };
import clauses from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import controls from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import documents from '@aimwell/catalog/standard/documented-information.json' with { type: 'json' };
import requirements from '@aimwell/catalog/standard/requirements.json' with { type: 'json' };
import issues from '@aimwell/catalog/drafts/context-issues.json' with { type: 'json' };
import parties from '@aimwell/catalog/drafts/interested-parties.json' with { type: 'json' };
import criteria from '@aimwell/catalog/drafts/risk-criteria.json' with { type: 'json' };
import act from '@aimwell/catalog/frameworks/eu-ai-act.json' with { type: 'json' };
import iso27001 from '@aimwell/catalog/frameworks/iso-27001.json' with { type: 'json' };
import nist from '@aimwell/catalog/frameworks/nist-ai-rmf.json' with { type: 'json' };
import glossary from '@aimwell/catalog/glossary/glossary.json' with { type: 'json' };
import indicators from '@aimwell/catalog/indicators/indicators.json' with { type: 'json' };
import law from '@aimwell/catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import riskSources from '@aimwell/catalog/risk-sources/risk-sources.json' with { type: 'json' };
import rules from '@aimwell/catalog/rules/rules.json' with { type: 'json' };
import watch from '@aimwell/catalog/watch/baseline.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { checkCatalog } from './check.ts';

const shipped = {
  'standard/clauses.json': clauses,
  'standard/requirements.json': requirements,
  'standard/controls.json': controls,
  'standard/documented-information.json': documents,
  'standard/claims-checked.json': claims,
  'rules/rules.json': rules,
  'indicators/indicators.json': indicators,
  'frameworks/nist-ai-rmf.json': nist,
  'frameworks/eu-ai-act.json': act,
  'frameworks/iso-27001.json': iso27001,
  'law/eu-ai-act-classification.json': law,
  'risk-sources/risk-sources.json': riskSources,
  'glossary/glossary.json': glossary,
  'watch/baseline.json': watch,
  'drafts/context-issues.json': issues,
  'drafts/interested-parties.json': parties,
  'drafts/risk-criteria.json': criteria,
};

type Path = keyof typeof shipped;
type Key = string | number;

/** A copy of the catalog with one value changed; `undefined` removes it. */
function broken(path: Path, keys: readonly Key[], value: unknown): typeof shipped {
  const copy = structuredClone(shipped);
  const last = keys.at(-1) as Key;
  const holder = keys.slice(0, -1).reduce((at: unknown, key) => (at as Record<Key, unknown>)[key], copy[path]) as Record<Key, unknown>;
  if (value === undefined && Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

it('finds nothing to say against the catalog that is shipped', () => {
  expect(checkCatalog(shipped)).toEqual([]);
});

describe('a catalog with one thing wrong', () => {
  it.each<{ name: string; path: Path; keys: Key[]; value: unknown; says: RegExp }>([
    {
      name: 'a missing source',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'source'],
      value: undefined,
      says: /rules\.json at rules\.0\.source/,
    },
    {
      name: 'an empty source',
      path: 'glossary/glossary.json',
      keys: ['terms', 3, 'source'],
      value: '',
      says: /glossary\.json at terms\.3\.source/,
    },
    {
      name: 'a missing date',
      path: 'watch/baseline.json',
      keys: ['entries', 1, 'verified'],
      value: undefined,
      says: /entries\.1\.verified/,
    },
    {
      name: 'a day that does not exist',
      path: 'frameworks/eu-ai-act.json',
      keys: ['dates', 0, 'verified'],
      value: '2026-02-30',
      says: /dates\.0\.verified/,
    },
    {
      name: 'a confidence of our own invention',
      path: 'standard/controls.json',
      keys: ['controls', 0, 'confidence'],
      value: 'sure',
      says: /controls\.0\.confidence/,
    },
    { name: 'a stray key', path: 'standard/clauses.json', keys: ['clauses', 0, 'text'], value: 'x', says: /clauses\.0/ },
    {
      name: '129 requirements',
      path: 'standard/requirements.json',
      keys: ['requirements', 5],
      value: undefined,
      says: /expected 130 requirements, got 129/,
    },
    { name: '37 controls', path: 'standard/controls.json', keys: ['controls', 0], value: undefined, says: /expected 38 controls, got 37/ },
    {
      name: 'nine objectives',
      path: 'standard/controls.json',
      keys: ['areas', 5, 'objectiveNumber'],
      value: 'A.6.1.1',
      says: /expected 10 objectives, got 9/,
    },
    { name: 'eight areas', path: 'standard/controls.json', keys: ['areas', 0, 'id'], value: 'A.3', says: /expected 9 areas, got 8/ },
    { name: '137 rules', path: 'rules/rules.json', keys: ['rules', 137], value: undefined, says: /expected 138 rules, got 137/ },
    {
      name: '31 indicators',
      path: 'indicators/indicators.json',
      keys: ['indicators', 0],
      value: undefined,
      says: /expected 32 indicators, got 31/,
    },
    {
      name: 'an objective passed off as a control',
      path: 'standard/controls.json',
      keys: ['controls', 0, 'id'],
      value: 'A.5.1',
      says: /A\.5\.1: this number is not a control/,
    },
    {
      name: 'a control twice',
      path: 'standard/controls.json',
      keys: ['controls', 1, 'id'],
      value: 'A.2.2',
      says: /A\.2\.2 occurs more than once/,
    },
    { name: 'a rule twice', path: 'rules/rules.json', keys: ['rules', 1, 'id'], value: 'R001', says: /R001 occurs more than once/ },
    {
      name: 'a clause that does not exist',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'refs'],
      value: ['8.5'],
      says: /rule R001: unknown clause or control 8\.5/,
    },
    {
      name: 'a rule that does not exist',
      path: 'standard/clauses.json',
      keys: ['clauses', 1, 'rules'],
      value: ['R139'],
      says: /clause 4\.1: unknown rule R139/,
    },
    {
      name: 'a requirement that does not exist',
      path: 'standard/documented-information.json',
      keys: ['mandatory', 0, 'requirements'],
      value: ['4.3-9'],
      says: /unknown requirement 4\.3-9/,
    },
    {
      name: 'a document that does not exist',
      path: 'standard/requirements.json',
      keys: ['requirements', 0, 'documentedInformation'],
      value: { mode: 'maintain', document: 'diary' },
      says: /unknown document diary/,
    },
    {
      name: 'a control of a suggestion that does not exist',
      path: 'risk-sources/risk-sources.json',
      keys: ['riskSources', 0, 'controls'],
      value: ['A.9.5'],
      says: /unknown control A\.9\.5/,
    },
    {
      name: 'a fact that does not exist',
      path: 'risk-sources/risk-sources.json',
      keys: ['riskSources', 0, 'appliesWhen'],
      value: ['lucky'],
      says: /unknown fact lucky/,
    },
    {
      name: 'an obligation that does not exist',
      path: 'standard/controls.json',
      keys: ['controls', 0, 'euAiAct'],
      value: ['AIA-99'],
      says: /unknown AI Act obligation AIA-99/,
    },
    {
      name: 'a subcategory that does not exist',
      path: 'standard/controls.json',
      keys: ['controls', 0, 'nistAiRmf'],
      value: ['MAP 9.9'],
      says: /subcategory MAP 9\.9/,
    },
    {
      name: 'a rule of law without basis',
      path: 'rules/rules.json',
      keys: ['rules', 108, 'basis'],
      value: [],
      says: /rule R109: expected the basis/,
    },
    {
      name: 'a rule of the standard without a clause',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'refs'],
      value: [],
      says: /rule R001: expected a clause or control/,
    },
    {
      name: 'a minor finding outside the verdict',
      path: 'rules/rules.json',
      keys: ['rules', 1, 'worthALook'],
      value: true,
      says: /rule R002: only an observation/,
    },
    {
      name: 'a requirement under another clause',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'requirements'],
      value: ['4.1-1'],
      says: /R001: requirement 4\.1-1 lies under none/,
    },
    {
      name: 'a clause without its requirement',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'requirements'],
      value: [],
      says: /R001: expected a requirement under 4\.3/,
    },
    {
      name: 'a requirement of a rule that does not exist',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'requirements'],
      value: ['4.3-8'],
      says: /R001: unknown requirement 4\.3-8/,
    },
    {
      name: 'an origin without explanation',
      path: 'rules/rules.json',
      keys: ['rules', 0, 'origin'],
      value: ['X'],
      says: /unknown origin X/,
    },
    {
      name: 'a duty with a date of its own',
      path: 'frameworks/eu-ai-act.json',
      keys: ['obligations', 0, 'appliesFrom'],
      value: '2025-02-03',
      says: /AIA-04: applies from 2025-02-03/,
    },
    {
      name: 'a mapping to nothing',
      path: 'frameworks/nist-ai-rmf.json',
      keys: ['subcategories', 0, 'iso42001', 0, 'ref'],
      value: 'A.8.1',
      says: /unknown clause or control A\.8\.1/,
    },
    {
      name: 'a point of the law twice',
      path: 'law/eu-ai-act-classification.json',
      keys: ['prohibitedPractices', 1, 'id'],
      value: '5-1-a',
      says: /5-1-a occurs more than once/,
    },
    {
      name: 'a date that the law does not have',
      path: 'law/eu-ai-act-classification.json',
      keys: ['transparencyCases', 0, 'appliesFrom'],
      value: '2026-08-03',
      says: /unknown date 2026-08-03/,
    },
    {
      name: 'a role that the law does not have',
      path: 'law/eu-ai-act-classification.json',
      keys: ['transparencyCases', 0, 'roles'],
      value: ['owner'],
      says: /unknown role owner/,
    },
    {
      name: 'a question left out',
      path: 'law/eu-ai-act-classification.json',
      keys: ['questions', 3],
      value: undefined,
      says: /expected the questions/,
    },
    {
      name: 'a law version that differs from the mapping',
      path: 'law/eu-ai-act-classification.json',
      keys: ['version'],
      value: 'eu-ai-act@2027-1',
      says: /differs from/,
    },
    {
      name: 'a term that does not exist',
      path: 'glossary/glossary.json',
      keys: ['terms', 0, 'seeAlso'],
      value: ['nirvana'],
      says: /unknown term nirvana/,
    },
    {
      name: 'a gap between bands',
      path: 'drafts/risk-criteria.json',
      keys: ['criteria', 'scales', 'bands', 1, 'min'],
      value: 6,
      says: /band Medium starts at 6, expected 5/,
    },
    {
      name: 'bands that stop short',
      path: 'drafts/risk-criteria.json',
      keys: ['criteria', 'scales', 'bands', 3, 'max'],
      value: 20,
      says: /bands end at 20, expected 25/,
    },
    {
      name: 'a draft that does not say so',
      path: 'drafts/context-issues.json',
      keys: ['issues', 0, 'draft'],
      value: false,
      says: /issues\.0\.draft/,
    },
    {
      name: 'a draft twice',
      path: 'drafts/interested-parties.json',
      keys: ['parties', 1, 'id'],
      value: 'DP-01',
      says: /DP-01 occurs more than once/,
    },
  ])('is refused for $name', ({ path, keys, value, says }) => {
    expect(checkCatalog(broken(path, keys, value)).join('\n')).toMatch(says);
  });
});
