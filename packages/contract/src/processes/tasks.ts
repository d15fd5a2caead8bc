import { everyone } from '@aimwell/core/roles/permissions';
import { processKeepers, workers } from '@aimwell/core/processes/tasks';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from '../platform/endpoint.ts';
import { taskRead, taskView, variables } from './views.ts';

const base = '/api/v1/orgs/:org/process-tasks';
const work = members(workers);
const read = members(everyone);
const evidence = z.strictObject({ evidence: z.uuid(), kind: z.string().trim().min(1).max(100).nullable().default(null) });

export const completion = z.strictObject({
  variables: variables.default({}),
  /** Input of the action that its form names; fields of the register for `create` and `patch`. */
  form: z.record(z.string().max(100), z.json()).optional(),
  /** The record that the form is about, where it is not the one of the run. */
  record: z.uuid().optional(),
  evidence: z.array(evidence).max(50).default([]),
  comment: z.string().trim().min(1).max(10_000).optional(),
  password: z.string().max(200).optional(),
});

export const taskEndpoints = {
  list: endpoint({
    name: 'process-tasks.list',
    method: 'GET',
    path: base,
    access: read,
    summary: 'Tasks by due date: yours (given to you, or free for a role of yours), of a person, of a role, or all',
    params: orgParams,
    query: z.strictObject({
      who: z.enum(['me', 'all']).default('me'),
      role: z.string().max(60).optional(),
      person: z.uuid().optional(),
      process: z.uuid().optional(),
      instance: z.uuid().optional(),
      state: z.enum(['open', 'done']).default('open'),
      overdue: z.enum(['true']).optional(),
      unstaffed: z.enum(['true']).optional(),
      cursor: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.strictObject({ items: z.array(taskView), next: z.string().nullable() }),
  }),
  count: endpoint({
    name: 'process-tasks.count',
    method: 'GET',
    path: `${base}/count`,
    access: read,
    summary: 'How many tasks are open, overdue, and without anybody to do them: yours and in all',
    params: orgParams,
    response: z.strictObject({ mine: z.int(), mineOverdue: z.int(), open: z.int(), overdue: z.int(), unstaffed: z.int() }),
  }),
  read: endpoint({
    name: 'process-tasks.get',
    method: 'GET',
    path: `${base}/:id`,
    access: read,
    summary: 'A task with what it asks, what is attached, and what stands against you doing it',
    params: recordParams,
    response: taskRead,
  }),
  claim: endpoint({
    name: 'process-tasks.claim',
    method: 'POST',
    path: `${base}/:id/claim`,
    access: work,
    summary: 'Take a free task',
    params: recordParams,
    body: z.strictObject({}),
    response: taskRead,
  }),
  release: endpoint({
    name: 'process-tasks.release',
    method: 'POST',
    path: `${base}/:id/release`,
    access: work,
    summary: 'Give a task that is yours back to its role',
    params: recordParams,
    body: z.strictObject({}),
    response: taskRead,
  }),
  delegate: endpoint({
    name: 'process-tasks.delegate',
    method: 'POST',
    path: `${base}/:id/delegate`,
    access: work,
    summary: 'Hand a task that is yours to another person',
    params: recordParams,
    body: z.strictObject({ person: z.uuid(), reason: z.string().trim().max(2000).optional() }),
    response: taskRead,
  }),
  reassign: endpoint({
    name: 'process-tasks.reassign',
    method: 'POST',
    path: `${base}/:id/reassign`,
    access: members(processKeepers),
    summary: 'Give a task to a person, whoever has it, with a reason',
    params: recordParams,
    body: z.strictObject({ person: z.uuid(), reason: z.string().trim().min(3).max(2000) }),
    response: taskRead,
  }),
  comment: endpoint({
    name: 'process-tasks.comment',
    method: 'POST',
    path: `${base}/:id/comment`,
    access: work,
    summary: 'Say something about a task',
    params: recordParams,
    body: z.strictObject({ body: z.string().trim().min(1).max(10_000) }),
    response: taskRead,
  }),
  attach: endpoint({
    name: 'process-tasks.attach',
    method: 'POST',
    path: `${base}/:id/evidence`,
    access: work,
    summary: 'Attach evidence to a task, as a kind that it asks for or as more than it asks',
    params: recordParams,
    body: evidence,
    response: taskRead,
  }),
  complete: endpoint({
    name: 'process-tasks.complete',
    method: 'POST',
    path: `${base}/:id/complete`,
    access: work,
    summary: 'Complete a task (If-Match): its form is carried out with it, or neither is. The second of two gets 409',
    params: recordParams,
    body: completion,
    response: taskRead,
  }),
  openCalendar: endpoint({
    name: 'process-tasks.openCalendar',
    method: 'POST',
    path: `${base}/calendar`,
    access: work,
    summary: 'Make an address at which a calendar reads the due dates of your tasks; it is shown once and ends the one before',
    params: orgParams,
    body: z.strictObject({}),
    response: z.strictObject({ address: z.string() }),
  }),
  closeCalendar: endpoint({
    name: 'process-tasks.closeCalendar',
    method: 'DELETE',
    path: `${base}/calendar`,
    access: work,
    summary: 'End the address of your calendar',
    params: orgParams,
    response: z.strictObject({ done: z.literal(true) }),
  }),
  calendar: endpoint({
    name: 'process-tasks.calendar',
    method: 'GET',
    path: '/api/v1/process-calendar/:token',
    access: { kind: 'public' },
    summary: 'Due dates of tasks as iCalendar, for whoever has the address',
    params: z.strictObject({ token: z.string().min(1).max(100) }),
    response: z.unknown(),
    binary: true,
  }),
} as const;
