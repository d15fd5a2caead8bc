import { sql } from 'kysely';
import type { Database, Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from './append.ts';
import { INSTALLATION } from './installation.ts';
import { originOf, verifierKeyOf } from './signing.ts';

interface Rotation {
  readonly id: string;
  readonly public_key: Buffer;
  readonly created_at: Date;
  readonly endorsement: string;
}

/**
 * Tells the trail of this organisation of every change of the log's key since it was founded that it has not been told of. The change
 * belongs to the installation and is made by another login, hence afterwards, as often as it takes.
 */
export const tellRotations = async (tx: Tx, now: Date): Promise<void> => {
  const untold = await tx.query<Rotation>(sql`
    select k.id, k.public_key, k.created_at, k.endorsement from trail_keys k left join organizations o on o.id = ${tx.organisationId}::uuid
    where k.endorsement is not null and (k.created_at >= o.created_at or o.id is null) and not exists (
      select 1 from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      where e.organization_id = ${tx.organisationId}::uuid and e.register = 'log-keys' and position(convert_to(k.id, 'UTF8') in p.payload) > 0)
    order by k.created_at`);
  await appendToTrail(
    tx,
    untold.map(({ id, public_key: key, created_at: at, endorsement }) => ({
      entry: newId(),
      register: 'log-keys',
      record: null,
      version: null,
      command: 'rotate-key',
      actor: null,
      time: now.toISOString(),
      request: null,
      payload: { key: id, verifierKey: verifierKeyOf(originOf(tx.organisationId), key), changedAt: at.toISOString(), endorsement },
    })),
  );
};

/** The same for every organisation, and for the installation log. */
export const tellRotationsEverywhere = async (database: Database, now: Date): Promise<void> => {
  const all = await database.callAcross<{ organization_id: string }>(
    sql`select organization_id from organizations_due_for_check('9999-12-31'::timestamptz)`,
  );
  for (const id of [...all.map((one) => one.organization_id), INSTALLATION])
    await database.inOrganisation(id, (tx) => tellRotations(tx, now));
};
