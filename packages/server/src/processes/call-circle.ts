import type { Graph } from '@aimwell/core/processes/graph';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { refused } from '../platform/errors.ts';
import { callCycles } from './map/call-cycles.ts';

interface Called {
  readonly id: string;
  readonly key: string;
  readonly graph: Graph;
}

/** Refuses a version that, once in force, would call itself, by way of others or not: CALLS_IN_CIRCLE, with the way round. */
export const refuseCircle = async (tx: Tx, version: { readonly id: string; readonly map_id: string }): Promise<void> => {
  const rows = await tx.query<Called>(sql`
    select v.id, m.key, v.graph from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and jsonb_path_exists(v.graph, '$.nodes.* ? (@.kind == "call")')
      and (v.id = ${version.id}::uuid or (v.state = 'approved' and v.map_id <> ${version.map_id}::uuid))`);
  const own = rows.find(({ id }) => id === version.id)?.key;
  const circle = callCycles(new Map(rows.map(({ key, graph }) => [key, graph]))).find((names) => own !== undefined && names.includes(own));
  if (circle === undefined) return;
  const way = [...circle, circle[0]].map((name) => `"${name}"`).join(' → ');
  throw refused([
    refusal(
      'CALLS_IN_CIRCLE',
      `expected processes that do not call each other in a circle, got ${way}`,
      'Take one of the calls out, or pin it to a version that ends.',
    ),
  ]);
};
