import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planConsistency, planInclusion, proofOf, verifyConsistency, verifyInclusion } from './proofs.ts';
import { emptyFrontier, growTree, type Hash, type NodeId } from './tree.ts';

const sha = (...parts: Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
};
const nodeHash = (left: Hash, right: Hash): Hash => sha(Uint8Array.of(1), left, right);
const leaves = Array.from({ length: 300 }, (_, index) => sha(Uint8Array.of(0), new TextEncoder().encode(`entry ${index}`)));
const hex = (hash: Hash | null | undefined) => (hash == null ? null : Buffer.from(hash).toString('hex'));

// The definitions of RFC 6962 §2.1, word for word, over all leaves.
const split = (count: number) => 2 ** Math.floor(Math.log2(count - 1));
const naiveRoot = (all: readonly Hash[]): Hash => {
  if (all.length === 1) return all[0] as Hash;
  const k = split(all.length);
  return nodeHash(naiveRoot(all.slice(0, k)), naiveRoot(all.slice(k)));
};
const naivePath = (m: number, all: readonly Hash[]): Hash[] => {
  if (all.length === 1) return [];
  const k = split(all.length);
  return m < k
    ? [...naivePath(m, all.slice(0, k)), naiveRoot(all.slice(k))]
    : [...naivePath(m - k, all.slice(k)), naiveRoot(all.slice(0, k))];
};
const naiveSub = (m: number, all: readonly Hash[], known: boolean): Hash[] => {
  if (m === all.length) return known ? [] : [naiveRoot(all)];
  const k = split(all.length);
  return m <= k
    ? [...naiveSub(m, all.slice(0, k), known), naiveRoot(all.slice(k))]
    : [...naiveSub(m - k, all.slice(k), false), naiveRoot(all.slice(0, k))];
};

