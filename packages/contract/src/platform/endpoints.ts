import { z } from 'zod';
import { workers } from '@aimwell/core/processes/tasks';
import { everyone, writers } from '@aimwell/core/roles/permissions';
import { endpoint, may, members, open, orgParams, pastQuery } from './endpoint.ts';
import { referenceView } from './schema.ts';
import { evidence } from '../evidence/evidence.ts';
import { viewSchema } from './schema.ts';

/** Endpoints of the platform that belong to no single register. */

export const catalogNames = [
  'controls',
  'areas',
  'requirements',
  'clauses',
  'risk-sources',
  'rules',
  'glossary',
  'classification-law',
  'drafts',
  'indicators',
] as const;

export const readCatalog = endpoint({
  name: 'catalog.read',
  method: 'GET',
  path: '/api/v1/catalog/:list',
  access: open,
  summary: 'A list of the content base, each item with source, date verified and confidence',
  params: z.strictObject({ list: z.enum(catalogNames) }),
  response: z.unknown(),
});

export const health = endpoint({
  name: 'health',
  method: 'GET',
  path: '/api/v1/health',
  access: open,
  summary: 'Whether the server and its database answer',
  response: z.strictObject({ status: z.literal('ok'), database: z.enum(['embedded', 'external']), version: z.string() }),
});

export const search = endpoint({
  name: 'search',
  method: 'GET',
  path: '/api/v1/orgs/:org/search',
  access: members(everyone),
  summary: 'Records of every register by words or identifier, best first',
  params: orgParams,
  query: z.strictObject({ q: z.string().trim().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(20), ...pastQuery }),
  response: z.strictObject({
    items: z.array(z.strictObject({ register: z.string(), id: z.uuid(), identifier: z.string(), title: z.string() })),
  }),
  asOf: true,
});

export const comment = z
  .strictObject({ id: z.uuid(), author: referenceView.nullable(), body: z.string(), createdAt: z.string() })
  .meta({ id: 'Comment' });
const about = orgParams.extend({ register: z.string().max(60), id: z.uuid() });

export const listComments = endpoint({
  name: 'comments.list',
  method: 'GET',
  path: '/api/v1/orgs/:org/comments/:register/:id',
  access: members(everyone),
  summary: 'Comments on a record, oldest first',
  params: about,
  query: z.strictObject(pastQuery),
  asOf: true,
  response: z.strictObject({ items: z.array(comment) }),
});
export const addComment = endpoint({
  name: 'comments.add',
  method: 'POST',
  path: '/api/v1/orgs/:org/comments/:register/:id',
  access: members(everyone.filter((role) => role !== 'external_auditor' && role !== 'reader')),
  summary: 'Comment on a record',
  params: about,
  body: z.strictObject({ body: z.string().trim().min(1).max(10_000) }),
  response: comment,
  status: 201,
});

/** Where a record is named by others: the next links of its thread. */
export const readLinks = endpoint({
  name: 'links.read',
  method: 'GET',
  path: '/api/v1/orgs/:org/links/:register/:id',
  access: members(everyone),
  summary: 'Records that name this one, by register and field',
  params: about,
  query: z.strictObject(pastQuery),
  asOf: true,
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        register: z.string(),
        field: z.string(),
        id: z.uuid(),
        identifier: z.string(),
        title: z.string(),
        state: z.string().nullable(),
      }),
    ),
  }),
});

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
/** Header of an export: the signed note of the checkpoint that goes with it, in Base64. */
export const checkpointHeader = 'aimwell-checkpoint';

export const exportRegister = endpoint({
  name: 'export',
  method: 'GET',
  path: '/api/v1/orgs/:org/export/:register',
  access: may('export.run'),
  summary: 'A register as a table, by the same filters as its list',
  params: orgParams.extend({ register: z.string().max(60) }),
  query: z.looseObject({ format: z.enum(exportFormats).default('csv'), ...pastQuery }),
  response: z.unknown(),
  binary: true,
  asOf: true,
});

export const longWork = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    label: z.string(),
    done: z.int(),
    total: z.int().nullable(),
    result: z.unknown(),
    startedAt: z.string(),
  })
  .meta({ id: 'LongWork' });
export const listWork = endpoint({
  name: 'work.list',
  method: 'GET',
  path: '/api/v1/orgs/:org/work',
  access: members(everyone),
  summary: 'Long work of the last day, newest first',
  params: orgParams,
  response: z.strictObject({ items: z.array(longWork) }),
});
export const readWork = endpoint({
  name: 'work.read',
  method: 'GET',
  path: '/api/v1/orgs/:org/work/:id',
  access: members(everyone),
  summary: 'How far a piece of long work is',
  params: orgParams.extend({ id: z.uuid() }),
  response: longWork,
});

const evidenceParams = orgParams.extend({ id: z.uuid() });
export const uploadEvidence = endpoint({
  name: 'evidence.upload',
  method: 'POST',
  path: '/api/v1/orgs/:org/evidence/:id/file',
  access: members(workers),
  summary:
    'Give a piece of evidence its file (multipart, one part named "file"); replacing makes a new version. Whoever may not change evidence gives one to what he recorded himself, once',
  params: evidenceParams,
  response: viewSchema(evidence),
  register: 'evidence',
});
export const downloadEvidence = endpoint({
  name: 'evidence.download',
  method: 'GET',
  path: '/api/v1/orgs/:org/evidence/:id/file',
  access: members(everyone),
  summary: 'The file of a piece of evidence; refused when it no longer matches its SHA-256',
  params: evidenceParams,
  /** A version of the record, whose file is meant; the newest when left out. */
  query: z.strictObject({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
  response: z.unknown(),
  binary: true,
  register: 'evidence',
});

/** Changes many records at once, each by the rules of its register; all or nothing. */
export const bulkChange = endpoint({
  name: 'bulk.change',
  method: 'POST',
  path: '/api/v1/orgs/:org/bulk/:register',
  access: members(writers),
  summary: 'Set the same fields on many records',
  params: orgParams.extend({ register: z.string().max(60) }),
  body: z.strictObject({
    ids: z.array(z.uuid()).min(1).max(20_000),
    set: z.record(z.string().max(60), z.unknown()),
    reason: z.string().trim().max(2000).optional(),
  }),
  response: z.strictObject({ changed: z.int() }),
});

export const platformEndpoints = [
  readCatalog,
  health,
  search,
  listComments,
  addComment,
  readLinks,
  exportRegister,
  listWork,
  readWork,
  uploadEvidence,
  downloadEvidence,
  bulkChange,
];
