import { z } from 'zod';

/** The closed union of error codes; each has its HTTP status. Rooms add refusals of core as `REFUSED` with their own codes inside. */
export const problemStatus = {
  INVALID: 422,
  REFUSED: 409,
  NOT_SIGNED_IN: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VERSION_CONFLICT: 412,
  VERSION_MISSING: 428,
  IDEMPOTENCY_MISMATCH: 422,
  PASSWORD_REQUIRED: 403,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  TOO_MANY: 429,
  STORAGE_FULL: 507,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** One thing that is wrong: where, what was seen, what is allowed, how to mend it. */
export const problemItem = z.strictObject({
  code: z.string(),
  field: z.string().optional(),
  message: z.string(),
  remedy: z.string().optional(),
});
export type ProblemItem = z.infer<typeof problemItem>;

/** RFC 9457 problem+json as Aimwell speaks it. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().optional(),
    remedy: z.string().optional(),
    instance: z.string().optional(),
    problems: z.array(problemItem).optional(),
    currentVersion: z.int().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
