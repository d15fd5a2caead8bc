import { z } from 'zod';
import { controlId, meta, provenance, words } from './provenance.ts';

/** A document (maintain) or record (retain) that the clauses ask for; `status` says how plainly they do. */
export const mandatoryDocument = z.strictObject({
  key: z.string().regex(/^[a-z_]+$/u),
  title: words,
  status: words,
  mode: z.enum(['maintain', 'retain']),
  clauses: z.array(z.string()).min(1),
  requirements: z.array(z.string()),
  ...provenance,
});
export type MandatoryDocument = z.infer<typeof mandatoryDocument>;

/** A document that follows from an Annex A control, if the control is applicable. */
export const applicableDocument = z.strictObject({ control: controlId, title: words, ...provenance });
export type ApplicableDocument = z.infer<typeof applicableDocument>;

export const documentedInformationFile = z.strictObject({
  meta,
  mandatory: z.array(mandatoryDocument),
  ifApplicable: z.array(applicableDocument),
});
