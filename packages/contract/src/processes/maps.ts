import { everyone, signatories } from '@aimwell/core/roles/permissions';
import { processKeepers } from '@aimwell/core/processes/tasks';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from '../platform/endpoint.ts';
import { registers } from '../registers.ts';
import { stepEdits } from './step-edits.ts';
import { cycleTime, departure, difference, heat, mapCheck, mapRead, mapView, migrationLine, versionRead } from './views.ts';

const base = '/api/v1/orgs/:org/processes';
const versions = '/api/v1/orgs/:org/process-versions/:id';
const read = members(everyone);
const keep = members(processKeepers);
const words = (max: number) => z.string().trim().max(max);

/** A map as it is sent: the text of a BPMN 2.0 file, or its bytes in base64 where they are to be kept as they are. */
const upload = {
  xml: z.string().max(6_000_000).optional(),
  file: z.base64().max(8_000_000).optional(),
  fileName: z.string().trim().min(1).max(200).default('process.bpmn'),
  note: words(2000).default(''),
};

export const newMap = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,59}$/, 'expected small letters, digits and hyphens')
    .optional(),
  name: words(200).min(1).optional(),
  description: words(5000).optional(),
  register: z.string().max(60).optional(),
  clauses: z.array(z.string().max(20)).max(100).optional(),
  /** Key of one that came with the product. */
  shipped: z.string().max(60).optional(),
  ...upload,
});

