import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';

/** Writes down that a register or a document left the house as a file: who took what, by which filters, in which format. */
export const tellExport = (tx: Tx, context: Context, what: string, how: Readonly<Record<string, unknown>>): Promise<void> =>
  appendToTrail(tx, [
    {
      entry: newId(),
      register: what,
      record: null,
      version: null,
      command: 'export',
      actor: actorId(context.actor),
      time: context.now.toISOString(),
      request: context.requestId,
      payload: how,
    },
  ]);
