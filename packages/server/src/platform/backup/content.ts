import { z } from 'zod';

/** What the letters of the frames mean. A section is its head, any number of data frames, and its end. */
export const kinds = { manifest: 'M', table: 'T', file: 'F', key: 'K', ledger: 'L', data: 'D', end: 'E', summary: 'Z' } as const;

const hex = z.string().regex(/^[0-9a-f]{64}$/);

const Signed = z.object({ size: z.number(), root: hex, note: z.string() });

/** The first frame: what the backup is of, as of one moment. */
export const Manifest = z.object({
  product: z.string(),
  /** When the snapshot was taken, RFC 3339. */
  takenAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), sha256: hex })),
  /** Each organisation's newest checkpoint in the snapshot; null where nothing was anchored yet. */
  organisations: z.array(
    z.object({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      checkpoint: Signed.nullable(),
    }),
  ),
  /** The newest checkpoint of the installation log; backups of before it had a tree do not name one. */
  installation: Signed.nullable().default(null),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string() })),
  tables: z.array(z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) })),
  /** Without them the restored installation cannot sign until the folder is put back. */
  withKeys: z.boolean(),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableHead = Manifest['tables'][number];

// Names become paths when they are restored, so that only these are taken.
export const FileHead = z.object({ organisation: z.uuid(), sha256: hex, size: z.number() });
export type FileHead = z.infer<typeof FileHead>;
export const KeyHead = z.object({ name: z.string().regex(/^\w[\w.-]*$/) });

export const End = z.object({ bytes: z.number(), sha256: hex, rows: z.number().optional() });
export type End = z.infer<typeof End>;

/** A file that a record names and whose bytes could not be had when the backup was taken. */
const LeftOut = z.object({ organisation: z.string(), sha256: hex, reason: z.enum(['missing', 'damaged']) });
export type LeftOut = z.infer<typeof LeftOut>;

/** The last frame: what must have been read by then. */
export const Summary = z.object({
  tables: z.number(),
  rows: z.number(),
  files: z.number(),
  fileBytes: z.number(),
  keys: z.number(),
  leftOut: z.array(LeftOut),
});
export type Summary = z.infer<typeof Summary>;
