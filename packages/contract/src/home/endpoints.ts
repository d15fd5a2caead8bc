import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, pastQuery } from '../platform/endpoint.ts';

const amount = z.int().min(0);
const about = { register: z.string(), id: z.uuid(), identifier: z.string(), title: z.string() };

/** One date that a record or a task of a process (`process-tasks`) sets and that is near or past. */
export const dueItem = z
  .strictObject({
    ...about,
    /** The field that holds the date. */
    field: z.string(),
    date: z.iso.date(),
    /** Who answers for it; null when nobody does. */
    person: z.string().nullable(),
    /** The role a task waits for while nobody has it. */
    role: z.string().nullable(),
    /** Of the caller, or free for a role of his. */
    mine: z.boolean(),
  })
  .meta({ id: 'DueItem' });
export type DueItem = z.infer<typeof dueItem>;

/** Dates that are late or come within ninety days: those of the caller first, each part in the order of its dates. */
export const readDue = endpoint({
  name: 'home.due',
  method: 'GET',
  path: '/api/v1/orgs/:org/due',
  access: members(everyone),
  summary: 'Everything that is late or due within ninety days, mine first',
  params: orgParams,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), ...pastQuery }),
  asOf: true,
  response: z.strictObject({ items: z.array(dueItem), total: amount, late: amount, mine: amount }).meta({ id: 'Due' }),
});

/** What one person did with one kind of record on one day; `record` is the newest of `count`. */
export const change = z
  .strictObject({
    ...about,
    command: z.string(),
    by: z.string().nullable(),
    at: z.iso.datetime({ offset: true }),
    count: z.int().min(1),
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof change>;

export const readChanges = endpoint({
  name: 'home.changes',
  method: 'GET',
  path: '/api/v1/orgs/:org/changes',
  access: members(everyone),
  summary: 'What changed in the last days, newest first, the same deed on the same day counted together',
  params: orgParams,
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(7), ...pastQuery }),
  asOf: true,
  response: z.strictObject({ items: z.array(change).max(50) }).meta({ id: 'Changes' }),
});

/** A decision that waits for the caller and that he may take. */
export const awaitingItem = z
  .strictObject({
    ...about,
    deed: z.enum(['acceptRole', 'approveVersion', 'acceptRisk', 'approveAcceptance']),
    /** The command of the register that answers it. */
    command: z.string(),
    since: z.iso.date().nullable(),
  })
  .meta({ id: 'AwaitingItem' });
export type AwaitingItem = z.infer<typeof awaitingItem>;

export const readMyWork = endpoint({
  name: 'home.myWork',
  method: 'GET',
  path: '/api/v1/orgs/:org/my-work',
  access: members(everyone),
  summary: 'What is due for me and what awaits my answer or signature',
  params: orgParams,
  response: z
    .strictObject({ awaiting: z.array(awaitingItem), due: z.array(dueItem).max(200), dueTotal: amount, late: amount })
    .meta({ id: 'MyWork' }),
});

export const countMyWork = endpoint({
  name: 'home.myWorkCount',
  method: 'GET',
  path: '/api/v1/orgs/:org/my-work/count',
  access: members(everyone),
  summary: 'How many things wait for me',
  params: orgParams,
  response: z.strictObject({ count: amount }),
});

export const homeEndpoints = [readDue, readChanges, readMyWork, countMyWork];