export const mapEndpoints = {
  list: endpoint({
    name: 'processes.list',
    method: 'GET',
    path: base,
    access: read,
    summary: 'Every process map with what runs of it',
    params: orgParams,
    response: z.strictObject({ items: z.array(mapView) }),
  }),
  shipped: endpoint({
    name: 'processes.shipped',
    method: 'GET',
    path: `${base}/shipped`,
    access: read,
    summary: 'Maps that came with the product; `process` is the one here that was made of it',
    params: orgParams,
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          key: z.string(),
          name: z.string(),
          description: z.string(),
          register: z.string().nullable(),
          clauses: z.array(z.string()),
          process: z.uuid().nullable(),
        }),
      ),
    }),
  }),
  read: endpoint({
    name: 'processes.get',
    method: 'GET',
    path: `${base}/:id`,
    access: read,
    summary: 'A process map with its versions',
    params: recordParams,
    response: mapRead,
  }),
  create: endpoint({
    name: 'processes.create',
    method: 'POST',
    path: base,
    access: keep,
    summary: 'Bring a process map: from a BPMN 2.0 file, or from those that came with the product (`shipped`)',
    params: orgParams,
    body: newMap,
    response: mapRead,
    status: 201,
  }),
  upload: endpoint({
    name: 'processes.upload',
    method: 'POST',
    path: `${base}/:id/versions`,
    access: keep,
    summary: 'Write the next version of a map; a draft that is there already is replaced',
    params: recordParams,
    body: z.strictObject({
      ...upload,
      /**
       * The newest version and its `version` as they were when the change began: refused when somebody saved another since. Without it a
       * draft in which somebody else has written is not replaced.
       */
      onto: z.strictObject({ id: z.uuid(), version: z.int() }).optional(),
    }),
    response: versionRead,
    status: 201,
  }),
  check: endpoint({
    name: 'processes.check',
    method: 'POST',
    path: `${base}/check`,
    access: keep,
    summary: 'Judge a map without keeping it: what keeps it from running, and what could be better, element by element',
    params: orgParams,
    body: z.strictObject({
      xml: z.string().max(6_000_000),
      /** What the process is about: of its records a condition that begins it is asked. */
      register: z
        .string()
        .max(60)
        .refine((name) => registers.some((one) => one.name === name), 'expected the name of a register')
        .nullable()
        .default(null),
    }),
    response: mapCheck,
  }),
  heat: endpoint({
    name: 'processes.heat',
    method: 'GET',
    path: `${base}/:id/heat`,
    access: read,
    summary: 'How many wait at each node, since when, how many are overdue; of one version or of all',
    params: recordParams,
    query: z.strictObject({ version: z.uuid().optional() }),
    response: z.strictObject({ items: z.array(heat) }),
  }),
  cycleTimes: endpoint({
    name: 'processes.cycleTimes',
    method: 'GET',
    path: `${base}/:id/cycle-times`,
    access: read,
    summary: 'How long tasks took, by step, and how many were late',
    params: recordParams,
    response: z.strictObject({ items: z.array(cycleTime) }),
  }),
  departures: endpoint({
    name: 'processes.departures',
    method: 'GET',
    path: `${base}/:id/departures`,
    access: read,
    summary: 'Steps that were late, passed by or called off, run by run, newest run first; `limit` counts runs',
    params: recordParams,
    query: z.strictObject({ cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(100).default(25) }),
    response: z.strictObject({ items: z.array(departure), runs: z.int(), next: z.string().nullable() }),
  }),
  version: endpoint({
    name: 'process-versions.get',
    method: 'GET',
    path: versions,
    access: read,
    summary: 'A version of a map with its XML and its steps as a table',
    params: recordParams,
    response: versionRead,
  }),
  file: endpoint({
    name: 'process-versions.file',
    method: 'GET',
    path: `${versions}/file`,
    access: read,
    summary:
      'The map as BPMN 2.0 XML (`original`: the bytes as they came), as a picture (`svg`; a map without a drawing has none), or as a document with its table of steps (`pdf`)',
    params: recordParams,
    query: z.strictObject({ form: z.enum(['xml', 'original', 'svg', 'pdf']).default('xml') }),
    response: z.unknown(),
    binary: true,
  }),
  compare: endpoint({
    name: 'process-versions.compare',
    method: 'GET',
    path: `${versions}/compare`,
    access: read,
    summary: 'What changed from another version of the map (the one before unless named) to this one: steps, times, properties, flows',
    params: recordParams,
    query: z.strictObject({ before: z.uuid().optional() }),
    response: z.strictObject({ before: z.strictObject({ id: z.uuid(), number: z.int() }).nullable(), items: z.array(difference) }),
  }),
  migrate: endpoint({
    name: 'process-versions.migrate',
    method: 'POST',
    path: `${versions}/migrate`,
    access: keep,
    summary: 'Move runs of earlier versions to the version in force (dryRun: only say what would become of them); at most 500 at once',
    params: recordParams,
    body: z.strictObject({
      dryRun: z.boolean().default(true),
      instances: z.array(z.uuid()).max(500).optional(),
      reason: words(2000).min(3),
    }),
    response: z.strictObject({ items: z.array(migrationLine) }),
  }),
  steps: endpoint({
    name: 'process-versions.steps',
    method: 'PATCH',
    path: `${versions}/steps`,
    access: keep,
    summary:
      'Change what a version says of its steps (role, due, form, evidence, references, RACI) without drawing (If-Match): a draft itself, of an approved version the next draft',
    params: recordParams,
    body: stepEdits,
    response: versionRead,
  }),
  submit: endpoint({
    name: 'process-versions.submit',
    method: 'POST',
    path: `${versions}/submit`,
    access: keep,
    summary: 'Give a draft to review',
    params: recordParams,
    body: z.strictObject({}),
    response: versionRead,
  }),
  sendBack: endpoint({
    name: 'process-versions.sendBack',
    method: 'POST',
    path: `${versions}/send-back`,
    access: members(signatories),
    summary: 'Make a version in review a draft again, with what has to change',
    params: recordParams,
    body: z.strictObject({ reason: words(2000).min(3) }),
    response: versionRead,
  }),
  approve: endpoint({
    name: 'process-versions.approve',
    method: 'POST',
    path: `${versions}/approve`,
    access: members(signatories),
    summary: 'Approve a version (signature; not by an author): new runs take it, the one before is retired',
    params: recordParams,
    body: z.strictObject({
      password: z.string().max(200).optional(),
      /**
       * What becomes of runs in progress: they stay on their version to the end, or all of them are moved to this one (refused when one
       * has no place in it). Has to be said where runs wait at elements that this version lacks.
       */
      runningInstances: z.union([z.literal('stay'), z.strictObject({ migrate: z.literal(true), reason: words(2000).min(3) })]).optional(),
    }),
    response: versionRead,
  }),
  retire: endpoint({
    name: 'process-versions.retire',
    method: 'POST',
    path: `${versions}/retire`,
    access: keep,
    summary: 'Take the version in force out of use: no new runs; those in progress go on',
    params: recordParams,
    body: z.strictObject({ reason: words(2000).min(3) }),
    response: versionRead,
  }),
} as const;
