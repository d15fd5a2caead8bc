import { formats, mostSubjects } from '@aimwell/core/evidence/recognise/summary';
import { everyone, managers, writers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from '../platform/endpoint.ts';
import { calendarDay, referenceView, viewSchema } from '../platform/schema.ts';
import { evidence } from './evidence.ts';

/** What a recognised file says; the value of the field `summary`. */
export const evidenceSummary = z
  .strictObject({
    format: z.enum(formats),
    formatVersion: z.string().nullable(),
    madeBy: z.string().nullable(),
    counts: z.record(z.string(), z.int()),
    details: z.record(z.string(), z.string()),
    subjects: z.array(z.strictObject({ name: z.string(), sha256: z.string().nullable() })).max(mostSubjects),
  })
  .meta({ id: 'EvidenceSummary' });
export type EvidenceSummary = z.infer<typeof evidenceSummary>;

const names = z.array(z.string().trim().min(1).max(300)).max(100).default([]);

/** The fields beside the part `file`; `proves` and `system` may be repeated. */
export const collectFields = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .regex(/^[^\r\n]*$/u, 'expected one line')
    .optional(),
  proves: names,
  system: names,
  description: z.string().trim().min(1).max(20_000).optional(),
  collectedOn: calendarDay.optional(),
  lateReason: z.string().trim().min(3).max(2000).optional(),
  validFrom: calendarDay.optional(),
  validUntil: calendarDay.optional(),
  intervalMonths: z.coerce.number().int().min(1).max(120).optional(),
  nextDue: calendarDay.optional(),
});
export type CollectFields = z.output<typeof collectFields>;

export const collectEvidence = endpoint({
  name: 'evidence.collect',
  method: 'POST',
  path: '/api/v1/orgs/:org/evidence/collect',
  access: members(writers),
  summary:
    'Add a file with what it proves, in one call (multipart: file, proves, system, title, validUntil, …); test results, SARIF, attestations and bills of materials are read and summarised, broken ones refused',
  params: orgParams,
  response: z
    .strictObject({
      /** False when evidence in use already has this content for the same things. */
      created: z.boolean(),
      /** The format the file was recognised as; null for any other file. */
      recognised: z.enum(formats).nullable(),
      evidence: viewSchema(evidence),
    })
    .meta({ id: 'CollectedEvidence' }),
  register: 'evidence',
});

export const readFileVersions = endpoint({
  name: 'evidence.versions',
  method: 'GET',
  path: '/api/v1/orgs/:org/evidence/:id/versions',
  access: members(everyone),
  summary: 'Every file this evidence has had, newest first; each is served by /file?version=',
  params: recordParams,
  response: z.strictObject({
    items: z.array(
      z
        .strictObject({
          /** Version of the record from which this was its file. */
          version: z.int(),
          at: z.string(),
          by: referenceView.nullable(),
          /** Name of the API token that brought it, where it stands for nobody. */
          token: z.string().nullable(),
          fileName: z.string(),
          fileType: z.string().nullable(),
          fileSize: z.number().nullable(),
          sha256: z.string(),
          current: z.boolean(),
          /** The day the bytes were deleted because retention had ended. */
          purgedOn: z.iso.date().nullable(),
        })
        .meta({ id: 'EvidenceFile' }),
    ),
  }),
  register: 'evidence',
});
export type EvidenceFile = z.infer<typeof readFileVersions.response>['items'][number];

export const readRetention = endpoint({
  name: 'evidence.retention',
  method: 'GET',
  path: '/api/v1/orgs/:org/evidence/:id/retention',
  access: members(everyone),
  summary: 'What keeps the file of this evidence, and until when',
  params: recordParams,
  response: z
    .strictObject({
      holds: z.array(
        z.strictObject({
          why: z.enum(['in_force', 'superseded', 'rule', 'in_use']),
          until: z.iso.date().nullable(),
          version: z.string().nullable(),
        }),
      ),
      until: z.iso.date().nullable(),
      purgedOn: z.iso.date().nullable(),
    })
    .meta({ id: 'EvidenceRetention' }),
  register: 'evidence',
});

export const purgeEvidence = endpoint({
  name: 'evidence.purge',
  method: 'POST',
  path: '/api/v1/orgs/:org/evidence/:id/purge',
  access: members(managers),
  summary: 'Delete the files of archived evidence whose retention has ended; record, trail and SHA-256 stay (If-Match)',
  params: recordParams,
  body: z.strictObject({ reason: z.string().trim().min(3).max(2000) }),
  response: viewSchema(evidence),
  register: 'evidence',
});

export const evidenceEndpoints = [collectEvidence, readFileVersions, readRetention, purgeEvidence];
