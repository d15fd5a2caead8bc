import { z } from 'zod';
import { endpoint, may, orgParams } from './endpoint.ts';

/** Import of tables into a register: drop a file, see where its columns go, look at a dry run, mend it, commit. */

const registerParams = orgParams.extend({ register: z.string().max(60) });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const valueMap = z.strictObject({
  seen: z.string().max(100_000),
  count: z.int().min(0).default(0),
  value: z.string().max(200).optional(),
});

/** Where one column goes: to a field, to an own field named by the column's key, or nowhere. */
export const columnMap = z
  .strictObject({
    index: z.int().min(0).max(999),
    key: z.string().max(100_000),
    to: z.enum(['field', 'own', 'skip']),
    field: z.string().max(60).optional(),
    confidence: z.number().min(0).max(1).default(1),
    samples: z.array(z.string()).max(10).default([]),
    values: z.array(valueMap).max(20_000).optional(),
  })
  .meta({ id: 'ImportColumn' });

export const importMapping = z
  .strictObject({
    columns: z.array(columnMap).max(200),
    /** Keys of the columns that name a row in its source; without them the content of the row does. */
    idColumns: z.array(z.string().max(100_000)).max(10).optional(),
    /** How to read 3/4/2024. */
    dateOrder: z.enum(['dmy', 'mdy']).optional(),
  })
  .meta({ id: 'ImportMapping' });
export type ImportMapping = z.infer<typeof importMapping>;

/** Cells that a person mended in place: row number → field → what it should say. */
export const importFixes = z.record(
  z.string().regex(/^\d{1,7}$/),
  z.record(z.string().max(60), z.union([z.string().max(100_000), z.array(z.string().max(300)).max(1000)])),
);
export type ImportFixes = z.infer<typeof importFixes>;

const tableProblem = z.strictObject({
  code: z.string(),
  severity: z.enum(['info', 'warning']),
  row: z.int().optional(),
  column: z.string().optional(),
  message: z.string(),
  remedy: z.string(),
});

/** A field that columns can go to, with the choices that values can mean. */
export const importField = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    kind: z.string(),
    required: z.boolean(),
    choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  })
  .meta({ id: 'ImportField' });

export const importFile = z
  .strictObject({
    file: sha256,
    name: z.string(),
    kind: z.enum(['csv', 'xlsx', 'json']),
    encoding: z.string(),
    delimiter: z.string().optional(),
    sheets: z.array(z.strictObject({ name: z.string(), rows: z.int() })).optional(),
    sheet: z.string().optional(),
    headers: z.array(z.strictObject({ index: z.int(), text: z.string(), key: z.string() })),
    /** The first rows as the file has them. */
    sample: z.array(z.strictObject({ row: z.int(), cells: z.array(z.string()) })),
    rows: z.int(),
    blankRows: z.int(),
    problems: z.array(tableProblem),
    fields: z.array(importField),
    mapping: importMapping,
    /** Where the mapping comes from: a guess, an earlier import of the same columns, or the file being an export of this register. */
    mappingFrom: z.enum(['guess', 'saved', 'export']),
  })
  .meta({ id: 'ImportFile' });
export type ImportFile = z.infer<typeof importFile>;

/** `error`: the row is not ready. `needs`: complete enough for a draft, and somebody has to say something. `warning`: how a cell was understood. */
export const cellProblem = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'needs', 'warning']),
    row: z.int(),
    column: z.string(),
    field: z.string(),
    seen: z.string(),
    allowed: z.array(z.string()),
    message: z.string(),
    suggestion: z.string().optional(),
  })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof cellProblem>;

export const importRow = z
  .strictObject({
    row: z.int(),
    title: z.string(),
    state: z.enum(['ready', 'needs', 'wrong']),
    effect: z.enum(['create', 'change', 'unchanged']),
    values: z.record(z.string(), z.unknown()),
    problems: z.array(cellProblem),
  })
  .meta({ id: 'ImportRow' });

export const importCounts = z
  .strictObject({
    rows: z.int(),
    ready: z.int(),
    wrong: z.int(),
    /** What rows still need, by what is missing: `{ role: 3 }`. */
    needs: z.record(z.string(), z.int()),
    create: z.int(),
    change: z.int(),
    unchanged: z.int(),
    warnings: z.int(),
  })
  .meta({ id: 'ImportCounts' });
export type ImportCounts = z.infer<typeof importCounts>;

export const importPreview = z
  .strictObject({
    /** `18 rows: 15 ready, 3 need a role`. */
    summary: z.string(),
    counts: importCounts,
    rows: z.array(importRow),
    next: z.string().nullable(),
    /** Texts of choice columns that nobody has given a meaning yet. */
    values: z.array(
      z.strictObject({
        column: z.string(),
        field: z.string(),
        seen: z.string(),
        count: z.int(),
        allowed: z.array(z.strictObject({ value: z.string(), label: z.string() })),
      }),
    ),
    /** People who are not in the directory yet. */
    newPeople: z.array(z.string()),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreview>;

export const importResult = z
  .strictObject({
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    skipped: z.int(),
    people: z.array(z.string()),
    ids: z.array(z.uuid()),
    warnings: z.int(),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.infer<typeof importResult>;

const chosen = z.strictObject({
  file: sha256,
  name: z.string().max(300).default('table'),
  sheet: z.string().max(100).optional(),
  mapping: importMapping,
  fixes: importFixes.default({}),
  createPeople: z.boolean().default(true),
});

export const uploadImport = endpoint({
  name: 'import.file',
  method: 'POST',
  path: '/api/v1/orgs/:org/import/:register/file',
  access: may('import.run'),
  summary: 'Bring a table (multipart, one part named "file"): what is in it and where its columns would go',
  params: registerParams,
  query: z.strictObject({ sheet: z.string().max(100).optional() }),
  response: importFile,
});
export const previewImport = endpoint({
  name: 'import.preview',
  method: 'POST',
  path: '/api/v1/orgs/:org/import/:register/preview',
  access: may('import.run'),
  summary: 'Dry run: what each row would become and what is wrong with it; nothing is written',
  params: registerParams,
  body: chosen.extend({
    limit: z.int().min(1).max(500).default(100),
    only: z.enum(['problems', 'all']).default('all'),
    cursor: z
      .string()
      .regex(/^\d{1,7}$/)
      .optional(),
  }),
  response: importPreview,
});
export const commitImport = endpoint({
  name: 'import.commit',
  method: 'POST',
  path: '/api/v1/orgs/:org/import/:register/commit',
  access: may('import.run'),
  summary: 'Import, all or nothing, as long work with progress; its result says what was created, changed and left as it was',
  params: registerParams,
  body: chosen.extend({ keepProblemsAsDrafts: z.boolean().default(false) }),
  response: z.strictObject({ work: z.uuid() }),
  status: 202,
});

export const transferEndpoints = [uploadImport, previewImport, commitImport];
