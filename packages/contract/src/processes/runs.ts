import { everyone } from '@aimwell/core/roles/permissions';
import { processKeepers, workers } from '@aimwell/core/processes/tasks';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from '../platform/endpoint.ts';
import { incidentView, instanceRead, instanceStates, instanceView, overlay, variables } from './views.ts';

const base = '/api/v1/orgs/:org/process-instances';
const keep = members(processKeepers);
const read = members(everyone);
const reason = z.string().trim().min(3).max(2000);
const paged = { cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export const runEndpoints = {
  list: endpoint({
    name: 'process-instances.list',
    method: 'GET',
    path: base,
    access: read,
    summary: 'Runs of processes, newest first',
    params: orgParams,
    query: z.strictObject({
      process: z.uuid().optional(),
      status: z.enum(instanceStates).optional(),
      register: z.string().max(60).optional(),
      record: z.uuid().optional(),
      /** Runs with a token at this node. */
      node: z.string().max(200).optional(),
      ...paged,
    }),
    response: z.strictObject({ items: z.array(instanceView), next: z.string().nullable() }),
  }),
  start: endpoint({
    name: 'process-instances.start',
    method: 'POST',
    path: base,
    access: members(workers),
    summary: 'Start a run of the version in force',
    params: orgParams,
    body: z.strictObject({
      /** Key or id of the map. */
      process: z.string().min(1).max(60),
      title: z.string().trim().min(1).max(300).optional(),
      record: z.strictObject({ register: z.string().max(60), id: z.uuid() }).optional(),
      /** The start event; the one without a trigger unless named. */
      start: z.string().max(200).optional(),
      variables: variables.default({}),
    }),
    response: instanceRead,
    status: 201,
  }),
  read: endpoint({
    name: 'process-instances.get',
    method: 'GET',
    path: `${base}/:id`,
    access: read,
    summary: 'A run with its tokens, tasks, evidence and history',
    params: recordParams,
    response: instanceRead,
  }),
  file: endpoint({
    name: 'process-instances.file',
    method: 'GET',
    path: `${base}/:id/file`,
    access: read,
    summary: 'A run as PDF: its map with what is done, under way, late and skipped, and its steps as a table',
    params: recordParams,
    response: z.unknown(),
    binary: true,
  }),
  overlay: endpoint({
    name: 'process-instances.overlay',
    method: 'GET',
    path: `${base}/:id/overlay`,
    access: read,
    summary: 'What became of each step of a run: done, current, late, skipped',
    params: recordParams,
    response: overlay,
  }),
  terminate: endpoint({
    name: 'process-instances.terminate',
    method: 'POST',
    path: `${base}/:id/terminate`,
    access: keep,
    summary: 'End a run, with a reason',
    params: recordParams,
    body: z.strictObject({ reason }),
    response: instanceRead,
  }),
  suspend: endpoint({
    name: 'process-instances.suspend',
    method: 'POST',
    path: `${base}/:id/suspend`,
    access: keep,
    summary: 'Hold a run up, with a reason: nobody completes a task in it, timers wait, what else comes is kept until it is resumed',
    params: recordParams,
    body: z.strictObject({ reason }),
    response: instanceRead,
  }),
  resume: endpoint({
    name: 'process-instances.resume',
    method: 'POST',
    path: `${base}/:id/resume`,
    access: keep,
    summary: 'Let a suspended run go on: what came meanwhile comes first, then timers that are due, each once',
    params: recordParams,
    body: z.strictObject({ reason: reason.optional() }),
    response: instanceRead,
  }),
  retry: endpoint({
    name: 'process-instances.retry',
    method: 'POST',
    path: `${base}/:id/retry`,
    access: keep,
    summary: 'Try again what stopped as an incident, with values that mend its cause',
    params: recordParams,
    body: z.strictObject({ token: z.int().min(1), variables: variables.default({}) }),
    response: instanceRead,
  }),
  setVariables: endpoint({
    name: 'process-instances.setVariables',
    method: 'POST',
    path: `${base}/:id/variables`,
    access: keep,
    summary: 'Set values of a run, with a reason; conditions are looked at again',
    params: recordParams,
    body: z.strictObject({ variables, reason }),
    response: instanceRead,
  }),
  message: endpoint({
    name: 'processes.message',
    method: 'POST',
    path: '/api/v1/orgs/:org/processes/messages',
    access: members(workers),
    summary: 'Hand a message to the run that waits for it, or start the process that begins with it',
    params: orgParams,
    body: z.strictObject({
      name: z.string().min(1).max(200),
      /** Whose message it is, as the map says by `correlation`. */
      correlation: z.json().optional(),
      variables: variables.default({}),
    }),
    response: z.strictObject({ instance: z.uuid(), started: z.boolean() }),
  }),
  signal: endpoint({
    name: 'processes.signal',
    method: 'POST',
    path: '/api/v1/orgs/:org/processes/signals',
    access: keep,
    summary: 'Give a signal to every run that waits for it; it goes out in the background',
    params: orgParams,
    body: z.strictObject({ name: z.string().min(1).max(200), variables: variables.default({}) }),
    response: z.strictObject({ waiting: z.int() }),
  }),
  incidents: endpoint({
    name: 'process-incidents.list',
    method: 'GET',
    path: '/api/v1/orgs/:org/process-incidents',
    access: read,
    summary: 'What stopped and waits for somebody to mend its cause; newest first, at most 200',
    params: orgParams,
    response: z.strictObject({ items: z.array(incidentView) }),
  }),
} as const;
