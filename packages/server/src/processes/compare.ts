import type { difference } from '@aimwell/contract/processes/views';
import { compareGraphs } from '@aimwell/core/processes/compare';
import type { Graph } from '@aimwell/core/processes/graph';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../platform/database/pool.ts';
import { notFound, refused } from '../platform/errors.ts';

interface Version {
  readonly id: string;
  readonly map_id: string;
  readonly number: number;
  readonly graph: Graph | null;
}

const versionsWhere = (tx: Tx, where: ReturnType<typeof sql>) =>
  tx.query<Version>(
    sql`select id, map_id, number, graph from process_versions where organization_id = ${tx.organisationId}::uuid and ${where}`,
  );

/** What changed from one version of a map to another; from the one before, where none is named. Nothing before the first. */
export const compareVersions = async (
  tx: Tx,
  id: string,
  before: string | undefined,
): Promise<{ before: { id: string; number: number } | null; items: z.infer<typeof difference>[] }> => {
  const [after] = await versionsWhere(tx, sql`id = ${id}::uuid`);
  if (after === undefined) throw notFound('version');
  const [old] = await versionsWhere(
    tx,
    before === undefined
      ? sql`map_id = ${after.map_id}::uuid and number < ${after.number} order by number desc limit 1`
      : sql`map_id = ${after.map_id}::uuid and id = ${before}::uuid`,
  );
  if (old === undefined && before !== undefined) throw notFound('version of this map');
  if (old === undefined) return { before: null, items: [] };
  if (old.graph === null || after.graph === null)
    throw refused([
      refusal(
        'DOCUMENTATION_ONLY',
        `expected two versions that run, got version ${old.graph === null ? old.number : after.number}, which is documentation only`,
        'Compare the files of the two versions.',
      ),
    ]);
  return { before: { id: old.id, number: old.number }, items: compareGraphs(old.graph, after.graph).map((one) => ({ ...one })) };
};
