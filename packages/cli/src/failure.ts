import { BackupError } from '@aimwell/server/platform/backup/errors';
import { StartError } from '@aimwell/server/platform/database/embedded/errors';
import { ProblemError, remedies } from '@aimwell/server/platform/errors';
import { CommanderError } from 'commander';
import { say } from './output.ts';

/** Exit codes of every command. */
export const exit = { ok: 0, findingsOrRefused: 1, couldNotRun: 2 } as const;

/** The command cannot run as it was asked for: one sentence, and what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

export interface Failure {
  readonly code: number;
  readonly lines: readonly string[];
}

/** What is printed for an error and how the process ends. Stack traces are for faults of the program and AIMWELL_DEBUG=1 only. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof StartError || error instanceof CannotRun)
    return { code: exit.couldNotRun, lines: [`${error.message} ${error.remedy}`] };
  if (error instanceof BackupError) return { code: exit.findingsOrRefused, lines: [`${error.message} ${error.remedy}`] };
  if (error instanceof ProblemError) return { code: exit.findingsOrRefused, lines: problemLines(error) };
  // Commander has written its own sentence already.
  if (error instanceof CommanderError) return { code: harmless.has(error.code) ? exit.ok : exit.couldNotRun, lines: [] };
  const message = error instanceof Error ? error.message : String(error);
  const code = systemCode(error);
  if (code !== undefined && code in systemRemedies) return { code: exit.couldNotRun, lines: [`${message}. ${systemRemedies[code] ?? ''}`] };
  return {
    code: exit.couldNotRun,
    lines: [
      `${message}${/[.!?]$/.test(message) ? '' : '.'}`,
      ...(process.env['AIMWELL_DEBUG'] === '1' && error instanceof Error ? [error.stack ?? ''] : []),
    ],
  };
};

const harmless = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

const systemRemedies: Readonly<Record<string, string>> = {
  ENOENT: 'Name a file or folder that exists.',
  EACCES: 'Choose a place that you may read and write.',
  EISDIR: 'Name a file, not a folder.',
  ENOSPC: 'Free space on the disk, then repeat.',
  EROFS: 'Choose a place that can be written.',
};

const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const problemLines = (error: ProblemError): string[] => {
  const { problems, remedy } = error.details;
  // On a command line there is no address that could be wrong, only what was named.
  const otherwise = error.code === 'NOT_FOUND' ? 'Check the name or the id.' : remedies[error.code];
  if (problems === undefined) return [`${error.message}${/[.!?]$/.test(error.message) ? '' : '.'} ${remedy ?? otherwise}`];
  return problems.map(
    (item) => `${item.field === undefined ? '' : `${item.field}: `}${item.message}.${item.remedy === undefined ? '' : ` ${item.remedy}`}`,
  );
};

/** Prints why a command failed and answers its exit code. */
export const tellFailure = (error: unknown): number => {
  const failure = failureOf(error);
  for (const line of failure.lines) say(line);
  return failure.code;
};
