import { z } from 'zod';
import { meta, provenance, words } from './provenance.ts';

/** A figure computed from the records at a reporting date; never typed in. */
export const indicator = z.strictObject({
  id: z.string().regex(/^K\d+$/u),
  name: words,
  origin: z.string(),
  formula: words,
  unit: words,
  data: z.array(z.string()).min(1),
  target: words,
  cadence: words,
  owner: words,
  /** How the figure misleads; null where we know of nothing. */
  traps: words.nullable(),
  ...provenance,
});
export type Indicator = z.infer<typeof indicator>;

export const maturityLevel = z.strictObject({
  level: z.int().min(1).max(5),
  name: words,
  meaning: words,
  criteriaHint: words,
  ...provenance,
});
export type MaturityLevel = z.infer<typeof maturityLevel>;

export const indicatorsFile = z.strictObject({
  meta: meta.extend({ origins: z.record(z.string(), words) }),
  indicators: z.array(indicator),
  maturityLevels: z.array(maturityLevel),
  maturityDimensions: z.array(z.string()),
});
