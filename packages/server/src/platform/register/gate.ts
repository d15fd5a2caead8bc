import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';

/** A command that somebody is about to carry out. */
export interface Attempted {
  readonly register: string;
  readonly command: string;
  readonly record: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Asked before each command of a register, in its transaction; throws what stands against carrying it out here. */
export type Gate = (tx: Tx, context: Context, attempted: Attempted) => Promise<void>;
