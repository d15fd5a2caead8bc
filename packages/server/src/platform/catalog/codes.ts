import riskSources from '@aimwell/catalog/risk-sources/risk-sources.json' with { type: 'json' };
import clauses from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import controls from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import requirements from '@aimwell/catalog/standard/requirements.json' with { type: 'json' };
import type { CodeList } from '@aimwell/contract/platform/field';
import type { ProblemItem } from '@aimwell/contract/platform/problem';
import type { Register } from '@aimwell/contract/platform/register';

/** The lists of the catalog that records may name. */
export const codeLists: Record<CodeList, readonly { readonly id: string; readonly title: string }[]> = {
  controls: controls.controls,
  clauses: clauses.clauses,
  requirements: requirements.requirements.map(({ id, text }) => ({ id, title: text })),
  'risk-sources': riskSources.riskSources,
};

const known: Record<CodeList, ReadonlySet<string>> = {
  controls: new Set(codeLists.controls.map(({ id }) => id)),
  clauses: new Set(codeLists.clauses.map(({ id }) => id)),
  requirements: new Set(codeLists.requirements.map(({ id }) => id)),
  'risk-sources': new Set(codeLists['risk-sources'].map(({ id }) => id)),
};

/** Every id in the record that the catalog does not know, by field. */
export const codeProblems = (register: Register, values: Readonly<Record<string, unknown>>): ProblemItem[] =>
  Object.entries(register.fields).flatMap(([name, field]) => {
    if (field.kind !== 'code' && field.kind !== 'codes') return [];
    const given = field.kind === 'codes' ? ((values[name] ?? []) as string[]) : typeof values[name] === 'string' ? [values[name]] : [];
    return given
      .filter((id) => !known[field.catalog].has(id))
      .map((id) => ({
        code: 'UNKNOWN_ID',
        field: name,
        message: `expected an id of ${field.catalog} in the catalog, got "${id}"`,
        remedy:
          field.catalog === 'controls'
            ? 'Controls run from A.2.2 to A.10.4; a number ending in .1 is an objective, not a control.'
            : `See /api/v1/catalog/${field.catalog} for the list.`,
      }));
  });
