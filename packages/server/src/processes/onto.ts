import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import { answersFor } from './versions.ts';

/** The newest version of a map as somebody saw it before he changed it. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

/**
 * Holds a map until the transaction ends and refuses (VERSION_CONFLICT) when its newest version is not the one that was seen any more:
 * what another person saved meanwhile would be written over.
 */
export const holdNewest = async (tx: Tx, mapId: string, seen: Seen): Promise<void> => {
  await tx.query(sql`select id from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${mapId}::uuid for update`);
  const [newest] = await tx.query<{ id: string; number: number; revision: number }>(sql`
    select id, number, revision from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${mapId}::uuid order by number desc limit 1`);
  if (newest === undefined || (newest.id === seen.id && newest.revision === seen.version)) return;
  throw new ProblemError('VERSION_CONFLICT', {
    currentVersion: newest.revision,
    detail: `Somebody has saved version ${newest.number} of this map since you opened it.`,
  });
};

/**
 * Holds a map until the transaction ends and refuses who would write over a draft of somebody else without saying as which version he
 * saw it. A draft that he alone has written is his to replace.
 */
export const refuseBlind = async (tx: Tx, context: Context, mapId: string): Promise<void> => {
  await tx.query(sql`select id from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${mapId}::uuid for update`);
  const [newest] = await tx.query<{ number: number; state: string; authors: string[] }>(sql`
    select number, state, authors from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${mapId}::uuid order by number desc limit 1`);
  if (newest === undefined || newest.state !== 'draft') return;
  const me = await answersFor(tx, context);
  if (newest.authors.length > 0 && newest.authors.every((author) => author === me)) return;
  throw refused([
    refusal(
      'DRAFT_OF_ANOTHER',
      `expected no draft that somebody else has written in, got version ${newest.number}`,
      'Load it, and send with the change which version you saw: onto with a file, If-Match with steps.',
    ),
  ]);
};
