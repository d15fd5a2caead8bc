import type { ProblemItem } from '@aimwell/contract/platform/problem';
import type { Register } from '@aimwell/contract/platform/register';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import type { Row } from './columns.ts';

/** What a record is about to become, by create, patch, archive or import. */
export interface Intended {
  readonly deed: 'create' | 'patch' | 'archive' | 'import';
  readonly before: Row | null;
  /** Values as they would stand; on create without id and number. */
  readonly after: Readonly<Record<string, unknown>>;
}

/** Refuses with everything that stands against it, or lets pass; on create it may set managed fields. */
export type Verdict = { readonly refused: readonly ProblemItem[] } | { readonly set: Readonly<Record<string, unknown>> };

/** What a command makes of a record: values to set (managed ones too), or every reason against it. */
export type Outcome =
  | { readonly refused: readonly ProblemItem[] }
  | { readonly set: Readonly<Record<string, unknown>>; readonly reason?: string | undefined };

export interface CommandInput<Input = Record<string, unknown>> {
  readonly record: Row;
  readonly input: Input;
}

/** What a room adds to the platform's create, change, archive. Everything runs in the transaction of the write. */
export interface Behaviour {
  readonly register: Register;
  /** Judges many at once, since an import brings thousands; answers one verdict for each. */
  readonly prepare?: (tx: Tx, context: Context, intended: readonly Intended[]) => Promise<readonly Verdict[]>;
  /** What follows from the write in other records. */
  readonly after?: (
    tx: Tx,
    context: Context,
    written: readonly { readonly before: Row | null; readonly after: Row }[],
    deed: string,
  ) => Promise<void>;
  /** The register's declared commands, by name. Input has passed the contract's schema. */
  readonly commands?: Readonly<Record<string, (tx: Tx, context: Context, given: CommandInput<never>) => Promise<Outcome>>>;
}

export type Behaviours = ReadonlyMap<string, Behaviour>;