const nodes = new Map<string, Hash>();
const roots: Hash[] = [];
const tree = growTree(emptyFrontier, nodeHash, ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
for (const leaf of leaves) {
  tree.append(leaf);
  roots.push(tree.root() as Hash);
}
const rootOf = (size: number) => roots[size - 1] as Hash;
const read = ({ level, index }: NodeId): Hash => {
  const found = nodes.get(`${level}/${index}`);
  if (found === undefined) throw new Error(`no complete subtree ${level}/${index}`);
  return found;
};
const inclusion = (index: number, size: number) => proofOf(planInclusion(index, size), read, nodeHash);
const consistency = (from: number, to: number) => proofOf(planConsistency(from, to), read, nodeHash);

describe('a tree that grows', () => {
  it('has the root of the definition at every size up to 300', () => {
    for (let size = 1; size <= 300; size += 1) expect(hex(rootOf(size))).toBe(hex(naiveRoot(leaves.slice(0, size))));
  });

  it('goes on from its frontier as if it had never stopped', () => {
    for (let size = 0; size < 300; size += 7) {
      const first = growTree(emptyFrontier, nodeHash);
      for (const leaf of leaves.slice(0, size)) first.append(leaf);
      const next = growTree(first.frontier(), nodeHash);
      for (const leaf of leaves.slice(size)) next.append(leaf);
      expect(hex(next.root())).toBe(hex(rootOf(300)));
    }
  });

  it('has no root of its own while it is empty, and refuses a frontier that fits no size', () => {
    expect(growTree(emptyFrontier, nodeHash).root()).toBeNull();
    expect(() => growTree({ size: 3, hashes: [rootOf(1)] }, nodeHash)).toThrow('expected 2 hashes');
  });
});

describe('proofs', () => {
  it('of inclusion are those of the definition, for every leaf of every size up to 300, and hold', () => {
    for (let size = 1; size <= 300; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusion(index, size);
        if (size < 70 || index % 13 === 0) expect(proof.map(hex)).toEqual(naivePath(index, leaves.slice(0, size)).map(hex));
        const claim = { index, size, leaf: leaves[index] as Hash, proof, root: rootOf(size) };
        if (!verifyInclusion(claim, nodeHash)) expect(`${index} of ${size}`).toBe('proven');
      }
    }
  });

  it('of consistency are those of the definition, for every pair of sizes up to 300, and hold', () => {
    for (let to = 1; to <= 300; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = consistency(from, to);
        if (to < 60 || from % 17 === 0) expect(proof.map(hex)).toEqual(naiveSub(from, leaves.slice(0, to), true).map(hex));
        if (!verifyConsistency({ from, to, fromRoot: rootOf(from), toRoot: rootOf(to), proof }, nodeHash))
          expect(`${from} to ${to}`).toBe('proven');
      }
    }
  });

  it('read no more subtrees than twice the height', () => {
    for (const size of [1, 2, 255, 256, 257, 999_999, 1_048_577, 2 ** 40 + 1]) {
      expect(planInclusion(size - 1, size).flat().length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size + 1)));
      expect(planInclusion(0, size).flat().length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size + 1)));
      expect(planConsistency(Math.ceil(size / 3), size).flat().length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size + 1)));
    }
  });

  it('are refused 10,000 times out of 10,000 when anything in them is changed', () => {
    let accepted = 0;
    const bent = fc.record({
      size: fc.integer({ min: 2, max: 300 }),
      at: fc.nat(),
      kind: fc.constantFrom('bit', 'drop', 'add', 'swap', 'leaf', 'place', 'root', 'short'),
      where: fc.nat(),
      bit: fc.nat(255),
      earlier: fc.boolean(),
    });
    fc.assert(
      fc.property(bent, ({ size, at, kind, where, bit, earlier }) => {
        const flip = (hash: Hash) => hash.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const change = (proof: Hash[]): Hash[] => {
          const place = proof.length === 0 ? 0 : where % proof.length;
          if (kind === 'drop') return proof.toSpliced(place, 1);
          if (kind === 'add') return proof.toSpliced(place, 0, leaves[where % 300] as Hash);
          if (kind === 'short') return proof.map((hash, index) => (index === place ? hash.slice(1) : hash));
          if (kind === 'swap' && proof.length > 1)
            return proof.with(place, proof[(place + 1) % proof.length] as Hash).with((place + 1) % proof.length, proof[place] as Hash);
          return proof.map((hash, index) => (index === place ? flip(hash) : hash));
        };
        const self = kind === 'leaf' || kind === 'place' || kind === 'root';
        if (earlier) {
          const from = 1 + (at % (size - 1));
          const good = { from, to: size, fromRoot: rootOf(from), toRoot: rootOf(size), proof: consistency(from, size) };
          const bad =
            kind === 'leaf'
              ? { ...good, fromRoot: flip(good.fromRoot) }
              : kind === 'root'
                ? { ...good, toRoot: flip(good.toRoot) }
                : kind === 'place'
                  ? { ...good, fromRoot: rootOf(from === 1 ? 2 : from - 1) }
                  : { ...good, proof: change(good.proof) };
          if (verifyConsistency(bad, nodeHash)) accepted += 1;
          return;
        }
        const index = at % size;
        const good = { index, size, leaf: leaves[index] as Hash, proof: inclusion(index, size), root: rootOf(size) };
        const bad =
          kind === 'leaf'
            ? { ...good, leaf: flip(good.leaf) }
            : kind === 'root'
              ? { ...good, root: flip(good.root) }
              : kind === 'place'
                ? { ...good, index: (index + 1 + (where % (size - 1))) % size }
                : { ...good, proof: change(good.proof) };
        if (!self && bad.proof.length === 0 && good.proof.length === 0) return;
        if (verifyInclusion(bad, nodeHash)) accepted += 1;
      }),
      { numRuns: 10_000, seed: 6962 },
    );
    expect(accepted).toBe(0);
  });

  it('do not stand for places that no tree has', () => {
    const claim = { leaf: rootOf(1), proof: [], root: rootOf(1) };
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0.5, 1],
      [0, 0],
      [0, 2],
    ] as const)
      expect(verifyInclusion({ ...claim, index, size }, nodeHash)).toBe(false);
    expect(verifyConsistency({ from: 2, to: 1, fromRoot: rootOf(2), toRoot: rootOf(1), proof: [] }, nodeHash)).toBe(false);
    expect(verifyConsistency({ from: 3, to: 5, fromRoot: rootOf(3), toRoot: rootOf(5), proof: [] }, nodeHash)).toBe(false);
    expect(() => planInclusion(3, 3)).toThrow('below 3');
    expect(() => planConsistency(4, 3)).toThrow('up to 3');
  });
});
