import { z } from 'zod';
import { clauseOrControl, meta, provenance, words } from './provenance.ts';

/** A word that product, code and documents use in this one meaning. */
export const term = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/u),
  term: words,
  meaning: words,
  refs: z.array(clauseOrControl),
  seeAlso: z.array(z.string()),
  ...provenance,
});
export type Term = z.infer<typeof term>;

export const glossaryFile = z.strictObject({ meta, terms: z.array(term) });
