import type { Graph } from '@aimwell/core/processes/graph';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';

/** A version that runs take: its compiled map and what is asked of it at each step. */
export interface Runnable {
  readonly versionId: string;
  readonly mapId: string;
  readonly key: string;
  readonly name: string;
  readonly number: number;
  readonly sha256: string;
  readonly register: string | null;
  readonly graph: Graph;
  /** An expression of it asks for values of the record, which then have to be read. */
  readonly asksRecord: boolean;
  /** It has events that wait until a condition comes true. */
  readonly listens: boolean;
}

// Approved maps never change, so what was compiled once is kept; the least lately used goes.
const MOST_KEPT = 300;
const kept = new Map<string, Runnable>();

/** The compiled map of an approved or retired version of this organisation; `keep`: for whoever asks next, too. */
export const runnable = async (tx: Tx, versionId: string, { keep = true } = {}): Promise<Runnable> => {
  const key = `${tx.organisationId} ${versionId}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const [row] = await tx.query<Omit<Runnable, 'asksRecord' | 'listens' | 'graph'> & { graph: Graph | null }>(sql`
    select v.id as "versionId", v.map_id as "mapId", m.key, m.name, v.number, v.sha256, m.register, v.graph
    from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.id = ${versionId}::uuid and v.state in ('approved', 'retired')`);
  if (row === undefined || row.graph === null) throw new Error(`expected a version that runs, got ${versionId}`);
  const { graph } = row;
  const listens = Object.values(graph.nodes).some((node) => 'trigger' in node && node.trigger?.kind === 'conditional');
  const made: Runnable = { ...row, graph, listens, asksRecord: /\brecord\b/.test(JSON.stringify(graph)) };
  if (keep) kept.set(key, made);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
  return made;
};
