import { z } from 'zod';
import { clauseOrControl, meta, provenance, words } from './provenance.ts';

export const lawDate = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+$/u),
  date: z.iso.date(),
  what: words,
  provision: words,
  setOrMovedByOmnibus: z.boolean(),
  former: words.nullable(),
  ...provenance,
});
export type LawDate = z.infer<typeof lawDate>;

/** A duty of the AI Act and how far clauses and controls serve it (`fit`). */
export const obligation = z.strictObject({
  id: z.string().regex(/^AIA-[0-9a-z-]+$/u),
  article: words,
  roles: z.array(z.string()).min(1),
  appliesTo: z.enum(['all', 'prohibited', 'annex3', 'high', 'transparency', 'gpai', 'gpai_systemic']),
  obligation: words,
  appliesFrom: z.iso.date(),
  /** The date before the amendment of 2026, if it moved. */
  originalDate: z.iso.date().nullable(),
  dateKey: z.string(),
  iso42001: z.array(clauseOrControl),
  fit: z.enum(['strong', 'partial', 'weak', 'none']),
  evidence: words,
  note: words.nullable(),
  /** The later date for systems that are high-risk through a product (Annex I). */
  appliesFromProductRoute: z.iso.date().nullable(),
  /** Shown as such: lawyers read the wording differently. */
  interpretationOpen: z.boolean(),
  ...provenance,
});
export type Obligation = z.infer<typeof obligation>;

const textItem = z.strictObject({ id: z.string(), text: words, ...provenance });

export const euAiActFile = z.strictObject({
  meta: meta.extend({ lawVersion: z.string(), sources: z.record(z.string(), words) }),
  dates: z.array(lawDate),
  openQuestions: z.array(textItem),
  obligations: z.array(obligation),
  article17Elements: z.array(textItem),
  prohibitedNote: z.strictObject({ text: words, ...provenance }),
  annexIV: z.array(textItem),
  annexVIII: z.array(z.strictObject({ section: z.enum(['A', 'B', 'C']), who: words, fields: z.array(words), ...provenance })),
  fria: z.strictObject({ article: words, who: words, contents: z.array(words), ...provenance }),
  seriousIncident: z.strictObject({
    article: words,
    definition: z.array(z.strictObject({ id: z.string(), text: words })),
    clockStart: words,
    /** Limits count in calendar days from awareness. */
    clocks: z.array(z.strictObject({ case: z.string(), limit: z.int().positive(), unit: z.literal('days'), also: words })),
    rules: z.array(words),
    interpretationOpen: z.boolean(),
    ...provenance,
  }),
  penalties: z.array(z.strictObject({ breach: words, fine: words.nullable(), ...provenance })),
});
export type EuAiActFile = z.infer<typeof euAiActFile>;
