import type { Checkpoint } from '@aimwell/core/trail/checkpoint';
import { equalHashes } from '@aimwell/core/trail/proofs';
import { sql } from 'kysely';
import { countOf, eachBinaryRow } from '../database/binary-rows.ts';
import type { Tx } from '../database/pool.ts';
import { growHashTree, type HashTree } from './hash-tree.ts';
import { KEPT_EVERY } from './nodes.ts';
import { keptSubtrees } from './verify-nodes.ts';
import type { Fault } from './verify-records.ts';

/**
 * Builds the tree anew from its leaves and holds each checkpoint, and each subtree kept for proofs, against it. `held` is a checkpoint from
 * outside. Answers the number of leaves, up to the first that is missing.
 */
export const walkTree = async (
  tx: Tx,
  kept: readonly Checkpoint[],
  held: Checkpoint | null,
): Promise<{ readonly size: number; readonly faults: Fault[] }> => {
  const checkpoints = held === null ? kept : [...kept, held];
  const subtrees = keptSubtrees();
  const tree = growHashTree(KEPT_EVERY, subtrees.take);
  const compared = compareRoots(tree, checkpoints, held);
  let gap = false;
  const leaves = tx.copyOut(
    sql`select seq, leaf_hash from trail_leaves where organization_id = ${sql.lit(tx.organisationId)}::uuid order by seq`,
  );
  await eachBinaryRow(leaves, 2, (row) => {
    gap ||= countOf(row, 0) !== tree.size() || row.length[1] !== 32;
    if (gap) return;
    tree.append(row.bytes, row.start[1] ?? 0);
    compared.here();
  });
  const size = tree.size();
  const tooShort = checkpoints.find((checkpoint) => checkpoint.size > size);
  if (gap) return { size, faults: [...compared.faults, { what: 'tree', entry: size, message: `Entry ${size} is missing` }] };
  const faults = [...compared.faults, ...(await subtrees.faults(tx))];
  return tooShort === undefined
    ? { size, faults }
    : {
        size,
        faults: [
          ...faults,
          { what: 'tree', entry: size, message: `The tree has ${size} entries; a signed checkpoint covers ${tooShort.size}` },
        ],
      };
};

/** Holds the tree against the checkpoints of each size it passes through, up to the first that disagrees. */
const compareRoots = (tree: HashTree, checkpoints: readonly Checkpoint[], held: Checkpoint | null) => {
  const at = Map.groupBy(checkpoints, (checkpoint) => checkpoint.size);
  const faults: Fault[] = [];
  // The size of the last checkpoint that agreed: everything before it is as it was signed.
  let good = 0;
  const here = () => {
    const signed = faults.length > 0 ? undefined : at.get(tree.size());
    const root = signed === undefined ? null : tree.root();
    if (signed === undefined || root === null) return;
    const wrong = signed.filter((checkpoint) => !equalHashes(checkpoint.root, root));
    if (wrong.length === 0) {
      good = tree.size();
      return;
    }
    // Where none but the one from outside disagrees, those of the database before it were made to agree: they vouch for nothing.
    if (wrong.every((checkpoint) => checkpoint === held)) good = 0;
    faults.push({
      what: 'tree',
      entry: good,
      message: `The entries from ${good} to ${tree.size() - 1} are not those under the checkpoint of ${tree.size()} entries`,
    });
  };
  return { here, faults };
};
