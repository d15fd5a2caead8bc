import { z } from 'zod';
import { emailAddress, personName } from '../identity/views.ts';
import { endpoint, may, orgParams } from './endpoint.ts';

const hour = z.int().min(0).max(23);

const leavingView = z
  .strictObject({
    /** The hour of the day in `timeZone`, the organisation's own. */
    hour,
    timeZone: z.string(),
    /** The next round; null while nothing is to leave. */
    nextAt: z.string().nullable(),
    lastAt: z.string().nullable(),
    /** How many entries the last checkpoint that left covers. */
    lastSize: z.int().nullable(),
    recipients: z.array(
      z.strictObject({
        /** Somebody of the directory; null for an address outside it. */
        personId: z.uuid().nullable(),
        name: z.string().nullable(),
        /** Null when the directory has no address for him now. */
        email: z.string().nullable(),
      }),
    ),
    webhook: z.strictObject({ url: z.string() }).nullable(),
    stamp: z.boolean(),
    /** What this installation can do at all. */
    mailAvailable: z.boolean(),
    /** Address of the time-stamp authority, if one is set up. */
    stampAuthority: z.string().nullable(),
  })
  .meta({ id: 'CheckpointLeaving' });
export type LeavingView = z.output<typeof leavingView>;

/** To whom, by which ways, at which hour. */
export const leavingWish = z.strictObject({
  hour,
  recipients: z
    .array(z.union([z.strictObject({ personId: z.uuid() }), z.strictObject({ email: emailAddress, name: personName.optional() })]))
    .max(50),
  /** `newSecret`: the secret there is ends, a new one is answered. A new address always gets one. */
  webhook: z.strictObject({ url: z.string().trim().min(1).max(2000), newSecret: z.boolean().optional() }).nullable(),
  /** Have each checkpoint stamped by the time-stamp authority of the installation (RFC 3161). */
  stamp: z.boolean(),
});
export type LeavingWish = z.output<typeof leavingWish>;

export const readLeaving = endpoint({
  name: 'trail.leaving',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/leaving',
  access: may('settings.change'),
  summary: 'To whom the newest checkpoint goes each day',
  params: orgParams,
  response: leavingView,
});

export const changeLeaving = endpoint({
  name: 'trail.leaving.change',
  method: 'PUT',
  path: '/api/v1/orgs/:org/trail/leaving',
  access: may('settings.change'),
  summary: 'Say to whom the newest checkpoint goes each day; a secret for the webhook is made and shown once',
  params: orgParams,
  body: leavingWish,
  response: z.strictObject({ leaving: leavingView, secret: z.string().nullable() }),
});

export const leaveNow = endpoint({
  name: 'trail.leaving.now',
  method: 'POST',
  path: '/api/v1/orgs/:org/trail/leaving/now',
  access: may('settings.change'),
  summary: 'Send the newest checkpoint now',
  params: orgParams,
  response: z.strictObject({ size: z.int(), messages: z.int() }),
});

export const listLeft = endpoint({
  name: 'trail.left',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/left',
  access: may('settings.change'),
  summary: 'Which checkpoints left, when, how and to whom; newest first',
  params: orgParams,
  query: z.strictObject({ before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.strictObject({
    items: z.array(
      z
        .strictObject({
          /** The entry of the trail that tells of it; `before` takes it for the next page. */
          entry: z.uuid(),
          at: z.string(),
          /** What follows is null where the entry's payload was erased. */
          size: z.int().nullable(),
          way: z.enum(['mail', 'webhook', 'stamp']).nullable(),
          /** A name, an address, a host. */
          to: z.string().nullable(),
          stamped: z.boolean(),
        })
        .meta({ id: 'CheckpointLeft' }),
    ),
  }),
});

export const readStamp = endpoint({
  name: 'trail.stamp',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/stamps/:size',
  access: may('reports.read'),
  summary: 'The time stamp (RFC 3161) over the checkpoint of this size',
  params: orgParams.extend({ size: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  response: z.unknown(),
  binary: true,
});

export const leavingEndpoints = [readLeaving, changeLeaving, leaveNow, listLeft, readStamp];
