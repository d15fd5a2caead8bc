import { STEP_IDS, type ClassificationLaw } from '@aimwell/core/systems/law';
import { z } from 'zod';
import { provenance, words } from './provenance.ts';

/** One point of the law; the shape that `classify` in core reads. */
export const lawItem = z.strictObject({
  id: z.string().min(1),
  article: words,
  text: words,
  appliesFrom: z.iso.date(),
  legacy: z.strictObject({ placedBefore: z.iso.date(), appliesFrom: z.iso.date(), article: words }).exactOptional(),
  roles: z.array(z.string()).min(1).exactOptional(),
  note: words.exactOptional(),
  ...provenance,
});

/** Results of later steps that bring an excluded system back in. */
const lawExclusion = lawItem.extend({
  exceptFor: z
    .array(z.enum(['prohibited', 'high-risk', 'transparency']))
    .min(1)
    .exactOptional(),
});

const lawQuestion = z.strictObject({ id: z.enum(STEP_IDS), article: words, title: words, question: words, help: words });

export const lawFile = z.strictObject({
  version: z.string().regex(/^[a-z-]+@\d{4}-\d+$/u),
  title: words,
  date: z.iso.date(),
  ...provenance,
  questions: z.array(lawQuestion),
  scope: z.strictObject({ links: z.array(lawItem), exclusions: z.array(lawExclusion) }),
  roles: z.array(lawItem),
  roleChanges: z.array(lawItem),
  prohibitedPractices: z.array(lawItem),
  productRoutes: z.array(lawItem),
  annexIII: z.array(z.strictObject({ id: z.string(), title: words, points: z.array(lawItem).min(1) })),
  exemption: z.strictObject({ basis: lawItem, conditions: z.array(lawItem), duties: z.array(words) }),
  transparencyCases: z.array(lawItem),
  modelDuties: z.array(lawItem),
}) satisfies z.ZodType<ClassificationLaw>;
export type LawFile = z.infer<typeof lawFile>;
