/** Everything that can keep the database from starting. Closed, so that callers and texts can name each one. */
export type StartErrorCode =
  | 'UNSUPPORTED_PLATFORM'
  | 'BINARIES_MISSING'
  | 'BINARIES_UNUSABLE'
  | 'DATA_NOT_WRITABLE'
  | 'BLOCKED_DIRECTORY'
  | 'NO_USER'
  | 'NOT_A_DATABASE'
  | 'WRONG_MAJOR'
  | 'PASSWORD_MISSING'
  | 'STILL_RUNNING'
  | 'OWNER_NOT_READY'
  | 'UNSAFE_SETTINGS'
  | 'START_FAILED'
  | 'WRONG_VERSION'
  | 'UNREACHABLE'
  | 'REFUSED'
  | 'BAD_URL'
  | 'INVALID_SETTING'
  | 'ALREADY_RUNNING'
  | 'PORT_TAKEN'
  | 'RESTORE_UNFINISHED';

/** The database cannot be opened. `message` is one sentence for a person, `remedy` is what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;
  readonly remedy: string;

  constructor(code: StartErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
  }
}

/** The `code` of a system error (`ENOENT`, `EACCES`, ...), or undefined for anything else. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const EXTERNAL_SERVER = 'set DATABASE_URL to a PostgreSQL server of version 15 or later';
