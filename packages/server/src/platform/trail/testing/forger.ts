import { emptyFrontier, growTree, type Hash } from '@aimwell/core/trail/tree';
import type pg from 'pg';
import { leafHash, nodeHash } from '../hashing.ts';
import { KEPT_EVERY } from '../nodes.ts';
import { type LogKey, originOf, signCheckpoint } from '../signing.ts';

/**
 * Does what somebody with all rights on the database would do to make changed envelopes look untouched: hashes every leaf
 * again, grows the tree anew and signs a checkpoint for each size that had one. `owner` is a superuser's connection.
 */
export const forgeLog = async (owner: pg.Client, organisation: string, key: LogKey): Promise<void> => {
  const { rows } = await owner.query<{ seq: string; envelope: string }>(
    'select l.seq, e.envelope from trail_leaves l join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id where l.organization_id = $1 order by l.seq',
    [organisation],
  );
  const notes = await owner.query<{ size: string; epoch: string; at: Date }>(
    'select size, epoch, at from trail_checkpoints where organization_id = $1 order by size',
    [organisation],
  );
  const sizes = new Map(notes.rows.map((row) => [Number(row.size), row]));
  const hex = (hash: Hash) => Buffer.from(hash);
  await owner.query('delete from trail_nodes where organization_id = $1', [organisation]);
  const nodes: { level: number; index: number; hash: Hash }[] = [];
  const tree = growTree(emptyFrontier, nodeHash, (node, hash) => {
    if (node.level > 0 && node.level % KEPT_EVERY === 0) nodes.push({ ...node, hash });
  });
  let before = 0;
  for (const { seq, envelope } of rows) {
    const hash = leafHash(envelope);
    tree.append(hash);
    await owner.query('update trail_leaves set leaf_hash = $3 where organization_id = $1 and seq = $2', [organisation, seq, hex(hash)]);
    const had = sizes.get(tree.size());
    const root = tree.root();
    if (had === undefined || root === null) continue;
    const extensions = [`epoch ${had.epoch}`, `time ${had.at.toISOString()}`, `previous ${before}`];
    before = tree.size();
    const note = signCheckpoint({ origin: originOf(organisation), size: tree.size(), root, extensions }, key);
    await owner.query('update trail_checkpoints set root = $3, note = $4 where organization_id = $1 and size = $2', [
      organisation,
      tree.size(),
      hex(root),
      note,
    ]);
  }
  for (const { level, index, hash } of nodes)
    await owner.query('insert into trail_nodes values ($1, $2, $3, $4)', [organisation, level, index, hex(hash)]);
};
