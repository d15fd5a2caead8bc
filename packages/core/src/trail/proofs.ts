import { fold, type Hash, type NodeHash, type NodeId, subtreesOf } from './tree.ts';

/**
 * Which subtrees a proof is made of, one group per hash of the proof: at most 2·log2(size) subtrees in all, so whoever keeps
 * them reads that many and no leaf besides.
 */
export type ProofPlan = readonly (readonly NodeId[])[];

/** The proof that leaf `index` is in the tree of `size` leaves (RFC 6962 §2.1.1). */
export const planInclusion = (index: number, size: number): ProofPlan => {
  if (index < 0 || index >= size) throw new Error(`expected a leaf below ${size}, got ${index}`);
  const path: NodeId[][] = [];
  let lo = 0;
  let hi = size;
  while (hi - lo > 1) {
    const middle = lo + largestPowerBelow(hi - lo);
    if (index < middle) {
      path.push(subtreesOf(middle, hi));
      hi = middle;
    } else {
      path.push(subtreesOf(lo, middle));
      lo = middle;
    }
  }
  return path.toReversed();
};

/** The proof that the tree of `from` leaves is the beginning of the tree of `to` leaves (RFC 6962 §2.1.2). */
export const planConsistency = (from: number, to: number): ProofPlan => {
  if (from < 0 || from > to) throw new Error(`expected a size up to ${to}, got ${from}`);
  if (from === 0 || from === to) return [];
  const path: NodeId[][] = [];
  let lo = 0;
  let hi = to;
  while (from !== hi) {
    const middle = lo + largestPowerBelow(hi - lo);
    if (from <= middle) {
      path.push(subtreesOf(middle, hi));
      hi = middle;
    } else {
      path.push(subtreesOf(lo, middle));
      lo = middle;
    }
  }
  // Where the older tree is the left edge itself, the verifier has its hash already.
  return (lo === 0 ? path : [...path, subtreesOf(lo, hi)]).toReversed();
};

/** The hashes of a planned proof. `read` answers the hash of a complete subtree. */
export const proofOf = (plan: ProofPlan, read: (node: NodeId) => Hash, nodeHash: NodeHash): Hash[] =>
  plan.map((group) => fold(group.map(read), nodeHash));

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** True when the proof shows the leaf at its place in the tree with this root (RFC 9162 §2.1.3.2). */
export const verifyInclusion = ({ index, size, leaf, proof, root }: InclusionClaim, nodeHash: NodeHash): boolean => {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equalHashes(hash, root);
};

export interface ConsistencyClaim {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly proof: readonly Hash[];
}

/** True when the proof shows the older tree to be the beginning of the newer one (RFC 9162 §2.1.4.2). */
export const verifyConsistency = ({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim, nodeHash: NodeHash): boolean => {
  if (!isCount(from) || !isCount(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false;
  if (from === to) return proof.length === 0 && equalHashes(fromRoot, toRoot);
  if (from === 0) return proof.length === 0;
  let at = from - 1;
  let last = to - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // The older tree is a complete subtree of the newer one: its root is where the path begins.
  const [first, ...rest] = at === 0 ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else newer = nodeHash(newer, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equalHashes(older, fromRoot) && equalHashes(newer, toRoot);
};

export const equalHashes = (a: Hash, b: Hash): boolean => a.length === b.length && a.every((byte, index) => byte === b[index]);

const areHashes = (hashes: readonly Hash[]) => hashes.every((hash) => hash.length === 32);
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const half = (value: number) => Math.floor(value / 2);

/** The largest power of two below `count`; where RFC 6962 splits a tree. */
const largestPowerBelow = (count: number): number => {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
};
