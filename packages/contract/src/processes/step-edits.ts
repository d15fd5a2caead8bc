import { roles } from '@aimwell/core/roles/permissions';
import { z } from 'zod';

const word = z.string().regex(/^\S{1,200}$/u, 'expected one word without blanks');
const words = (most: number) => z.array(word).max(most).optional();
const role = z.enum(roles).nullable().optional();

/** What is to be said of one step from now on. What is left out stays; null and empty lists take away what the step says. */
export const stepEdit = z
  .strictObject({
    /** Id of the step, or of a lane (its role alone). */
    id: z.string().min(1).max(200),
    role,
    form: z.string().trim().min(1).max(2000).nullable().optional(),
    /** ISO 8601 duration from the start of the task, such as P5D. */
    due: z
      .string()
      .regex(/^P[0-9A-Z.]{1,40}$/u, 'expected a duration such as P5D')
      .nullable()
      .optional(),
    escalateTo: role,
    evidence: words(50),
    references: words(100),
    notBy: words(50),
    raci: z.partialRecord(z.enum(roles), z.enum(['responsible', 'accountable', 'consulted', 'informed'])).optional(),
  })
  .meta({ id: 'ProcessStepEdit' });

export const stepEdits = z.strictObject({
  steps: z
    .array(stepEdit)
    .min(1)
    .max(200)
    .refine((given) => new Set(given.map(({ id }) => id)).size === given.length, 'expected each step once'),
  note: z.string().trim().max(2000).optional(),
});
