import { z } from 'zod';
import { clauseOrControl, meta, provenance, words } from './provenance.ts';

/** Answers of the first hour that a draft waits for; each key given must match one of its values. Empty: always. */
export const draftCondition = z.strictObject({
  activities: z
    .array(z.enum(['builds', 'buys', 'supplies']))
    .min(1)
    .optional(),
  countries: z
    .array(z.enum(['EU', 'UK', 'US']))
    .min(1)
    .optional(),
  holds: z
    .array(z.enum(['iso27001', 'iso9001']))
    .min(1)
    .optional(),
});
export type DraftCondition = z.infer<typeof draftCondition>;

const draftId = z.string().regex(/^D[CPK]-\d{2}(?:-\d+)?$/u);
const draft = { id: draftId, draft: z.literal(true), ...provenance };

export const draftIssue = z.strictObject({
  ...draft,
  kind: z.enum(['external', 'internal']),
  topic: z.enum([
    'law',
    'market',
    'technology',
    'culture',
    'ethics',
    'competition',
    'climate',
    'organisation',
    'people',
    'supply',
    'other',
  ]),
  title: words,
  description: words,
  refs: z.array(clauseOrControl).min(1),
  when: draftCondition,
});
export type DraftIssue = z.infer<typeof draftIssue>;
export const draftIssuesFile = z.strictObject({ meta, issues: z.array(draftIssue) });

const draftRequirement = z.strictObject({
  ...draft,
  title: words,
  basis: z.enum(['law', 'contract', 'expectation']),
  refs: z.array(clauseOrControl).min(1),
});
export const draftParty = z.strictObject({
  ...draft,
  kind: z.enum([
    'affected_persons',
    'customers',
    'regulators',
    'employees',
    'suppliers',
    'owners',
    'partners',
    'public',
    'certification_body',
    'other',
  ]),
  name: words,
  description: words,
  when: draftCondition,
  requirements: z.array(draftRequirement).min(1),
});
export type DraftParty = z.infer<typeof draftParty>;
export const draftPartiesFile = z.strictObject({ meta, parties: z.array(draftParty) });

const band = z.strictObject({ name: words, min: z.int().min(1), max: z.int().min(1), reviewMonths: z.int().min(1) });
/** Risk criteria to start from; `scales` has the shape that the command `setScales` of the register takes. */
export const draftCriteria = z.strictObject({
  ...draft,
  name: words,
  refs: z.array(clauseOrControl).min(1),
  /** A risk is above it when its level is greater. */
  threshold: z.int().min(1),
  acceptanceMonths: z.int().min(1),
  method: words,
  scales: z.strictObject({
    likelihood: z
      .array(z.strictObject({ label: words, meaning: words }))
      .min(3)
      .max(7),
    consequence: z
      .array(z.strictObject({ label: words, organisation: words, individuals: words, societies: words }))
      .min(3)
      .max(7),
    bands: z.array(band).min(2),
  }),
  bandMeanings: z.record(z.string(), words),
});
export type DraftCriteria = z.infer<typeof draftCriteria>;
export const draftCriteriaFile = z.strictObject({ meta, criteria: draftCriteria });
