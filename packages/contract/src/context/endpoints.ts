import { managers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { draftCondition } from '../catalog/drafts.ts';
import { endpoint, members, orgParams } from '../platform/endpoint.ts';

const created = z.strictObject({ issues: z.int(), parties: z.int(), requirements: z.int() });
const { activities, countries, holds } = draftCondition.shape;
/** The same answers as a draft's condition names, of which a person may give none. */
const someOf = <Of extends z.core.$ZodType>(condition: { readonly element: Of }) => z.array(condition.element).default([]);

/** Answers of the first hour: what the organisation does with AI, where it does it, which certificates it holds. */
export const contextAnswers = z.strictObject({
  activities: someOf(activities.unwrap()),
  countries: someOf(countries.unwrap()),
  holds: someOf(holds.unwrap()),
});

/** Writes the catalog's drafts that fit the answers, marked as suggested. What was suggested once never comes again. */
export const draftContext = endpoint({
  name: 'context.drafts',
  method: 'POST',
  path: '/api/v1/orgs/:org/context/drafts',
  access: members(managers),
  register: 'context-issues',
  summary: 'Draft issues, interested parties and their requirements from a few answers, marked as suggested',
  params: orgParams,
  body: contextAnswers,
  response: z
    .strictObject({ created, /** Fitting drafts that had been suggested before. */ present: created })
    .meta({ id: 'ContextDrafts' }),
});

export const contextEndpoints = [draftContext];
