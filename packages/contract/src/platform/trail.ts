import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from './endpoint.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const readCheckpoint = endpoint({
  name: 'trail.checkpoint',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/checkpoint',
  access: members(everyone),
  summary: 'The newest signed checkpoint of the trail, to be kept elsewhere, and the public keys of its log',
  params: orgParams,
  response: z
    .strictObject({
      /** C2SP signed note; null before the first entry is anchored. */
      checkpoint: z.string().nullable(),
      size: z.int(),
      notAnchored: z.int(),
      keys: z.array(
        z.strictObject({
          verifierKey: z.string(),
          pem: z.string(),
          createdAt: z.string(),
          retiredAt: z.string().nullable(),
          endorsement: z.string().nullable(),
        }),
      ),
    })
    .meta({ id: 'TrailCheckpoint' }),
});

export const readEntryProof = endpoint({
  name: 'trail.proof',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/entries/:id/proof',
  access: members(everyone),
  summary: 'The envelope of one entry and the proof that it is in the tree under the newest checkpoint',
  params: recordParams,
  response: z
    .strictObject({
      entry: z.uuid(),
      envelope: z.string(),
      leafHash: hex,
      /** Null while the entry waits for the next checkpoint: it is not anchored. */
      anchored: z.strictObject({ seq: z.int(), size: z.int(), proof: z.array(hex), checkpoint: z.string() }).nullable(),
    })
    .meta({ id: 'TrailEntryProof' }),
});

export const readConsistency = endpoint({
  name: 'trail.consistency',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/consistency',
  access: members(everyone),
  summary: 'The proof that the tree of an older checkpoint is the beginning of that of a newer one',
  params: orgParams,
  query: z.strictObject({ from: size, to: size.optional() }),
  response: z.strictObject({ from: z.int(), to: z.int(), proof: z.array(hex) }).meta({ id: 'TrailConsistency' }),
});

const point = z.strictObject({ size: z.int(), at: z.iso.datetime({ offset: true }) });

/** For a slider over time: where the trail begins and ends, what each day brought, and days worth going to. */
export const readTimeline = endpoint({
  name: 'trail.timeline',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/timeline',
  access: members(everyone),
  summary: 'First and newest checkpoint, the entries anchored on each day (UTC), and days of approvals',
  params: orgParams,
  query: z.strictObject({ years: z.coerce.number().int().min(1).max(10).default(5) }),
  response: z
    .strictObject({
      /** Null while nothing is anchored. */
      first: point.nullable(),
      last: point.nullable(),
      /** Days with entries, oldest first; `size` is that of the day's last checkpoint, `at` when it was signed. */
      days: z.array(z.strictObject({ day: z.iso.date(), entries: z.int(), size: z.int(), at: z.iso.datetime({ offset: true }) })),
      /** Approvals of versions, newest first; `at` is a moment to ask `asOf` with: the approval is in it. */
      marks: z
        .array(
          z.strictObject({
            at: z.iso.datetime({ offset: true }),
            register: z.string(),
            id: z.uuid(),
            identifier: z.string(),
            title: z.string(),
            command: z.string(),
          }),
        )
        .max(200),
    })
    .meta({ id: 'TrailTimeline' }),
});

export const trailEndpoints = [readCheckpoint, readEntryProof, readConsistency, readTimeline];
