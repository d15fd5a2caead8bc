import { everyone, signatories } from '@aimwell/core/roles/permissions';
import { processKeepers } from '@aimwell/core/processes/tasks';
import { z } from 'zod';
import { endpoint, members, orgParams, recordParams } from '../platform/endpoint.ts';
import { deviationView } from './views.ts';

const base = '/api/v1/orgs/:org/processes';
const keep = members(processKeepers);
const reason = z.string().trim().min(3).max(2000);
const gate = z.strictObject({
  register: z.string().max(60),
  command: z.string().max(60),
  /** Key of a process in whose run the command is carried out; one command can be bound to several. */
  process: z.string().max(60),
});

export const gateEndpoints = {
  list: endpoint({
    name: 'process-gates.list',
    method: 'GET',
    path: `${base}/gates`,
    access: members(everyone),
    summary: 'Commands that are carried out only within runs of their processes, and those that could be',
    params: orgParams,
    response: z.strictObject({ items: z.array(gate), proposed: z.array(gate) }),
  }),
  open: endpoint({
    name: 'process-gates.set',
    method: 'PUT',
    path: `${base}/gates`,
    access: keep,
    summary: 'Bind a command of a register to a process; it is refused outside a run of one that it is bound to from then on',
    params: orgParams,
    body: gate.extend({ reason }),
    response: gate,
  }),
  remove: endpoint({
    name: 'process-gates.remove',
    method: 'DELETE',
    path: `${base}/gates`,
    access: keep,
    summary: 'Free a command of one process that it is bound to, with a reason',
    params: orgParams,
    body: gate.extend({ reason }),
    response: z.strictObject({ done: z.literal(true) }),
  }),
  emergency: endpoint({
    name: 'process-gates.emergency',
    method: 'POST',
    path: `${base}/emergency`,
    access: members(signatories),
    summary: 'Carry out a bound command outside its process: on a recorded authority, with a reason; it opens a deviation',
    params: orgParams,
    body: z.strictObject({
      register: z.string().max(60),
      record: z.uuid(),
      command: z.string().max(60),
      input: z.record(z.string().max(100), z.json()).default({}),
      reason,
      /** The authority it rests on, one of your own; the first that holds today unless named. */
      authority: z.uuid().optional(),
      password: z.string().max(200).optional(),
    }),
    response: deviationView,
    status: 201,
  }),
  deviations: endpoint({
    name: 'process-deviations.list',
    method: 'GET',
    path: `${base}/deviations`,
    access: members(everyone),
    summary: 'Where a bound command was carried out outside its process, newest first, at most 500',
    params: orgParams,
    response: z.strictObject({ items: z.array(deviationView) }),
  }),
  close: endpoint({
    name: 'process-deviations.close',
    method: 'POST',
    path: '/api/v1/orgs/:org/process-deviations/:id/close',
    access: keep,
    summary: 'Close a deviation with what was done about it',
    params: recordParams,
    body: z.strictObject({ note: reason }),
    response: deviationView,
  }),
} as const;
