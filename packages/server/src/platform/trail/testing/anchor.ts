import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Migrated } from '../../database/migrate.ts';
import { createDatabase } from '../../database/pool.ts';
import { sequenceBatch } from '../batch.ts';
import { openLogKey } from '../keys.ts';

/**
 * Anchors what waits at a time of the test's choosing: a sequencer whose clock is ours and that waits for no tick.
 * @param owner connection of the owner, who gives it the lease
 * @param directory for the key of the log
 */
export const createAnchor = async (migrated: Migrated, owner: pg.ClientConfig, directory: string) => {
  const pool = new pg.Pool({ ...owner, max: 1 });
  const database = createDatabase(migrated.sequencer, { max: 1 });
  const key = await openLogKey(directory, pool, new Date());
  if (key === null) throw new Error('expected a key of the log');
  const holder = randomUUID();
  const { rows } = await pool.query<{ epoch: string }>(
    "update trail_lease set holder = $1, epoch = epoch + 1, until = 'infinity' returning epoch",
    [holder],
  );
  const epoch = Number(rows[0]?.epoch);
  /** Takes all that waits of an organisation under one checkpoint, signed at `moment`. */
  const at = async (organisationId: string, moment: Date): Promise<void> => {
    const batch = { holder, epoch, leaseMs: 600_000, key, now: () => moment, limit: 100_000, frontier: undefined };
    await database.inOrganisation(organisationId, (tx) => sequenceBatch(tx, batch));
  };
  const close = async () => {
    await database.end();
    await pool.end();
  };
  return { at, close };
};
