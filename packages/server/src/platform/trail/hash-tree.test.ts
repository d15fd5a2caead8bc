import { hash } from 'node:crypto';
import { emptyFrontier, growTree, type Hash, type NodeId } from '@aimwell/core/trail/tree';
import { expect, it } from 'vitest';
import { growHashTree } from './hash-tree.ts';
import { nodeHash } from './hashing.ts';

const leafAt = (index: number) => hash('sha256', `leaf ${index}`, 'buffer');

it('grows the very tree of the core: every root up to 600 leaves, and every kept subtree', () => {
  const kept: [NodeId, Hash][] = [];
  const expected: [NodeId, Hash][] = [];
  const tree = growHashTree(3, (node, value) => kept.push([node, value]));
  const plain = growTree(emptyFrontier, nodeHash, (node, value) => {
    if (node.level > 0 && node.level % 3 === 0) expected.push([node, value]);
  });
  expect(tree.root()).toBeNull();
  for (let index = 0; index < 600; index += 1) {
    // Leaves lie anywhere in what was read.
    tree.append(Buffer.concat([Buffer.alloc(index % 7), leafAt(index)]), index % 7);
    plain.append(leafAt(index));
    expect(Buffer.from(tree.root() ?? []).equals(plain.root() ?? Buffer.alloc(0))).toBe(true);
  }
  expect(tree.size()).toBe(600);
  expect(kept.length).toBe(75 + 9 + 1);
  expect(kept.map(([node, value]) => [node, Buffer.from(value).toString('hex')])).toEqual(
    expected.map(([node, value]) => [node, Buffer.from(value).toString('hex')]),
  );
});
