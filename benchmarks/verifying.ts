import { createDatabase, type Database } from '@aimwell/server/platform/database/pool';
import { verifyLive } from '@aimwell/server/platform/trail/verify';
import { type RawBuilder, sql } from 'kysely';
import type { Heavy } from './heavy.ts';
import type { BenchHouse } from './house.ts';
import { writeLongTrail } from './long-trail.ts';
import { interleaved, timed } from './measure.ts';

const ENTRIES = 1_000_000;
const ROUNDS = 5;

/** Verifying a long trail beside reading what it reads by COPY and throwing it away. */
export const measureVerifying = async ({ house, owner }: BenchHouse, organisation: string): Promise<Heavy[]> => {
  await writeLongTrail(owner, organisation, ENTRIES);
  const database = createDatabase(house.migrated.app, { max: 2 });
  const mine = sql`organization_id = ${sql.lit(organisation)}::uuid`;
  const verify = timed(async () => {
    const found = await verifyLive({ database, files: house.files, organisationId: organisation, keys: null, against: null });
    if (found.entries !== ENTRIES || found.faults.length > 0)
      throw new Error(`expected it to verify, got ${JSON.stringify(found.faults[0])}`);
  });
  const tables = timed(async () => {
    await drain(database, organisation, sql`select seq, entry_id, leaf_hash from trail_leaves where ${mine}`);
    await drain(database, organisation, sql`select * from trail_entries where ${mine}`);
    await drain(database, organisation, sql`select entry_id, salt, payload from trail_payloads where ${mine}`);
  });
  try {
    const found = await interleaved({ verify, tables }, ROUNDS);
    const name = `verify ${ENTRIES.toLocaleString('en')} entries`;
    return [{ name, ms: found.verify, floorName: 'reading leaves, entries and payloads by COPY', floor: found.tables, bar: 1.5 }];
  } finally {
    await database.end();
  }
};

const drain = (database: Database, organisation: string, question: RawBuilder<unknown>): Promise<number> =>
  database.inOrganisation(organisation, async (tx) => {
    let bytes = 0;
    for await (const chunk of tx.copyOut(question)) bytes += chunk.length;
    return bytes;
  });
