import { z } from 'zod';
import { controlId, meta, provenance, ruleId, words } from './provenance.ts';

/** A group of controls under one objective. A.6 has two of them (A.6.1, A.6.2): nine areas, ten objectives. */
export const controlArea = z.strictObject({
  id: controlId.or(z.string().regex(/^A\.\d+$/u)),
  title: words,
  objectiveNumber: controlId,
  objective: words,
  controls: z.array(controlId).min(1),
  ...provenance,
});
export type ControlArea = z.infer<typeof controlArea>;

/** One of the 38 controls: number and short title of Annex A, everything else in our own words. */
export const control = z.strictObject({
  id: controlId,
  title: words,
  area: z.string(),
  purpose: words,
  questions: z.array(words).min(1),
  evidence: z.array(words).min(1),
  records: z.array(z.string()).min(1),
  rules: z.array(ruleId),
  documentedInformation: words.nullable(),
  nistAiRmf: z.array(z.string()),
  euAiAct: z.array(z.string()),
  iso27001: z.array(z.string()),
  ...provenance,
});
export type Control = z.infer<typeof control>;

export const controlsFile = z.strictObject({
  meta: meta.extend({ invalidIds: z.array(z.string()) }),
  areas: z.array(controlArea),
  controls: z.array(control),
});
