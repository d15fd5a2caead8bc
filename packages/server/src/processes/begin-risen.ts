import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { productContext } from './clock.ts';
import type { Begin } from './risen.ts';
import { startRun } from './run.ts';

/** Begins the run for which a condition has risen, on the version now in force; nothing where that does not begin so any more. */
export const beginRisen = async (tx: Tx, now: Date, { map, node, record }: Begin): Promise<void> => {
  // Held, so that the version is not retired while its run begins.
  const [start] = await tx.query<{ version_id: string }>(sql`
    select s.version_id from process_starts s join process_versions v on v.organization_id = s.organization_id and v.id = s.version_id
    where s.organization_id = ${tx.organisationId}::uuid and v.map_id = ${map}::uuid and s.node = ${node} and s.register = ${record.register} for share of s`);
  if (start === undefined) return;
  const context = await productContext(tx, now);
  await startRun(tx, context, { versionId: start.version_id, record: { ...record }, start: node, variables: {} }, 'condition');
};
