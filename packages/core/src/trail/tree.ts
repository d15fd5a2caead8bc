/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;
/** SHA-256 of 0x01, left, right (RFC 6962 §2.1). Hashing comes in as an argument: this floor has no library for it. */
export type NodeHash = (left: Hash, right: Hash) => Hash;
/** A complete subtree: it covers the 2^level leaves from index × 2^level on. Its hash never changes again. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** The complete subtrees that make up a tree, from the left: as many as its size has binary ones. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

export interface GrowingTree {
  size(): number;
  /** Appends the hash of one leaf; `onNode` is told of each subtree that this completes, the leaf itself included. */
  append(leaf: Hash): void;
  /** Root of all leaves so far; null for an empty tree, whose root is the hash of nothing. */
  root(): Hash | null;
  frontier(): Frontier;
}

/** A Merkle tree that grows at its end and keeps only its frontier: at most 53 hashes for any number of leaves. */
export const growTree = (from: Frontier, nodeHash: NodeHash, onNode: (node: NodeId, hash: Hash) => void = () => {}): GrowingTree => {
  const hashes = [...from.hashes];
  let size = from.size;
  if (hashes.length !== ones(size)) throw new Error(`expected ${ones(size)} hashes for a tree of ${size}, got ${hashes.length}`);
  return {
    size: () => size,
    append: (leaf) => {
      let hash = leaf;
      let index = size;
      let level = 0;
      onNode({ level, index }, hash);
      while (index % 2 === 1) {
        hash = nodeHash(hashes.pop() as Hash, hash);
        index = (index - 1) / 2;
        level += 1;
        onNode({ level, index }, hash);
      }
      hashes.push(hash);
      size += 1;
    },
    root: () => (size === 0 ? null : fold(hashes, nodeHash)),
    frontier: () => ({ size, hashes: [...hashes] }),
  };
};

/** One hash of neighbouring complete subtrees, larger ones to the left. */
export const fold = (hashes: readonly Hash[], nodeHash: NodeHash): Hash => hashes.reduceRight((right, left) => nodeHash(left, right));

/** The complete subtrees that cover the leaves from `lo` to before `hi`, where `lo` is where a subtree of the tree begins. */
export const subtreesOf = (lo: number, hi: number): NodeId[] => {
  const nodes: NodeId[] = [];
  let at = lo;
  while (at < hi) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= hi) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
};

const ones = (size: number): number => {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
};
