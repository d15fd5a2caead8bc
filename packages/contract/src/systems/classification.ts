import { z } from 'zod';

const yesNo = z.enum(['yes', 'no', 'unsure']);

/**
 * Answers to the eight questions of the AI Act classification. An answer may be missing: the step then stays open and
 * says what is needed. Points are ids of the law data in the catalog (`5.1.a`, `III.4.a`, `50.1`…).
 */
export const classificationAnswers = z.strictObject({
  isAiSystem: yesNo.optional(),
  aiSystemWhy: z.string().max(4000).optional(),
  inScope: yesNo.optional(),
  scopeExclusion: z.string().max(200).optional(),
  roles: z.array(z.enum(['provider', 'deployer', 'importer', 'distributor', 'authorised_representative', 'product_manufacturer', 'none'])).optional(),
  becomesProvider: z.array(z.enum(['own_name', 'substantial_modification', 'changed_purpose'])).optional(),
  prohibitedPoints: z.array(z.string().max(40)).optional(),
  productRoute: yesNo.optional(),
  annexPoints: z.array(z.string().max(40)).optional(),
  exemptionConditions: z.array(z.string().max(40)).optional(),
  profiling: yesNo.optional(),
  exemptionRecord: z.string().max(4000).optional(),
  transparencyCases: z.array(z.string().max(40)).optional(),
  generalPurposeModel: z.enum(['none', 'uses', 'provides', 'provides_systemic']).optional(),
});
export type ClassificationAnswers = z.infer<typeof classificationAnswers>;
