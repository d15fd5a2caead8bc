import { z } from 'zod';
import { meta, provenance, ruleId, words } from './provenance.ts';

export const pdca = z.enum(['Plan', 'Do', 'Check', 'Act']);
export type Pdca = z.infer<typeof pdca>;

/** A clause heading of the standard with the requirements and rules that belong to it. */
export const clause = z.strictObject({
  id: z.string().regex(/^\d+(?:\.\d+)*$/u),
  title: words,
  pdca,
  requirements: z.array(z.string()),
  sharedWithHarmonizedStructure: z.boolean(),
  aiSpecific: words.nullable(),
  note: words.nullable(),
  rules: z.array(ruleId),
  ...provenance,
});
export type Clause = z.infer<typeof clause>;

export const clausesFile = z.strictObject({ meta, clauses: z.array(clause) });
