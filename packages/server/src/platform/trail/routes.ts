import { readCheckpoint, readConsistency, readEntryProof, readTimeline } from '@aimwell/contract/platform/trail';
import { planConsistency, planInclusion, type ProofPlan, proofOf } from '@aimwell/core/trail/proofs';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { invalid, notFound } from '../errors.ts';
import { type House, mount } from '../http/mount.ts';
import { leafHash, nodeHash } from './hashing.ts';
import { readNodes } from './nodes.ts';
import { originOf, publicKeyPem, verifierKeyOf } from './signing.ts';
import { readTimelineOf } from './timeline.ts';

/** Mounts what anyone who belongs here may take away and check elsewhere. */
export const mountTrail = (app: FastifyInstance, house: House): void => {
  mount(app, house, readCheckpoint, async (tx) => {
    const newest = await newestCheckpoint(tx);
    return { value: { checkpoint: newest?.note ?? null, size: newest?.size ?? 0, notAnchored: await waiting(tx), keys: await keysOf(tx) } };
  });
  mount(app, house, readEntryProof, async (tx, _context, { params }) => {
    const [entry] = await tx.query<{ envelope: string; seq: number | null }>(sql`
      select e.envelope, l.seq from trail_entries e left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
      where e.organization_id = ${tx.organisationId}::uuid and e.id = ${params.id}::uuid`);
    if (entry === undefined) throw notFound('entry');
    const newest = await newestCheckpoint(tx);
    const { envelope, seq } = entry;
    const anchored =
      seq === null || newest === null
        ? null
        : { seq, size: newest.size, proof: await hashesOf(tx, planInclusion(seq, newest.size)), checkpoint: newest.note };
    return { value: { entry: params.id, envelope, leafHash: hexOf(leafHash(envelope)), anchored } };
  });
  mount(app, house, readConsistency, async (tx, _context, { query }) => {
    const size = (await newestCheckpoint(tx))?.size ?? 0;
    const to = query.to ?? size;
    if (to > size) throw invalid([{ code: 'NOT_ANCHORED', field: 'to', message: `expected a size up to ${size}, got ${to}` }]);
    if (query.from > to) throw invalid([{ code: 'ORDER', field: 'from', message: `expected a size up to ${to}, got ${query.from}` }]);
    return { value: { from: query.from, to, proof: await hashesOf(tx, planConsistency(query.from, to)) } };
  });
  mount(app, house, readTimeline, async (tx, context, { query }) => ({ value: await readTimelineOf(tx, context, query.years) }));
};

const hexOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

const hashesOf = async (tx: Tx, plan: ProofPlan): Promise<string[]> => proofOf(plan, await readNodes(tx, plan.flat()), nodeHash).map(hexOf);

const newestCheckpoint = async (tx: Tx): Promise<{ size: number; note: string } | null> => {
  const [row] = await tx.query<{ size: number; note: string }>(
    sql`select size, note from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size desc limit 1`,
  );
  return row ?? null;
};

const waiting = async (tx: Tx): Promise<number> => {
  const [row] = await tx.query<{ n: number }>(
    sql`select count(*) as n from trail_pending where organization_id = ${tx.organisationId}::uuid`,
  );
  return row?.n ?? 0;
};

const keysOf = async (tx: Tx) => {
  const rows = await tx.query<{ public_key: Buffer; created_at: Date; retired_at: Date | null; endorsement: string | null }>(
    sql`select public_key, created_at, retired_at, endorsement from trail_keys order by created_at desc`,
  );
  return rows.map((row) => ({
    verifierKey: verifierKeyOf(originOf(tx.organisationId), row.public_key),
    pem: publicKeyPem(row.public_key),
    createdAt: row.created_at.toISOString(),
    retiredAt: row.retired_at?.toISOString() ?? null,
    endorsement: row.endorsement,
  }));
};
