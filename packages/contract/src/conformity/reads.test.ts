import { builtRules } from '@aimwell/core/conformity/all';
import { linkSides, registerOfFact } from '@aimwell/core/conformity/rule';
import { contextCases } from '@aimwell/core/conformity/rules/cases/context';
import { integrityCases } from '@aimwell/core/conformity/rules/cases/integrity';
import { evidenceCases, lawCases, objectiveCases } from '@aimwell/core/conformity/rules/cases/others';
import { riskCases } from '@aimwell/core/conformity/rules/cases/risks';
import { roleCases } from '@aimwell/core/conformity/rules/cases/roles';
import { scopeCases } from '@aimwell/core/conformity/rules/cases/scope';
import { implementationCases, soaCases } from '@aimwell/core/conformity/rules/cases/soa';
import { systemCases } from '@aimwell/core/conformity/rules/cases/systems';
import { treatmentCases } from '@aimwell/core/conformity/rules/cases/treatment';
import { expect, it } from 'vitest';
import { platformBooks } from '../platform/integrity.ts';
import type { Field } from '../platform/field.ts';
import { registerNamed } from '../registers.ts';

const platformFields = ['id', 'createdAt', 'updatedAt'];

/** The declared fields of what a rule reads: a register, or a book that the platform keeps itself. */
const fieldsOf = (name: string): Readonly<Record<string, Field | null>> =>
  name in platformBooks ? Object.fromEntries((platformBooks[name] ?? []).map((field) => [field, null])) : registerNamed(name).fields;

/** Every field a rule says it reads, as register and name. */
const reads = builtRules.flatMap((rule) => [
  ...Object.values(rule.facts).flatMap((read) =>
    ('rows' in read ? read.fields : Object.keys(read.where ?? {})).map((field) => ({
      rule: rule.id,
      register: registerOfFact(read),
      field,
    })),
  ),
  ...(rule.kind === 'subject'
    ? [
        ...rule.fields.map((field) => ({ rule: rule.id, register: rule.subject, field })),
        ...Object.values(rule.related).flatMap((read) => [
          ...[...read.fields, linkSides(read).theirs].map((field) => ({ rule: rule.id, register: read.register, field })),
          { rule: rule.id, register: rule.subject, field: linkSides(read).mine },
        ]),
      ]
    : []),
]);

it('every field that a rule reads is declared in its register', () => {
  expect(reads.length).toBeGreaterThan(200);
  expect(reads.filter(({ register, field }) => !platformFields.includes(field) && !(field in fieldsOf(register)))).toEqual([]);
});

it('no rule reads a stored result, which has no fixed shape', () => {
  expect(reads.filter(({ register, field }) => fieldsOf(register)[field]?.kind === 'result')).toEqual([]);
});

it('what a count compares with is a choice that exists', () => {
  const wrong = builtRules
    .flatMap((rule) => Object.values(rule.facts))
    .flatMap((read) =>
      'count' in read
        ? Object.entries(read.where ?? {}).flatMap(([name, wanted]) => {
            const field = registerNamed(read.count).fields[name];
            const values =
              typeof wanted === 'string'
                ? [wanted]
                : typeof wanted === 'object' && 'oneOf' in wanted
                  ? wanted.oneOf
                  : typeof wanted === 'object' && 'has' in wanted
                    ? wanted.has
                    : [];
            return field !== undefined && 'choices' in field
              ? values.filter((value) => !(field.choices as readonly string[]).includes(value))
              : values;
          })
        : [],
    );
  expect(wrong).toEqual([]);
});

it('the examples of the rules are records that the registers accept', () => {
  const cases = [
    ...scopeCases,
    ...contextCases,
    ...systemCases,
    ...roleCases,
    ...riskCases,
    ...treatmentCases,
    ...soaCases,
    ...implementationCases,
    ...objectiveCases,
    ...lawCases,
    ...evidenceCases,
    ...integrityCases,
  ];
  const values = cases.flatMap(({ rule, flags, spares }) =>
    [flags, spares].flatMap((dataset) =>
      Object.entries(dataset).flatMap(([register, records]) =>
        records.flatMap((record) => Object.entries(record).map(([field, value]) => ({ rule, register, field, value }))),
      ),
    ),
  );
  const wrong = values.filter(({ register, field, value }) => {
    if (platformFields.includes(field) || field === 'identifier' || value === null) return false;
    const declared = fieldsOf(register)[field];
    return (
      declared === undefined ||
      (declared !== null && 'choices' in declared && [value].flat().some((one) => !(declared.choices as readonly unknown[]).includes(one)))
    );
  });
  expect(wrong).toEqual([]);
});
