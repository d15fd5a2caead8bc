import { toBase64 } from '@aimwell/core/trail/base64';
import { planConsistency, planInclusion, type ProofPlan, proofOf } from '@aimwell/core/trail/proofs';
import type { Hash, NodeId } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { leftSizes } from '../leaving/checkpoint.ts';
import { nodeHash } from '../trail/hashing.ts';
import { readNodes } from '../trail/nodes.ts';

const keyOf = ({ level, index }: NodeId) => `${level}/${index}`;

/** The hashes of many proofs at once: neighbours share most of theirs, so each is read and folded once. */
const hashesOf = async (tx: Tx, plans: readonly ProofPlan[]): Promise<Hash[][]> => {
  const wanted = new Map(plans.flat(2).map((node) => [keyOf(node), node]));
  const read = await readNodes(tx, [...wanted.values()]);
  const known = new Map<string, Hash>();
  const once = (node: NodeId): Hash => {
    const found = known.get(keyOf(node)) ?? read(node);
    known.set(keyOf(node), found);
    return found;
  };
  return plans.map((plan) => proofOf(plan, once, nodeHash));
};

/** The inclusion proofs of these leaves in the tree of `size`. */
export const inclusionProofs = (tx: Tx, seqs: readonly number[], size: number): Promise<Hash[][]> =>
  hashesOf(
    tx,
    seqs.map((seq) => planInclusion(seq, size)),
  );

/** Sizes that people may hold a checkpoint of: the last of each day, those that left, and those that were time-stamped. */
const keptSizes = async (tx: Tx, below: number): Promise<number[]> => {
  const rows = await tx.query<{ size: number }>(sql`
    select distinct size from (
      select max(size) as size from trail_checkpoints where organization_id = ${tx.organisationId}::uuid group by (at at time zone 'UTC')::date
      union all select size from checkpoint_stamps where organization_id = ${tx.organisationId}::uuid) s
    where size < ${below} order by size`);
  const left = (await leftSizes(tx)).filter((size) => size < below);
  return [...new Set([...rows.map(({ size }) => size), ...left])].toSorted((a, b) => a - b);
};

const AT_ONCE = 200;

/** One line for each older size: the size, and the hashes by which its tree is shown to be the beginning of this one. */
export async function* consistencyLines(tx: Tx, size: number): AsyncGenerator<string> {
  const sizes = await keptSizes(tx, size);
  for (let at = 0; at < sizes.length; at += AT_ONCE) {
    const some = sizes.slice(at, at + AT_ONCE);
    const proofs = await hashesOf(
      tx,
      some.map((from) => planConsistency(from, size)),
    );
    for (const [index, from] of some.entries()) yield `${[from, ...(proofs[index] ?? []).map(toBase64)].join(' ')}\n`;
  }
}
