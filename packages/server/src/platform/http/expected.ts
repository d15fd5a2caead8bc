import type { z } from 'zod';

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string | number>>;
}
const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def;

/** What is inside optional, nullable, with a default, or changed after it was read. */
const bare = (schema: z.ZodType): z.ZodType => {
  const { innerType, in: before } = defOf(schema);
  const inner = innerType ?? before;
  return inner === undefined ? schema : bare(inner);
};

const schemaAt = (schema: z.ZodType, [key, ...rest]: readonly PropertyKey[]): z.ZodType | null => {
  const here = bare(schema);
  if (key === undefined) return here;
  const { shape, element, valueType } = defOf(here);
  const next = typeof key === 'number' ? element : (shape?.[String(key)] ?? valueType);
  return next === undefined ? null : schemaAt(next, rest);
};

const ofText: Readonly<Record<string, string>> = {
  date: 'a day such as 2027-01-31',
  datetime: 'a moment such as 2027-01-31T09:00:00Z',
  uuid: 'a record, by its id',
  guid: 'a record, by its id',
  email: 'an address such as name@example.org',
};

const MOST_CHOICES = 12;

const choicesOf = ({ entries }: Def): string => {
  const choices = Object.values(entries ?? {});
  return `one of ${choices.slice(0, MOST_CHOICES).join(', ')}${choices.length > MOST_CHOICES ? ' and others' : ''}`;
};

/** What a schema expects at a path, in words of people; null where it has no simple word for it. */
export const expectedAt = (schema: z.ZodType, path: readonly PropertyKey[]): string | null => {
  const found = schemaAt(schema, path);
  if (found === null) return null;
  const def = defOf(found);
  switch (def.type) {
    case 'string':
      return ofText[(found as unknown as { readonly format?: string | null }).format ?? ''] ?? 'words';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'enum':
      return choicesOf(def);
    case 'array':
      return 'a list';
    default:
      return null;
  }
};
