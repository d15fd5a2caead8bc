import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import { ProblemError } from '../errors.ts';

const EVERY_MS = 50;
const MOST_MS = 20_000;

const notSequenced = () =>
  new ProblemError('UNAVAILABLE', {
    detail: 'The trail did not take up the last entries within 20 seconds, so nothing could be proven about them.',
    remedy: 'See that a server with the keys folder runs (npx aimwell doctor), then try again.',
  });

const until = async (database: Database, organisationId: string, holds: (tx: Tx) => Promise<boolean>): Promise<void> => {
  for (const ends = performance.now() + MOST_MS; ;) {
    if (await database.inOrganisation(organisationId, holds)) return;
    if (performance.now() > ends) throw notSequenced();
    await sleep(EVERY_MS);
  }
};

/** Waits until all that has been written by now is in the tree; later entries are not waited for. @throws UNAVAILABLE after 20 seconds */
export const allAnchored = async (database: Database, organisationId: string): Promise<void> => {
  const waiting = await database.inOrganisation(organisationId, (tx) =>
    tx.query<{ id: string }>(sql`select entry_id as id from trail_pending where organization_id = ${organisationId}::uuid`),
  );
  const ids = waiting.map(({ id }) => id);
  if (ids.length === 0) return;
  await until(database, organisationId, async (tx) => {
    const [row] = await tx.query<{ left: boolean }>(
      sql`select exists (select 1 from trail_pending where organization_id = ${organisationId}::uuid and entry_id = any(${ids}::uuid[])) as left`,
    );
    return row?.left !== true;
  });
};

/** Waits until an entry is a leaf; answers its place. @throws UNAVAILABLE after 20 seconds */
export const placeOf = async (database: Database, organisationId: string, entry: string): Promise<number> => {
  let place = -1;
  await until(database, organisationId, async (tx) => {
    const [row] = await tx.query<{ seq: number }>(
      sql`select seq from trail_leaves where organization_id = ${organisationId}::uuid and entry_id = ${entry}::uuid`,
    );
    place = row?.seq ?? -1;
    return row !== undefined;
  });
  return place;
};

/** The newest signed checkpoint; null before the first. */
export const newestCheckpoint = async (tx: Tx): Promise<{ size: number; note: string } | null> => {
  const [row] = await tx.query<{ size: number; note: string }>(
    sql`select size, note from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size desc limit 1`,
  );
  return row ?? null;
};
