/** Everything that can stand against a backup or a restore. Closed, so that callers and texts can name each one. */
export type BackupErrorCode =
  | 'NOT_A_BACKUP'
  | 'DAMAGED'
  | 'ENDS_EARLY'
  | 'PASSPHRASE_MISSING'
  | 'PASSPHRASE_WRONG'
  | 'NEWER'
  | 'TARGET_NOT_EMPTY'
  | 'TARGET_IN_USE'
  | 'TARGET_DIFFERS'
  | 'DOES_NOT_VERIFY';

/** A backup or restore that must not go on. `message` is one sentence for a person, `remedy` is what to do about it. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupErrorCode;
  readonly remedy: string;
  constructor(code: BackupErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
  }
}

const ANOTHER = 'Take another backup; nothing was written from this one.';

export const damaged = (message: string, cause?: unknown): BackupError =>
  new BackupError('DAMAGED', `The backup is damaged: ${message}.`, ANOTHER, cause);
export const endsEarly = (): BackupError =>
  new BackupError('ENDS_EARLY', 'The backup ends before its end.', `Copy the file again in whole. ${ANOTHER}`);
