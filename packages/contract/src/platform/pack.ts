import { z } from 'zod';
import { asOfMoment, endpoint, may, orgParams, recordParams } from './endpoint.ts';
import { referenceView } from './schema.ts';

/** An audit pack that was made: what it holds, and the hash by which a copy is known again. */
export const packView = z
  .strictObject({
    id: z.uuid(),
    scope: z.string(),
    asOf: z.string().nullable(),
    /** Entries of the trail; files of evidence; parts left out on purpose, each listed in the pack with its reason. */
    entries: z.int(),
    files: z.int(),
    leftOut: z.int(),
    bytes: z.int(),
    sha256: z.string(),
    checkpointSize: z.int(),
    timeStamped: z.boolean(),
    /** External auditors see it. */
    shared: z.boolean(),
    /** The file is still kept here; later it can be made again. */
    available: z.boolean(),
    madeAt: z.iso.datetime({ offset: true }),
    madeBy: referenceView.nullable(),
  })
  .meta({ id: 'AuditPack' });
export type PackView = z.infer<typeof packView>;

export const startPack = endpoint({
  name: 'packs.make',
  method: 'POST',
  path: '/api/v1/orgs/:org/packs',
  access: may('pack.make'),
  summary: 'Make an audit pack; answers the long work that tells how far it is and, at its end, the id of the pack',
  params: orgParams,
  body: z.strictObject({
    scope: z.string().trim().min(1).max(100).meta({ description: 'all, soa, or system:ID (id or identifier)' }),
    asOf: asOfMoment.optional(),
    shared: z.boolean().default(false),
  }),
  response: z.strictObject({ work: z.uuid() }),
});

export const listPacks = endpoint({
  name: 'packs.list',
  method: 'GET',
  path: '/api/v1/orgs/:org/packs',
  access: may('pack.read'),
  summary: 'The newest 200 audit packs that were made; for external auditors those shared with them',
  params: orgParams,
  response: z.strictObject({ items: z.array(packView) }),
});

export const downloadPack = endpoint({
  name: 'packs.download',
  method: 'GET',
  path: '/api/v1/orgs/:org/packs/:id/file',
  access: may('pack.read'),
  summary: 'The pack as a ZIP archive; writes down that it was handed out',
  params: recordParams,
  response: z.unknown(),
  binary: true,
});

export const packEndpoints = [startPack, listPacks, downloadPack];
