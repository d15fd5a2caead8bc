import { z } from 'zod';
import { meta, provenance, words } from './provenance.ts';

/** An instrument that may change. `date` is a day, a month or a year as known; null while open. */
export const watchEntry = z.strictObject({
  id: z.string().regex(/^W\d{2}$/u),
  instrument: words,
  what: words,
  date: z
    .string()
    .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u)
    .nullable(),
  severity: z.enum(['baseline', 'minor', 'substantive', 'breaking']),
  status: words,
  licence: words,
  check: z.enum(['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly']).nullable(),
  ...provenance,
});
export type WatchEntry = z.infer<typeof watchEntry>;

export const watchFile = z.strictObject({ meta, entries: z.array(watchEntry) });
