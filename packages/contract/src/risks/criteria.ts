import { everyone, riskKeepers, signatories } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { approvalInput, signatureFields, versionStates } from '../platform/approval.ts';
import { choice, integer, longText, result, text } from '../platform/field.ts';
import { command, register } from '../platform/register.ts';

/** What a scale of criteria looks like: lowest step first. Without a matrix the level of a cell is likelihood × consequence. */
export const criteriaScales = z.strictObject({
  likelihood: z
    .array(z.strictObject({ label: z.string().trim().min(1).max(60), meaning: z.string().trim().max(500) }))
    .min(3)
    .max(7),
  consequence: z
    .array(
      z.strictObject({
        label: z.string().trim().min(1).max(60),
        organisation: z.string().trim().max(500),
        individuals: z.string().trim().max(500),
        societies: z.string().trim().max(500),
      }),
    )
    .min(3)
    .max(7),
  /** Levels of the cells: a row for each likelihood, a column for each consequence. */
  matrix: z
    .array(z.array(z.int().min(1).max(49)).min(3).max(7))
    .min(3)
    .max(7)
    .optional(),
  bands: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        min: z.int().min(1).max(49),
        max: z.int().min(1).max(49),
        reviewMonths: z.int().min(1).max(60),
      }),
    )
    .min(2)
    .max(7),
  /** How many bands from the highest down a second person reads each rating; left out or 0: none. */
  secondReaderBands: z.int().min(0).max(7).optional(),
});

/** Risk criteria: versions; exactly one is approved and in force. */
export const riskCriteria = register({
  name: 'risk-criteria',
  room: 'risks',
  prefix: 'CRI',
  title: 'name',
  state: 'state',
  clauses: ['6.1.1', '6.1.2'],
  fields: {
    /** Given a name by the server when it comes without one. */
    name: text({ max: 200, inList: true, search: true }),
    state: choice(versionStates, { managed: 'approve', initial: 'draft', inList: true, filter: true }),
    versionNumber: integer({ managed: 'create', inList: true }),
    /** Levels above this one are not accepted without treatment and designated management. A new version starts with that of the default criteria. */
    threshold: integer({ min: 1, max: 49, inList: true }),
    method: longText({ group: 'method' }),
    scales: result('setScales', { group: 'method' }),
    ...signatureFields,
  },
  permissions: { read: everyone, create: riskKeepers, change: riskKeepers, archive: riskKeepers },
  commands: [
    command({ name: 'setScales', roles: riskKeepers, input: criteriaScales }),
    command({ name: 'submit', roles: riskKeepers, input: z.strictObject({}) }),
    command({ name: 'sendBack', roles: signatories, input: z.strictObject({ reason: z.string().trim().min(3).max(2000) }) }),
    command({ name: 'approve', roles: signatories, input: approvalInput, signature: true }),
  ],
});
