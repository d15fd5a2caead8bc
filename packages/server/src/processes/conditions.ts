import { sql } from 'kysely';
import type { Written } from '../platform/register/gate.ts';
import { enqueue } from '../platform/outbox/enqueue.ts';
import { processKinds } from './leaving.ts';

/** Records changed: runs about them that wait for a condition look at it again, afterwards and each by itself. */
export const lookAgain: Written = async (tx, register, ids) => {
  const waiting = await tx.query<{ id: string }>(sql`
    select i.id from process_instances i where i.organization_id = ${tx.organisationId}::uuid and i.register = ${register} and i.record_id = any(${ids as string[]}::uuid[]) and i.status = 'active'
      and exists (select 1 from process_subscriptions s where s.organization_id = i.organization_id and s.instance_id = i.id and s.kind = 'conditional')`);
  for (const { id } of waiting) await enqueue(tx, { kind: processKinds.conditions, payload: { instance: id } });
};
