import { sql } from 'kysely';
import type { Written } from '../platform/database/pool.ts';
import { enqueueAll } from '../platform/outbox/enqueue.ts';
import { type Asking, risen } from './risen.ts';
import { processKinds } from './leaving.ts';

interface Concerned extends Asking {
  /** A run about one of the records that waits for a condition; null for a start. */
  readonly run: string | null;
}

/**
 * Records were written: runs about them that wait for a condition look at it again, and processes that begin by a condition begin for
 * each of which it has come true; both afterwards, and each by itself.
 */
export const recordsWritten: Written = async (tx, context, register, records) => {
  const changed = records.filter(({ before }) => before !== null).map(({ after }) => after.id);
  const concerned = await tx.query<Concerned>(
    sql<Concerned>`
    select i.id as run, null::uuid as version, null::uuid as map, null::text as node, null::timestamptz as since from process_instances i
    where i.organization_id = ${tx.organisationId}::uuid and i.register = ${register} and i.record_id = any(${changed}::uuid[]) and i.status = 'active'
      and exists (select 1 from process_subscriptions s where s.organization_id = i.organization_id and s.instance_id = i.id and s.kind = 'conditional')
    union all
    select null, s.version_id, v.map_id, s.node, v.approved_at from process_starts s
    join process_versions v on v.organization_id = s.organization_id and v.id = s.version_id
    where s.organization_id = ${tx.organisationId}::uuid and s.register = ${register}`,
    'kept',
  );
  const waiting = concerned.flatMap(({ run }) => (run === null ? [] : [run]));
  await enqueueAll(
    tx,
    waiting.map((instance) => ({ kind: processKinds.conditions, payload: { instance } })),
  );
  const starts = concerned.filter(({ run }) => run === null);
  if (starts.length === 0) return;
  const begins = await risen(tx, context, register, starts, records);
  await enqueueAll(
    tx,
    begins.map((begin) => ({ kind: processKinds.begin, payload: { ...begin } })),
  );
};
