import { z } from 'zod';

/** A source of chance that says the same again for the same seed (mulberry32). */
export const chance = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return { next, pick, once: (probability: number) => next() < probability };
};
export type Chance = ReturnType<typeof chance>;

/** Texts that have broken other people's software: encodings, quotations, paths, formulas, names of JavaScript itself. */
export const nastyTexts: readonly string[] = [
  '',
  ' ',
  'a\u0000b',
  '\u0000',
  '\ud800',
  'x\udc00y',
  '\ufeffx',
  '\u202egnp.exe',
  "' or '1'='1",
  '"; drop table systems; --',
  '$1',
  '%00',
  '%s%n',
  '../../../../etc/passwd',
  '..\\..\\x',
  '=1+1',
  '@SUM(A1)',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'none',
  '-1',
  '1e309',
  '9'.repeat(40),
  '0000-01-01',
  '2026-02-31',
  '9999-12-31',
  '-infinity',
  '{}',
  '[',
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: x=1',
  '🦉'.repeat(120),
  'ẞ'.repeat(3000),
  'w '.repeat(12_000),
];

const nastyValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  -1e308,
  [],
  {},
  [null],
  [[[[[]]]]],
  { __proto__: null },
  { length: -1 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** What the generator may put where a schema asks for something that exists: ids by chance, and values by property name. */
export interface Known {
  readonly ids: readonly string[];
  readonly named: Readonly<Record<string, readonly unknown[]>>;
}

/** A value for a schema, right in most places and wrong in some: only what is nearly right gets past the front door. */
export const valueFor = (schema: z.ZodType, known: Known, random: Chance, wrong = 0.06): unknown => {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const make = (given: Schema, name: string, depth: number): unknown => {
    if (random.once(wrong)) return random.once(0.6) ? random.pick(nastyTexts) : random.pick(nastyValues);
    const found = given.$ref === undefined ? given : given.$ref === '#' ? root : (root.$defs?.[given.$ref.split('/').at(-1) ?? ''] ?? {});
    if (Object.hasOwn(known.named, name) && random.once(0.8)) return random.pick(known.named[name] ?? []);
    if (found.const !== undefined) return found.const;
    if (found.enum !== undefined) return random.pick(found.enum);
    const choices = found.anyOf ?? found.oneOf;
    if (choices !== undefined) return make(random.pick(choices), name, depth);
    if (found.allOf !== undefined) return Object.assign({}, ...found.allOf.map((part) => make(part, name, depth)));
    switch (found.type) {
      case 'object':
        return objectFor(found, depth);
      case 'array':
        return depth > 6 ? [] : Array.from({ length: Math.floor(random.next() * 3) }, () => make(found.items ?? {}, name, depth + 1));
      case 'integer':
      case 'number':
        return Math.max(found.minimum ?? 0, Math.min(found.maximum ?? 9, Math.floor(random.next() * 9)));
      case 'boolean':
        return random.once(0.5);
      case 'null':
        return null;
      case 'string':
        if (found.format === 'uuid') return random.pick(known.ids);
        if (found.format === 'date') return random.pick(['2026-01-15', '2026-11-20', '2024-02-29', '2027-12-31']);
        if (found.format === 'email') return `${Math.floor(random.next() * 1e6)}@example.org`;
        return random.once(0.15) ? random.pick(nastyTexts) : `Sample ${Math.floor(random.next() * 100)}`;
      default:
        return random.once(0.5) ? random.pick(nastyTexts) : random.pick(nastyValues);
    }
  };
  const objectFor = (found: Schema, depth: number): Record<string, unknown> => {
    const entries: [string, unknown][] = [];
    for (const [name, member] of Object.entries(found.properties ?? {}))
      if (found.required?.includes(name) === true ? !random.once(0.03) : random.once(0.35))
        entries.push([name, make(member, name, depth + 1)]);
    if (typeof found.additionalProperties === 'object' || random.once(wrong / 2))
      entries.push([
        random.pick(nastyTexts),
        typeof found.additionalProperties === 'object' ? make(found.additionalProperties, '', depth + 1) : 'x',
      ]);
    // Own members, as JSON.parse makes them: an assignment would lose `__proto__`.
    const result: Record<string, unknown> = {};
    for (const [name, value] of entries)
      Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
    return result;
  };
  return make(root, '', 0);
};
