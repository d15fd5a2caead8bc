import { refusal } from '@aimwell/core/shared/refusal';
import { type ProblemError, refused } from '../errors.ts';

/** Says that a file is not handed out, since its bytes are not those of its name. */
export const damagedFile = (sha256: string): ProblemError =>
  refused([
    refusal(
      'FILE_DAMAGED',
      `expected bytes with SHA-256 ${sha256}, found others or none`,
      'Restore the file from a backup; it is not served while it differs.',
    ),
  ]);
