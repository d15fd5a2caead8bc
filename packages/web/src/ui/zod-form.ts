import type { z } from 'zod';

/** What a command's zod input says about one of its values, reduced to what a form needs. */
export type Shape =
  | { readonly kind: 'text'; readonly max: number | undefined; readonly long: boolean }
  | { readonly kind: 'date' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'texts' }
  | { readonly kind: 'group'; readonly fields: readonly Input[] }
  | { readonly kind: 'list'; readonly fields: readonly Input[]; readonly min: number; readonly max: number };
export interface Input {
  readonly name: string;
  readonly required: boolean;
  readonly initial: unknown;
  readonly shape: Shape;
}

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly entries?: Record<string, string>;
  readonly in?: z.ZodType;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly minimum?: number; readonly maximum?: number } } }[];
}
const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def;

/** The inputs of a strict object, in their order. A schema this cannot read as a form gives none. */
export const inputsOf = (schema: z.ZodType): readonly Input[] => {
  const { shape } = defOf(schema);
  return shape === undefined
    ? []
    : Object.entries(shape).flatMap(([name, inner]) => {
        const input = inputOf(name, inner);
        return input === undefined ? [] : [input];
      });
};

const inputOf = (name: string, schema: z.ZodType): Input | undefined => {
  let required = true;
  let initial: unknown;
  let inner = schema;
  for (let def = defOf(inner); def.innerType !== undefined; def = defOf(inner)) {
    required = false;
    if (def.type === 'default') initial = typeof def.defaultValue === 'function' ? (def.defaultValue as () => unknown)() : def.defaultValue;
    inner = def.innerType;
  }
  const shape = shapeOf(inner);
  return shape === undefined ? undefined : { name, required, initial, shape };
};

const shapeOf = (schema: z.ZodType): Shape | undefined => {
  const def = defOf(schema);
  const known = schema as unknown as {
    minValue?: number;
    maxValue?: number;
    maxLength?: number | null;
    format?: string | null;
    options?: readonly string[];
  };
  switch (def.type) {
    case 'string':
      if (known.format === 'date') return { kind: 'date' };
      if (known.format === 'uuid' || known.format === 'guid') return { kind: 'uuid' };
      return { kind: 'text', max: known.maxLength ?? undefined, long: (known.maxLength ?? 0) >= 500 };
    case 'number':
      return { kind: 'integer', min: finite(known.minValue), max: finite(known.maxValue) };
    case 'boolean':
      return { kind: 'boolean' };
    case 'enum':
      return { kind: 'choice', choices: known.options ?? [] };
    case 'object':
      return { kind: 'group', fields: inputsOf(schema) };
    case 'pipe':
      return def.in === undefined ? undefined : shapeOf(def.in);
    case 'array':
      return def.element === undefined ? undefined : listShape(def, def.element);
    default:
      return undefined;
  }
};

const listShape = (def: Def, element: z.ZodType): Shape | undefined => {
  const inner = shapeOf(element);
  if (inner?.kind === 'choice') return { kind: 'choices', choices: inner.choices };
  if (inner?.kind === 'text') return { kind: 'texts' };
  if (inner?.kind !== 'group') return undefined;
  const bounds = (def.checks ?? []).map(({ _zod }) => _zod.def);
  return {
    kind: 'list',
    fields: inner.fields,
    min: bounds.find((one) => one.minimum !== undefined)?.minimum ?? 0,
    max: bounds.find((one) => one.maximum !== undefined)?.maximum ?? 50,
  };
};

const finite = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;

/** What is sent: empty texts, unset values and empty groups are left out. */
export const written = (inputs: readonly Input[], values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    inputs.flatMap(({ name, shape, required }) => {
      const value = values[name];
      if (shape.kind === 'group') {
        const inner = written(shape.fields, (value as Record<string, unknown> | undefined) ?? {});
        return required || Object.keys(inner).length > 0 ? [[name, inner]] : [];
      }
      if (shape.kind === 'list')
        return [[name, ((value as Record<string, unknown>[] | undefined) ?? []).map((one) => written(shape.fields, one))]];
      if (typeof value === 'string') return value.trim() === '' ? [] : [[name, value.trim()]];
      if (shape.kind === 'choices' || shape.kind === 'texts')
        return !required && (value === undefined || (value as unknown[]).length === 0) ? [] : [[name, value ?? []]];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
