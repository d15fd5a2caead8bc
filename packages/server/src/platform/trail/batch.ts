import { type Frontier, growTree, type Hash, type NodeId } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { leafHash, nodeHash } from './hashing.ts';
import { KEPT_EVERY, readFrontier } from './nodes.ts';
import { type LogKey, originOf, signCheckpoint } from './signing.ts';

/** Another server leads, or signs with another key. */
export class LostLease extends Error {
  override readonly name = 'LostLease';
}

export interface Batch {
  readonly holder: string;
  readonly epoch: number;
  readonly leaseMs: number;
  readonly key: LogKey;
  readonly now: () => Date;
  /** At most so many entries. */
  readonly limit: number;
  /** Where the tree stood after the last batch, if that is still known. */
  readonly frontier: Frontier | undefined;
}

interface Taken {
  readonly id: string;
  readonly envelope: string | null;
}

/**
 * Takes what waits, in the order of record, version and entry, appends it to the tree of the organisation and signs a
 * checkpoint; everything in the running transaction, and only while the lease is ours. Versions of one record come in their
 * order whatever the limit: the queue is read in that order, and a later version is visible only with the earlier ones.
 */
export const sequenceBatch = async (tx: Tx, batch: Batch): Promise<{ readonly taken: number; readonly frontier: Frontier }> => {
  await holdLease(tx, batch);
  const size = await sizeOf(tx);
  const before = batch.frontier?.size === size ? batch.frontier : await readFrontier(tx, size);
  const taken = await takeWaiting(tx, batch.limit);
  // By id: a queue that somebody filled twice must not hold up everyone behind it.
  const entries = [...new Map(taken.map((entry) => [entry.id, entry])).values()].flatMap(({ id, envelope }) =>
    envelope === null ? [] : [{ id, envelope }],
  );
  if (entries.length === 0) return { taken: taken.length, frontier: before };
  const nodes: (NodeId & { hash: Hash })[] = [];
  const tree = growTree(before, nodeHash, (node, hash) => {
    if (node.level > 0 && node.level % KEPT_EVERY === 0) nodes.push({ ...node, hash });
  });
  const leaves = entries.map(({ id, envelope }) => ({ id, hash: leafHash(envelope) }));
  for (const leaf of leaves) tree.append(leaf.hash);
  await tx.query(sql`
    insert into trail_leaves (organization_id, seq, entry_id, leaf_hash)
    select ${tx.organisationId}::uuid, ${size}::bigint + n - 1, id, decode(hash, 'hex')
    from unnest(${leaves.map(({ id }) => id)}::uuid[], ${leaves.map(({ hash }) => hex(hash))}::text[]) with ordinality as l(id, hash, n)`);
  if (nodes.length > 0)
    await tx.query(sql`
      insert into trail_nodes (organization_id, level, index, hash)
      select ${tx.organisationId}::uuid, level, index, decode(hash, 'hex')
      from unnest(${nodes.map(({ level }) => level)}::int[], ${nodes.map(({ index }) => index)}::bigint[], ${nodes.map(({ hash }) => hex(hash))}::text[]) n(level, index, hash)`);
  await checkpoint(tx, batch, { before: size, size: tree.size(), root: tree.root() as Hash });
  return { taken: taken.length, frontier: tree.frontier() };
};

const hex = (hash: Hash) => Buffer.from(hash).toString('hex');

/** Renews the lease in this transaction: another server can take it only after our commit, or never finds us in it. */
const holdLease = async (tx: Tx, { holder, epoch, leaseMs, key }: Batch) => {
  const [row] = await tx.query<{ active: string | null }>(sql`
    update trail_lease set until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where holder = ${holder}::uuid and epoch = ${epoch} returning (select id from trail_keys where retired_at is null) as active`);
  if (row?.active !== key.id) throw new LostLease();
};

const sizeOf = async (tx: Tx): Promise<number> => {
  const [row] = await tx.query<{ size: number }>(
    sql`select seq + 1 as size from trail_leaves where organization_id = ${tx.organisationId}::uuid order by seq desc limit 1`,
  );
  return row?.size ?? 0;
};

/** Takes entries off the queue. What is a leaf already, or is no entry at all, is taken and passed over. */
const takeWaiting = (tx: Tx, limit: number) =>
  tx.query<Taken>(sql`
    with next as materialized (
      select record_id, version, entry_id from trail_pending where organization_id = ${tx.organisationId}::uuid
      order by record_id, version, entry_id limit ${limit}),
    gone as (
      delete from trail_pending p using next n where p.organization_id = ${tx.organisationId}::uuid
      and p.record_id = n.record_id and p.version = n.version and p.entry_id = n.entry_id)
    select n.entry_id as id, e.envelope from next n
    left join trail_entries e on e.organization_id = ${tx.organisationId}::uuid and e.id = n.entry_id
      and not exists (select 1 from trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id)
    order by n.record_id, n.version, n.entry_id`);

const checkpoint = async (
  tx: Tx,
  { epoch, key, now }: Batch,
  { before, size, root }: { readonly before: number; readonly size: number; readonly root: Hash },
) => {
  const at = now().toISOString();
  // Each names the one before, so that one left out shows.
  const extensions = [`epoch ${epoch}`, `time ${at}`, `previous ${before}`];
  const note = signCheckpoint({ origin: originOf(tx.organisationId), size, root, extensions }, key);
  await tx.query(sql`
    insert into trail_checkpoints (organization_id, size, root, note, epoch, at)
    values (${tx.organisationId}::uuid, ${size}, decode(${hex(root)}, 'hex'), ${note}, ${epoch}, ${at})`);
};
