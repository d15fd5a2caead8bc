import { sql } from 'kysely';
import type { Database } from '../platform/database/pool.ts';
import type { FileStore } from '../platform/files/store.ts';
import { removePurged } from './purge.ts';

const patience = 86_400_000;

export interface Swept {
  /** Uploads that broke off. */
  readonly unfinished: number;
  /** Whole files that no row names: their request was refused after they had come. */
  readonly orphans: number;
  /** Files whose deletion was recorded and had not reached the disk. */
  readonly purged: number;
}

/**
 * Clears away bytes of an organisation that nothing names. Never what a row names, and nothing that was put or touched
 * within a day of `now`, so that no upload in flight loses its bytes.
 */
export const sweepOrphans = async (database: Database, store: FileStore, organisationId: string, now: Date): Promise<Swept> => {
  const since = new Date(now.getTime() - patience);
  const unfinished = await store.removeUnfinished(organisationId, since);
  const lying = await store.list(organisationId);
  const rows = await database.inOrganisation(organisationId, (tx) =>
    tx.query<{ sha256: string; purged: boolean }>(
      sql`select sha256, purged_at is not null as purged from files where organization_id = ${tx.organisationId}::uuid`,
    ),
  );
  const named = new Map(rows.map(({ sha256, purged }) => [sha256, purged]));
  let orphans = 0;
  for (const sha256 of lying) if (!named.has(sha256) && (await store.removeUntouched(organisationId, sha256, since))) orphans += 1;
  const left = lying.filter((sha256) => named.get(sha256) === true);
  return { unfinished, orphans, purged: left.length === 0 ? 0 : await removePurged(database, store, organisationId, left) };
};
