import { z } from 'zod';

/** How sure we are: high = compared with the source, medium = own judgement or a good secondary source, low = a single or weak source. */
export const confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidence>;

/** What every item of the catalog carries: where it comes from, the day it was last compared with that, and how sure we are. */
export const provenance = {
  source: z.string().min(1),
  verified: z.iso.date(),
  confidence,
};

/** The head of a file: free notes beside the copyright line that every file repeats. */
export const meta = z.looseObject({ copyright: z.string().min(1), verified: z.iso.date() });

/** "4.1", "A.6.2.4": its existence is checked across files (`checkCatalog`). */
export const clauseOrControl = z.string().regex(/^(?:\d+(?:\.\d+)*|A\.\d+(?:\.\d+)+)$/u);
export const controlId = z.string().regex(/^A\.\d+(?:\.\d+)+$/u);
export const ruleId = z.string().regex(/^R\d{3}$/u);

const trimmedOnce = (text: string): boolean => text === text.trim() && text.length > 0;
/** A sentence or title: not empty, no white space around it. */
export const words = z.string().refine(trimmedOnce, 'expected text without white space around it');
