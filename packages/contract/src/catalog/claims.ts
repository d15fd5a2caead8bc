import { z } from 'zod';
import { meta, provenance, words } from './provenance.ts';

/** A statement about the standard or the Act that circulates, and what is right. */
export const checkedClaim = z.strictObject({
  id: z.string().regex(/^F\d{2}$/u),
  texts: z.array(z.string()).min(1),
  claim: words,
  kind: z.enum(['wrong', 'nuance', 'overclaim', 'unsupported']),
  right: words,
  ...provenance,
});
export type CheckedClaim = z.infer<typeof checkedClaim>;

export const claimsFile = z.strictObject({ meta: meta.extend({ texts: z.record(z.string(), words) }), claims: z.array(checkedClaim) });
