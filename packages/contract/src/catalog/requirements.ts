import { z } from 'zod';
import { pdca } from './clauses.ts';
import { meta, provenance, words } from './provenance.ts';

/** One checkable point of the standard in our own words. `do` = an activity, `have` = something that exists, `doc` = a document or record. */
export const requirement = z.strictObject({
  id: z.string().regex(/^\d+(?:\.\d+)*-\d+$/u),
  clause: z.string(),
  pdca,
  text: words,
  kind: z.enum(['do', 'have', 'doc']),
  documentedInformation: z.strictObject({ mode: z.enum(['maintain', 'retain']), document: z.string() }).nullable(),
  evidence: z.array(words),
  records: z.array(z.string()),
  ...provenance,
});
export type Requirement = z.infer<typeof requirement>;

export const requirementsFile = z.strictObject({ meta, requirements: z.array(requirement) });
