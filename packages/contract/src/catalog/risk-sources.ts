import { z } from 'zod';
import { controlId, meta, provenance, words } from './provenance.ts';

export const riskArea = z.enum(['data', 'model', 'oversight', 'lifecycle', 'supplier', 'use', 'security', 'society']);
export type RiskArea = z.infer<typeof riskArea>;

/** Something to be true of an AI system: its field has one of `anyOf`, or its text contains one of `contains` (lower case). */
export const systemFact = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/u),
  title: words,
  field: z.string(),
  anyOf: z.array(z.union([z.string(), z.boolean()])),
  contains: z.array(z.string().lowercase()),
  ...provenance,
});
export type SystemFact = z.infer<typeof systemFact>;

/** A source of risk to think with. Suggested for a system when one of the facts in `appliesWhen` holds; an empty list means always. */
export const riskSource = z.strictObject({
  id: z.string().regex(/^RS-[A-Z]+-[A-Z]+$/u),
  area: riskArea,
  title: words,
  description: words,
  appliesWhen: z.array(z.string()),
  statements: z.array(words).min(1).max(2),
  consequences: z.strictObject({ organisation: words, individuals: words, societies: words }),
  controls: z.array(controlId).min(1),
  ...provenance,
});
export type RiskSource = z.infer<typeof riskSource>;

export const riskSourcesFile = z.strictObject({ meta, facts: z.array(systemFact), riskSources: z.array(riskSource) });
