import type { mapEndpoints } from '@aimwell/contract/processes/maps';
import type { departure } from '@aimwell/contract/processes/views';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { runnable } from './graphs.ts';
import { overlayOf } from './overlay.ts';
import { readCursor, runIdentifierSql, writeCursor } from './reads.ts';

type Query = z.output<(typeof mapEndpoints)['departures']['query'] & z.ZodType>;
type Departure = z.infer<typeof departure>;
interface Row {
  readonly instance: Departure['instance'];
  readonly number: number;
  readonly version: string;
}

/**
 * Steps of the runs of a map that were late, passed by or called off, newest run first: told from the history of each run alone, as
 * its own page tells it. A page is of runs, so it may be empty and yet have a next one.
 */
export const departuresOf = async (tx: Tx, context: Context, mapId: string, { cursor, limit }: Query) => {
  const rows = await tx.query<Row>(sql`
    select json_build_object('id', i.id, 'identifier', ${runIdentifierSql('i.number')}, 'title', i.title, 'status', i.status) as instance, i.number, i.version_id as version
    from process_instances i where i.organization_id = ${tx.organisationId}::uuid and i.map_id = ${mapId}::uuid
      ${cursor === undefined ? sql`` : sql`and i.number < ${numberOf(cursor)}`} order by i.number desc limit ${limit + 1}`);
  if (rows.length === 0 && cursor === undefined) await checkMap(tx, mapId);
  const page = rows.slice(0, limit);
  const items: Departure[] = [];
  for (const row of page) items.push(...(await ofRun(tx, context, row)));
  return { items, runs: page.length, next: rows.length > limit ? writeCursor(page.at(-1)?.number) : null };
};

const ofRun = async (tx: Tx, context: Context, { instance, version }: Row): Promise<Departure[]> => {
  const { graph } = await runnable(tx, version);
  const { late, skipped } = await overlayOf(tx, context, instance.id);
  const step = (node: string) => ({ instance, node, name: graph.nodes[node]?.name ?? null });
  return [
    ...late.map(({ node, since, due, ended }) => ({ ...step(node), what: 'late' as const, since, due, ended })),
    ...skipped.map(({ node, why, at }) => ({ ...step(node), what: why, since: null, due: null, ended: at })),
  ];
};

const checkMap = async (tx: Tx, id: string): Promise<void> => {
  const found = await tx.query(sql`select 1 from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  if (found.length === 0) throw notFound('process');
};

const numberOf = (cursor: string): number => {
  const before = readCursor(cursor)?.[0];
  if (typeof before === 'number' && Number.isSafeInteger(before) && Math.abs(before) <= 2_147_483_647) return before;
  throw invalid([
    {
      code: 'CURSOR',
      field: 'cursor',
      message: 'expected the cursor of a page before, got something else',
      remedy: 'Begin without a cursor.',
    },
  ]);
};
