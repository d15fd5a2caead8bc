import type { Role } from '@aimwell/core/roles/permissions';
import type { z } from 'zod';
import type { Field, ValueOf } from './field.ts';

/** A deed that the platform's create, patch and archive cannot say: assess, approve, accept, verify… */
export interface Command<Input extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Strict zod object; the server adds nothing to it. */
  readonly input: Input;
  /** Asks for the password again (signatures). Tokens cannot sign unless the organisation says so. */
  readonly signature?: boolean;
}

export interface Permissions {
  readonly read: readonly Role[];
  readonly create: readonly Role[];
  readonly change: readonly Role[];
  readonly archive: readonly Role[];
}

export type Fields = Readonly<Record<string, Field>>;

/** One register, declared once. Everything else about it follows from this or is code in its rooms. */
export interface Register<Name extends string = string, F extends Fields = Fields> {
  /** Plural, as in the URL; also the key of its words in the catalog. */
  readonly name: Name;
  /** The room that owns it. */
  readonly room: string;
  /** Letters of its identifiers, e.g. `SYS` gives SYS-0042. */
  readonly prefix: string;
  /** SQL table; its history twin is `<table>_history`. */
  readonly table: string;
  /** The field that names a record. */
  readonly title: string;
  readonly clauses: readonly string[];
  readonly fields: F;
  /** The choice field that holds the state, if it has one. */
  readonly state?: string;
  readonly permissions: Permissions;
  readonly commands: readonly Command[];
  /** Can be imported from tables (CSV, XLSX, JSON). */
  readonly importable: boolean;
  /** The field of this register that points to its parent, for records that are only understood below one. */
  readonly parent?: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

type Declared<Name extends string, F extends Fields> = Omit<
  Register<Name, F>,
  'table' | 'commands' | 'importable' | 'examples' | 'fields'
> & {
  readonly fields: F;
  readonly commands?: readonly Command[];
  readonly importable?: boolean;
  readonly examples?: Register['examples'];
};

/** Declares a register. Throws when the declaration contradicts itself, at start and in every test. */
export const register = <const Name extends string, const F extends Fields>(declared: Declared<Name, F>): Register<Name, F> => {
  const { fields } = declared;
  if (!(declared.title in fields)) throw new Error(`${declared.name}: title field ${declared.title} is not declared`);
  if (declared.state !== undefined && fields[declared.state]?.kind !== 'choice')
    throw new Error(`${declared.name}: state ${declared.state} is not a choice`);
  for (const [name, field] of Object.entries(fields)) {
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw new Error(`${declared.name}.${name}: a field name is camelCase`);
    if (reserved.has(name)) throw new Error(`${declared.name}.${name}: this name belongs to the platform`);
    if (field.required === true && field.managed !== undefined && field.kind !== 'choice')
      throw new Error(`${declared.name}.${name}: a managed field cannot be required of people`);
  }
  return { commands: [], importable: false, examples: [], ...declared, table: declared.name.replaceAll('-', '_') };
};

/** A command's declaration, typed by its input. */
export const command = <Input extends z.ZodType>(declared: Command<Input>): Command<Input> => declared;

const reserved = new Set([
  'id',
  'number',
  'identifier',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'archivedAt',
  'archivedReason',
  'custom',
  'organizationId',
  'reason',
  'happenedOn',
]);

type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];
type ManagedKeys<F extends Fields> = { [K in keyof F]: F[K] extends { managed: string } ? K : never }[keyof F];

/** A record's values as the server keeps them: references as ids, absent values null, absent lists empty. */
export type Values<R extends Register> = {
  -readonly [K in keyof R['fields']]: R['fields'][K] extends { kind: 'choices' | 'references' | 'codes' }
    ? ValueOf<R['fields'][K]>
    : K extends RequiredKeys<R['fields']>
      ? ValueOf<R['fields'][K]>
      : ValueOf<R['fields'][K]> | null;
};

/** What a person may send to create a record. */
export type NewValues<R extends Register> = Omit<Partial<Values<R>>, ManagedKeys<R['fields']>>;

/** `fooBar` → `foo_bar`: the SQL name of a field. References get `_id`, so that a reader of SQL sees what they hold. */
export const columnOf = (name: string, field: Field): string => {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return field.kind === 'reference' ? `${snake}_id` : field.kind === 'references' ? `${snake}_ids` : snake;
};

/** `SYS` and 42 → `SYS-0042`. */
export const identifierOf = (register: Pick<Register, 'prefix'>, number: number): string =>
  `${register.prefix}-${String(number).padStart(4, '0')}`;
