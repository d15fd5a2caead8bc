import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams } from '../platform/endpoint.ts';

/** A draft of the scope statement, worded from the scope's elements and the systems in scope. Nothing is saved. */
export const readDraftSentence = endpoint({
  name: 'scope.draftSentence',
  method: 'GET',
  path: '/api/v1/orgs/:org/scope/draft-sentence',
  access: members(everyone),
  register: 'scope-statements',
  summary: 'A sentence for the scope statement, worded from the recorded elements and systems',
  params: orgParams,
  response: z
    .strictObject({
      statement: z.string(),
      aiRoles: z.string(),
      exclusions: z.string(),
      /** What no record says yet. */
      missing: z.array(z.string()),
      systems: z.strictObject({ inScope: z.int(), outOfScope: z.int(), undecided: z.int() }),
    })
    .meta({ id: 'ScopeDraft' }),
});

export const scopeEndpoints = [readDraftSentence];
