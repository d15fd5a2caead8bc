import { z } from 'zod';
import { endpoint, may, orgParams, recordParams } from './endpoint.ts';

const item = z
  .strictObject({
    id: z.uuid(),
    /** What is to happen, e.g. `invitation-letter`, `checkpoint-mail`. */
    kind: z.string(),
    /** `parked`: given up until somebody asks for another try. */
    state: z.enum(['waiting', 'running', 'parked']),
    createdAt: z.string(),
    /** When the next try is due; past when it is about to begin. */
    dueAt: z.string(),
    attempts: z.int(),
    /** Why the last try failed. */
    lastError: z.string().nullable(),
  })
  .meta({ id: 'OutboxMessage' });

export const listOutbox = endpoint({
  name: 'outbox.list',
  method: 'GET',
  path: '/api/v1/orgs/:org/outbox',
  access: may('settings.change'),
  summary: 'What has to leave and has not yet: mail, webhooks, time stamps; the newest 200, what failed first',
  params: orgParams,
  response: z.strictObject({ items: z.array(item) }),
});

export const retryOutbox = endpoint({
  name: 'outbox.retry',
  method: 'POST',
  path: '/api/v1/orgs/:org/outbox/:id/retry',
  access: may('settings.change'),
  summary: 'Try a message again now, with all its tries before it',
  params: recordParams,
  response: item,
});

export const dismissOutbox = endpoint({
  name: 'outbox.dismiss',
  method: 'DELETE',
  path: '/api/v1/orgs/:org/outbox/:id',
  access: may('settings.change'),
  summary: 'Drop a parked message: it will not leave',
  params: recordParams,
  response: z.strictObject({ done: z.literal(true) }),
});

export const outboxEndpoints = [listOutbox, retryOutbox, dismissOutbox];
