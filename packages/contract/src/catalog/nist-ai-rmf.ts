import { z } from 'zod';
import { clauseOrControl, confidence, meta, provenance, words } from './provenance.ts';

/** A subcategory and the clauses and controls it corresponds to: published pairs, and ours marked as own judgement. */
export const nistSubcategory = z.strictObject({
  subcategory: z.string().regex(/^(?:GOVERN|MAP|MEASURE|MANAGE) \d+\.\d+$/u),
  iso42001: z.array(
    z.strictObject({ ref: clauseOrControl, publishedAs: z.string().optional(), basis: words, why: words.optional(), confidence }),
  ),
  ...provenance,
});
export type NistSubcategory = z.infer<typeof nistSubcategory>;

export const nistFile = z.strictObject({ meta, subcategories: z.array(nistSubcategory) });
