import { z } from 'zod';

const answer = z.enum(['yes', 'no', 'unknown']);
const ids = z.array(z.string().max(60)).max(60);

/** The independent results of a classification; `minimal` and `outside` stand alone. */
export const flagKinds = ['outside', 'prohibited', 'high-risk', 'exempt', 'transparency', 'model', 'minimal'] as const;

/**
 * Answers to the eight questions of the AI Act classification, in the shape core judges. What is missing stays open and
 * says what is needed; an empty list says "none of these". Ids are those of the law data in the catalog.
 */
export const classificationAnswers = z.strictObject({
  aiSystem: answer.optional(),
  unionLinks: ids.optional(),
  exclusions: ids.optional(),
  roles: ids.optional(),
  roleChanges: ids.optional(),
  prohibitedPractices: ids.optional(),
  product: z
    .strictObject({
      sections: ids.optional(),
      thirdPartyAssessment: answer.optional(),
      assessedForOtherRisksOnly: answer.optional(),
      assistanceOnly: answer.optional(),
      failureEndangers: answer.optional(),
    })
    .optional(),
  annexIII: ids.optional(),
  exemption: z
    .strictObject({
      profilesPersons: answer.optional(),
      claimed: answer.optional(),
      conditions: ids.optional(),
      noSignificantRisk: answer.optional(),
      record: z.strictObject({ reference: z.string().max(500), assessedBy: z.string().max(200), assessedOn: z.iso.date() }).optional(),
    })
    .optional(),
  transparencyCases: ids.optional(),
  modelDuties: ids.optional(),
  placedOnMarketOn: z.iso.date().optional(),
});
export type ClassificationAnswersInput = z.infer<typeof classificationAnswers>;
