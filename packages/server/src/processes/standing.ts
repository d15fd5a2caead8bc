import { registerNamed } from '@aimwell/contract/registers';
import { conditionalStarts } from '@aimwell/core/processes/conditional-start';
import type { Graph } from '@aimwell/core/processes/graph';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { loadRows } from '../platform/register/read.ts';
import { saysOf } from './risen.ts';

/** What a condition that begins runs says of the records that are there. */
export interface Standing {
  readonly node: string;
  readonly fulfilled: number;
  /** For so many it cannot be said. */
  readonly unknown: number;
}

const PAGE = 1000;

/** Looks once at every record in use that the conditional starts of a map ask of; none where it has no such start. */
export const standingOf = async (
  tx: Tx,
  context: Context,
  { map_id: map, graph }: { readonly map_id: string; readonly graph: Graph | null },
): Promise<Standing[]> => {
  const starts = graph === null ? [] : conditionalStarts(graph);
  if (starts.length === 0) return [];
  const [about] = await tx.query<{ register: string | null }>(
    sql`select register from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${map}::uuid`,
  );
  if (about === undefined || about.register === null) return [];
  const counts = new Map(starts.map(({ node }) => [node, { fulfilled: 0, unknown: 0 }]));
  const declared = registerNamed(about.register);
  for (let after = 0; ;) {
    const page = await tx.query<{ id: string; number: number }>(sql`
      select id, number from ${sql.table(declared.table)} where organization_id = ${tx.organisationId}::uuid and archived_at is null and number > ${after} order by number limit ${PAGE}`);
    const rows = await loadRows(
      tx,
      declared,
      page.map(({ id }) => id),
    );
    for (const row of rows)
      for (const { node, condition } of starts) {
        const says = saysOf(condition, row, context.now, context.organisation.timeZone);
        const count = counts.get(node);
        if (count === undefined || says === false) continue;
        if (says === true) count.fulfilled += 1;
        else count.unknown += 1;
      }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    after = last.number;
  }
  return [...counts].map(([node, count]) => ({ node, ...count }));
};
