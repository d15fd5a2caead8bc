import { fold, type Frontier, type Hash, type NodeId, subtreesOf } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { nodeHash } from './hashing.ts';

/** Of the levels of the tree every eighth is kept, the leaves first. */
export const KEPT_EVERY = 8;

const keyOf = ({ level, index }: NodeId) => `${level}/${index}`;

/**
 * Hashes of complete subtrees, for proofs and for going on from a size. Each follows from at most 128 kept hashes, so that a
 * proof costs a few hundred rows of two indexes, whatever the size of the tree.
 */
export const readNodes = async (tx: Tx, wanted: readonly NodeId[]): Promise<(node: NodeId) => Hash> => {
  const ranges = wanted.map((node) => {
    const level = node.level - (node.level % KEPT_EVERY);
    const width = 2 ** (node.level - level);
    return { level, lo: node.index * width, hi: (node.index + 1) * width };
  });
  const kept = new Map<string, Hash>();
  const load = async (level: number) => {
    const here = ranges.filter((range) => range.level === level);
    if (here.length === 0) return;
    const spans = sql`unnest(${here.map(({ lo }) => lo)}::bigint[], ${here.map(({ hi }) => hi)}::bigint[]) r(lo, hi)`;
    const rows = await tx.query<{ index: number; hash: Buffer }>(
      level === 0
        ? sql`select l.seq as index, l.leaf_hash as hash from ${spans} join trail_leaves l on l.organization_id = ${tx.organisationId}::uuid and l.seq >= r.lo and l.seq < r.hi`
        : sql`select n.index, n.hash from ${spans} join trail_nodes n on n.organization_id = ${tx.organisationId}::uuid and n.level = ${level} and n.index >= r.lo and n.index < r.hi`,
    );
    for (const row of rows) kept.set(keyOf({ level, index: row.index }), row.hash);
  };
  for (const level of new Set(ranges.map((range) => range.level))) await load(level);
  return (node) => {
    const level = node.level - (node.level % KEPT_EVERY);
    const width = 2 ** (node.level - level);
    const below = Array.from({ length: width }, (_, offset) => {
      const found = kept.get(keyOf({ level, index: node.index * width + offset }));
      if (found === undefined) throw new Error(`the tree lacks the hash of level ${level}, index ${node.index * width + offset}`);
      return found;
    });
    return complete(below);
  };
};

/** The hash over 2^n neighbours. */
const complete = (hashes: readonly Hash[]): Hash => {
  if (hashes.length === 1) return hashes[0] as Hash;
  const middle = hashes.length / 2;
  return fold([complete(hashes.slice(0, middle)), complete(hashes.slice(middle))], nodeHash);
};

/** The frontier of the tree of `size` leaves. */
export const readFrontier = async (tx: Tx, size: number): Promise<Frontier> => {
  const nodes = subtreesOf(0, size);
  const read = await readNodes(tx, nodes);
  return { size, hashes: nodes.map(read) };
};
