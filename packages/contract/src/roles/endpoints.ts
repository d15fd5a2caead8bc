import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, pastQuery } from '../platform/endpoint.ts';
import { referenceView } from '../platform/schema.ts';

/** Duties that should not lie in one hand, as they are held today. Shown, never refused. */
export const readIncompatibilities = endpoint({
  name: 'roles.incompatibilities',
  method: 'GET',
  path: '/api/v1/orgs/:org/roles/incompatibilities',
  access: members(everyone),
  register: 'role-assignments',
  summary: 'Responsibilities and authorities that should not lie in one hand',
  params: orgParams,
  query: z.strictObject(pastQuery),
  asOf: true,
  response: z
    .strictObject({
      items: z.array(
        z.strictObject({
          kind: z.enum(['audits_own_work', 'handles_own_concern', 'sole_approver_is_author']),
          person: referenceView,
          message: z.string(),
          remedy: z.string(),
          assignments: z.array(referenceView),
        }),
      ),
    })
    .meta({ id: 'Incompatibilities' }),
});

export const rolesEndpoints = [readIncompatibilities];
