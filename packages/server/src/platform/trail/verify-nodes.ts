import { equalHashes } from '@aimwell/core/trail/proofs';
import type { Hash, NodeId } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { KEPT_EVERY } from './nodes.ts';
import type { Fault } from './verify-records.ts';

/**
 * Takes the subtrees that a tree grown anew completes, and holds those that the database keeps for proofs against them: a few
 * for every 256 leaves, so that memory stays small.
 */
export const keptSubtrees = () => {
  const grown = new Map<string, Hash>();
  return {
    take: ({ level, index }: NodeId, hash: Hash): void => {
      if (level > 0 && level % KEPT_EVERY === 0) grown.set(`${level}/${index}`, hash);
    },
    faults: async (tx: Tx): Promise<Fault[]> => {
      const rows = await tx.query<{ level: number; index: number; hash: Buffer }>(
        sql`select level, index, hash from trail_nodes where organization_id = ${tx.organisationId}::uuid order by level, index`,
      );
      const kept = new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hash]));
      const wrong = [...new Set([...grown.keys(), ...kept.keys()])].filter((key) => {
        const [one, other] = [grown.get(key), kept.get(key)];
        return one === undefined || other === undefined || !equalHashes(one, other);
      });
      return wrong.map((key) => {
        const [level = 0, index = 0] = key.split('/').map(Number);
        return { what: 'tree', entry: index * 2 ** level, message: `The subtree ${key} kept for proofs is not that of its entries` };
      });
    },
  };
};
