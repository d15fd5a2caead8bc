/**
 * The closed vocabulary of a register's fields. What it cannot say is an ordinary function in the room.
 * From a field follow: SQL column, zod schema, TypeScript type, form widget, list cell, filter, import target, export column.
 */
interface Common {
  /** A value must be there on create and can never be taken away. */
  readonly required?: boolean;
  /** Set by a command only; PATCH and import refuse it and name the command. */
  readonly managed?: string;
  /** Shown as a column of the list unless the reader chooses otherwise. */
  readonly inList?: boolean;
  /** Can be filtered by equality (for dates and numbers: by range); gets an index. */
  readonly filter?: boolean;
  /** Can be sorted by; gets an index. */
  readonly sort?: boolean;
  /** Is found by full-text search. */
  readonly search?: boolean;
  /** Heading under which form and record page show it; its words are in the catalog. */
  readonly group?: string;
  /** Other names this field goes by in people's spreadsheets; used to guess import columns. */
  readonly synonyms?: readonly string[];
}

export interface TextField extends Common {
  readonly kind: 'text';
  readonly max: number;
}
export interface LongTextField extends Common {
  readonly kind: 'longText';
  readonly max: number;
}
export interface IntegerField extends Common {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface BooleanField extends Common {
  readonly kind: 'boolean';
  readonly initial?: boolean;
}
export interface DateField extends Common {
  readonly kind: 'date';
}
export interface MomentField extends Common {
  readonly kind: 'moment';
}
export interface ChoiceField<C extends string = string> extends Common {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly initial?: C;
}
export interface ChoicesField<C extends string = string> extends Common {
  readonly kind: 'choices';
  readonly choices: readonly C[];
}
/** A reference to a record of another register of the same organisation (composite foreign key). */
export interface ReferenceField extends Common {
  readonly kind: 'reference';
  readonly to: string;
}
export interface ReferencesField extends Common {
  readonly kind: 'references';
  readonly to: string;
}
/** Ids of the catalog (controls, requirements, risk sources…), checked against it on every write. */
export interface CodeField extends Common {
  readonly kind: 'code';
  readonly catalog: CodeList;
}
export interface CodesField extends Common {
  readonly kind: 'codes';
  readonly catalog: CodeList;
}
/** The computed result of a command, kept as it was said then. Never edited, never filtered. */
export interface ResultField extends Common {
  readonly kind: 'result';
  readonly managed: string;
}

export type CodeList = 'controls' | 'requirements' | 'clauses' | 'risk-sources';
export type Field =
  | TextField
  | LongTextField
  | IntegerField
  | BooleanField
  | DateField
  | MomentField
  | ChoiceField
  | ChoicesField
  | ReferenceField
  | ReferencesField
  | CodeField
  | CodesField
  | ResultField;

type Options<F extends Field> = Omit<F, 'kind' | 'choices' | 'to' | 'catalog' | 'managed'> & { readonly managed?: string };
type Loose<O> = { readonly [K in keyof O]?: O[K] };

// The defaults are widened to number: met with a given literal they become that literal, where two literals would become never.
/** One line of text. `max` is a number of characters. */
export const text = <const O extends Loose<Options<TextField>>>(options: O = {} as O) =>
  ({ kind: 'text', max: 300 as number, ...options }) as const;
/** Several lines of plain text. `max` is a number of characters. */
export const longText = <const O extends Loose<Options<LongTextField>>>(options: O = {} as O) =>
  ({ kind: 'longText', max: 20_000 as number, ...options }) as const;
export const integer = <const O extends Loose<Options<IntegerField>>>(options: O = {} as O) =>
  ({ kind: 'integer', min: 0 as number, max: 2_147_483_647 as number, ...options }) as const;
export const boolean = <const O extends Loose<Options<BooleanField>>>(options: O = {} as O) => ({ kind: 'boolean', ...options }) as const;
/** A calendar day, ISO 8601 (`2026-03-31`), in the organisation's time zone. */
export const date = <const O extends Loose<Options<DateField>>>(options: O = {} as O) => ({ kind: 'date', ...options }) as const;
/** A point in time, ISO 8601 with zone; set by the server only. */
export const moment = <const O extends Loose<Options<MomentField>>>(options: O = {} as O) => ({ kind: 'moment', ...options }) as const;
export const choice = <const C extends string, const O extends Loose<Options<ChoiceField<C>>> = Record<never, never>>(
  choices: readonly C[],
  options: O = {} as O,
) => ({ kind: 'choice', choices, ...options }) as const;
export const choices = <const C extends string, const O extends Loose<Options<ChoicesField<C>>> = Record<never, never>>(
  values: readonly C[],
  options: O = {} as O,
) => ({ kind: 'choices', choices: values, ...options }) as const;
export const reference = <const O extends Loose<Options<ReferenceField>>>(to: string, options: O = {} as O) =>
  ({ kind: 'reference', to, ...options }) as const;
export const references = <const O extends Loose<Options<ReferencesField>>>(to: string, options: O = {} as O) =>
  ({ kind: 'references', to, ...options }) as const;
/** A person of the organisation's directory, with or without an account. */
export const person = <const O extends Loose<Options<ReferenceField>>>(options: O = {} as O) =>
  ({ kind: 'reference', to: 'people', ...options }) as const;
export const people = <const O extends Loose<Options<ReferencesField>>>(options: O = {} as O) =>
  ({ kind: 'references', to: 'people', ...options }) as const;
export const code = <const O extends Loose<Options<CodeField>>>(catalog: CodeList, options: O = {} as O) =>
  ({ kind: 'code', catalog, ...options }) as const;
export const codes = <const O extends Loose<Options<CodesField>>>(catalog: CodeList, options: O = {} as O) =>
  ({ kind: 'codes', catalog, ...options }) as const;
export const result = <const O extends Loose<Options<ResultField>>>(managed: string, options: O = {} as O) =>
  ({ kind: 'result', managed, ...options }) as const;

/** The TypeScript type of a field's value as it is written (references as ids). */
export type ValueOf<F> = F extends { kind: 'text' | 'longText' | 'date' | 'moment' | 'reference' | 'code' }
  ? string
  : F extends { kind: 'integer' }
    ? number
    : F extends { kind: 'boolean' }
      ? boolean
      : F extends { kind: 'choice'; choices: readonly (infer C)[] }
        ? C
        : F extends { kind: 'choices'; choices: readonly (infer C)[] }
          ? C[]
          : F extends { kind: 'references' | 'codes' }
            ? string[]
            : F extends { kind: 'result' }
              ? unknown
              : never;

/** True for fields that hold several values; an empty list stands for "none". */
export const isMany = (field: Field): field is ChoicesField | ReferencesField | CodesField =>
  field.kind === 'choices' || field.kind === 'references' || field.kind === 'codes';
