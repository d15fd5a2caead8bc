import { type Problem, type ProblemCode, type ProblemItem, problemStatus } from '@aimwell/contract/platform/problem';

interface Details {
  readonly detail?: string;
  readonly remedy?: string;
  readonly problems?: readonly ProblemItem[];
  readonly currentVersion?: number;
}

const titles: Record<ProblemCode, string> = {
  INVALID: 'Some of what was sent cannot be accepted',
  REFUSED: 'A rule stands against this',
  NOT_SIGNED_IN: 'Sign in first',
  FORBIDDEN: 'Your role does not permit this',
  NOT_FOUND: 'There is nothing here under this address',
  VERSION_CONFLICT: 'Someone else changed this meanwhile',
  VERSION_MISSING: 'The version you are changing is not named',
  IDEMPOTENCY_MISMATCH: 'This Idempotency-Key belongs to another request',
  PASSWORD_REQUIRED: 'A signature needs your password',
  TOO_LARGE: 'This is larger than allowed',
  UNSUPPORTED_MEDIA: 'This kind of content is not accepted here',
  TOO_MANY: 'Too many attempts; wait a little',
  STORAGE_FULL: 'The disk is full; nothing was saved',
  UNAVAILABLE: 'The database does not answer; nothing was saved',
  INTERNAL: 'Something went wrong on our side; nothing was saved',
};

/** What can be done where nothing more particular is known. */
export const remedies: Readonly<Record<ProblemCode, string>> = {
  INVALID: 'Compare what was sent with the description of this address under /api.',
  REFUSED: 'Do what the rule asks for first.',
  NOT_SIGNED_IN: 'Sign in, or send a valid API token.',
  FORBIDDEN: 'Ask an administrator of the organisation for the role, or somebody who holds it to do this.',
  NOT_FOUND: 'Check the address.',
  VERSION_CONFLICT: 'Load the record again and repeat the change.',
  VERSION_MISSING: 'Read the record; its version stands in the ETag header.',
  IDEMPOTENCY_MISMATCH: 'Use a new key for a new request.',
  PASSWORD_REQUIRED: 'Send your password with the signature.',
  TOO_LARGE: 'Send less at once.',
  UNSUPPORTED_MEDIA: 'Send application/json.',
  TOO_MANY: 'Wait a little, then try again.',
  STORAGE_FULL: 'Free space on the disk of the database or of the files, then repeat.',
  UNAVAILABLE: 'Try again in a moment.',
  INTERNAL: 'Try again; if it stays, look for the number of this answer in the log of the server.',
};

/** An answer that is not the good one; HTTP turns it into problem+json, the CLI into a sentence. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: Details;
  constructor(code: ProblemCode, details: Details = {}) {
    super(details.detail ?? details.problems?.map((item) => item.message).join('; ') ?? titles[code]);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
  }
}

/** What is wrong with the input: all of it at once. */
export const invalid = (problems: readonly ProblemItem[]): ProblemError => new ProblemError('INVALID', { problems });
/** The refusals of core, handed on as they are. */
export const refused = (problems: readonly ProblemItem[]): ProblemError => new ProblemError('REFUSED', { problems });
export const notFound = (what = 'record'): ProblemError =>
  new ProblemError('NOT_FOUND', { detail: `No ${what} with this id in this organisation.` });

/** The body of problem+json. */
export const problemBody = (error: ProblemError, instance?: string): Problem => ({
  type: `about:blank#${error.code}`,
  title: titles[error.code],
  status: problemStatus[error.code],
  code: error.code,
  ...(error.details.detail === undefined ? {} : { detail: error.details.detail }),
  ...(error.details.remedy === undefined && error.details.problems !== undefined
    ? {}
    : { remedy: error.details.remedy ?? remedies[error.code] }),
  ...(error.details.problems === undefined
    ? {}
    : {
        problems: error.details.problems.map((item) =>
          item.remedy === undefined ? { ...item, remedy: 'Correct this value and send it again.' } : item,
        ),
      }),
  ...(error.details.currentVersion === undefined ? {} : { currentVersion: error.details.currentVersion }),
  ...(instance === undefined ? {} : { instance }),
});
