import words from '@aimwell/catalog/words/en/registers.json' with { type: 'json' };
import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import type { Choice, FieldKind, TargetField } from '../tables/fields.ts';
import { vocabularyOf } from './vocabulary.ts';

interface Words {
  readonly one: string;
  readonly many: string;
  readonly fields?: Readonly<Record<string, { readonly label: string }>>;
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const wordsOf = (register: Register): Words | undefined => (words as unknown as Record<string, Words>)[register.name];
export const labelOf = (register: Register, name: string): string => wordsOf(register)?.fields?.[name]?.label ?? name;
export const choiceLabel = (register: Register, name: string, value: string): string =>
  wordsOf(register)?.choices?.[name]?.[value] ?? value;

const kinds: Partial<Record<Field['kind'], FieldKind>> = {
  text: 'text',
  longText: 'longText',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  choice: 'choice',
  choices: 'choices',
  reference: 'reference',
  references: 'references',
  code: 'text',
  codes: 'references',
};

/** The fields that a table may fill: those that people may write, and what the room lets a new record bring along. */
export const targetFields = (register: Register): TargetField[] => {
  const vocabulary = vocabularyOf(register.name);
  return Object.entries(register.fields).flatMap(([name, field]): TargetField[] => {
    const kind = field.kind === 'reference' && field.to === 'people' ? 'person' : kinds[field.kind];
    if (kind === undefined || (field.managed !== undefined && !(vocabulary.broughtAlong ?? []).includes(name))) return [];
    const more = vocabulary.choices?.[name] ?? {};
    return [
      {
        name,
        label: labelOf(register, name),
        kind,
        required: field.required === true && field.managed === undefined,
        synonyms: [...(field.synonyms ?? []), ...(vocabulary.columns?.[name] ?? [])],
        ...(field.kind === 'choice' || field.kind === 'choices' ? { choices: choicesOf(register, name, field.choices, more) } : {}),
      },
    ];
  });
};

const choicesOf = (
  register: Register,
  name: string,
  values: readonly string[],
  more: Readonly<Record<string, readonly string[]>>,
): Choice[] => {
  const single = values.map((value) => ({ value, label: choiceLabel(register, name, value), synonyms: more[value] ?? [] }));
  const joined = Object.keys(more)
    .filter((value) => value.includes('+'))
    .map((value) => ({
      value,
      label: value
        .split('+')
        .map((part) => choiceLabel(register, name, part))
        .join(' and '),
      synonyms: more[value] ?? [],
    }));
  return [...single, ...joined];
};
