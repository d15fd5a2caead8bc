import { z } from 'zod';
import { clauseOrControl, meta, provenance, words } from './provenance.ts';

/** What an organisation that holds ISO/IEC 27001 or ISO 9001 can reuse for a clause or control. */
export const reuseRow = z.strictObject({
  iso42001: clauseOrControl,
  iso27001: z.array(clauseOrControl),
  iso9001: z.array(z.string().regex(/^\d+(?:\.\d+)*$/u)),
  reuse: z.enum(['identical', 'extend', 'new']),
  note: words.nullable(),
  ...provenance,
});
export type ReuseRow = z.infer<typeof reuseRow>;

export const iso27001File = z.strictObject({ meta, rows: z.array(reuseRow) });
