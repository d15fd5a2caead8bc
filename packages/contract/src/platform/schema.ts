import { z } from 'zod';
import { type Field, isMany } from './field.ts';
import type { Register } from './register.ts';

/** The calendar has no year 0, and neither has PostgreSQL. */
export const calendarDay = z.iso.date().refine((day) => day >= '0001', 'expected a day from the year 1 on');

const trimmed = (max: number) => z.string().trim().min(1).max(max);

/** What is accepted when a value is written. */
export const writeSchema = (field: Field): z.ZodType => {
  switch (field.kind) {
    case 'text':
      return trimmed(field.max).regex(/^[^\r\n]*$/u, 'expected one line');
    case 'longText':
      return trimmed(field.max);
    case 'integer':
      return z.int().min(field.min).max(field.max);
    case 'boolean':
      return z.boolean();
    case 'date':
      return calendarDay;
    case 'moment':
      return z.iso.datetime({ offset: true });
    case 'choice':
      return z.enum(field.choices as [string, ...string[]]);
    case 'choices':
      return z.array(z.enum(field.choices as [string, ...string[]])).max(field.choices.length);
    case 'reference':
      return z.uuid();
    case 'references':
      return z.array(z.uuid()).max(1000);
    case 'code':
      return z.string().max(60);
    case 'codes':
      return z.array(z.string().max(60)).max(500);
    case 'result':
      return z.unknown();
  }
};

/** What another record looks like inside an answer. */
export const referenceView = z.strictObject({ id: z.uuid(), identifier: z.string(), title: z.string() }).meta({ id: 'Reference' });
export type ReferenceView = z.infer<typeof referenceView>;

const readSchema = (field: Field): z.ZodType => {
  switch (field.kind) {
    case 'reference':
      return referenceView.nullable();
    case 'references':
      return z.array(referenceView);
    case 'codes':
      return z.array(z.string());
    case 'choices':
      return z.array(z.enum(field.choices as [string, ...string[]]));
    case 'text':
    case 'longText':
      return z.string().nullable();
    case 'result':
      return z.unknown();
    default:
      return writeSchema(field).nullable();
  }
};

/** Own fields of the organisation: name → text, as declared by the organisation or brought by an import. */
export const customValues = z.record(z.string().max(200), z.string().max(100_000));

const writable = (register: Register) => Object.entries(register.fields).filter(([, field]) => field.managed === undefined);

/** Body of POST: unknown and managed fields are refused. */
export const createSchema = (register: Register) =>
  z
    .strictObject({
      ...Object.fromEntries(
        writable(register).map(([name, field]) => [name, field.required === true ? writeSchema(field) : nullable(field).optional()]),
      ),
      custom: customValues.optional(),
      reason: z.string().trim().max(2000).optional(),
    })
    .meta({ id: `${pascal(register.name)}Create` });

/** Body of PATCH: only what changes. `null` takes a value away. */
export const patchSchema = (register: Register) =>
  z
    .strictObject({
      ...Object.fromEntries(
        writable(register).map(([name, field]) => [name, (field.required === true ? writeSchema(field) : nullable(field)).optional()]),
      ),
      custom: customValues.optional(),
      reason: z.string().trim().max(2000).optional(),
    })
    .meta({ id: `${pascal(register.name)}Patch` });

const nullable = (field: Field) => (isMany(field) ? writeSchema(field) : writeSchema(field).nullable());

/** A record as it is answered. */
export const viewSchema = (register: Register) =>
  z
    .strictObject({
      id: z.uuid(),
      identifier: z.string(),
      version: z.int(),
      ...Object.fromEntries(Object.entries(register.fields).map(([name, field]) => [name, readSchema(field)])),
      custom: customValues,
      createdAt: z.string(),
      createdBy: referenceView.nullable(),
      updatedAt: z.string(),
      updatedBy: referenceView.nullable(),
      archivedAt: z.string().nullable(),
      archivedReason: z.string().nullable(),
    })
    .meta({ id: pascal(register.name) });

/** `risk-criteria` → `RiskCriteria`. */
export const pascal = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** One version in a record's history. */
export const historyEntry = z
  .strictObject({
    /** The entry of the trail; its proof is at `trail/entries/:id/proof`. */
    entryId: z.uuid(),
    /** Place of the entry in the tree, from 0; null while it waits for a checkpoint: it is not anchored. */
    seq: z.int().nullable(),
    version: z.int(),
    command: z.string(),
    at: z.string(),
    by: referenceView.nullable(),
    /** Name of the API token that did it on nobody's behalf. */
    token: z.string().nullable(),
    reason: z.string().nullable(),
    changes: z.array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown() })),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof historyEntry>;

export const page = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), next: z.string().nullable() });
