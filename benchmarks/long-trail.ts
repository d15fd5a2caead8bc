import { generateKeyPairSync, hash } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { emptyFrontier, growTree, type Hash } from '@aimwell/core/trail/tree';
import { canonicalJson, envelopeBytes, payloadDigest } from '@aimwell/server/platform/trail/envelope';
import { leafHash, nodeHash } from '@aimwell/server/platform/trail/hashing';
import { KEPT_EVERY } from '@aimwell/server/platform/trail/nodes';
import { type LogKey, originOf, rawPublicKey, signCheckpoint } from '@aimwell/server/platform/trail/signing';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Entries that came in together: the sequencer put them under one checkpoint. */
const BATCH = 500;
const BEGAN = Date.parse('2026-01-01T00:00:00Z');
const prose = 'Reads what people send, compares it with earlier cases and proposes an answer that a person checks before it goes out.';

/** The same UUID for the same words, time-ordered by its first six bytes as the product's are. */
const idOf = (words: string, at: number): string => {
  const bytes = hash('sha256', words, 'buffer').subarray(0, 16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const entryAt = (organisation: string, number: number) => {
  const at = BEGAN + number * 30;
  const salt = hash('sha256', `salt ${number}`, 'buffer').subarray(0, 16);
  const values = {
    name: `Assistant ${number % 20_000}`,
    purpose: prose,
    oversight: `Seen in turn ${number}`,
    owner: null,
    state: 'in use',
  };
  const payload = canonicalJson({
    record: { identifier: `SYS-${number % 20_000}`, values, custom: {}, archivedAt: null, archivedReason: null },
  });
  const line = {
    entry: idOf(`entry ${number}`, at),
    organisation,
    register: 'systems',
    record: idOf(`record ${number % 20_000}`, BEGAN),
    // A read by an auditor: no version of a record belongs to it, so that entries are measured and nothing else.
    version: null,
    command: 'read',
    actor: idOf(`actor ${number % 40}`, BEGAN),
    time: new Date(at).toISOString(),
    request: idOf(`request ${number}`, at),
    digest: payloadDigest(salt, Buffer.from(payload, 'utf8')),
  };
  return { line, salt, payload, envelope: envelopeBytes(line) };
};

/** A sink of COPY: rows in PostgreSQL's text form, on a connection of its own. */
const openSink = async (owner: pg.ClientConfig, table: string, columns: string) => {
  const client = new pg.Client(owner);
  await client.connect();
  // Rows of four tables go in at once: a foreign key would look for what another connection has not committed.
  await client.query('set session_replication_role = replica');
  const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
  return {
    write: async (rows: readonly (readonly (string | number | null)[])[]) => {
      const text = rows
        .map((row) => row.map((cell) => (cell === null ? NULL : String(cell).replaceAll('\\', '\\\\').replaceAll('\n', '\\n'))).join('\t'))
        .join('\n');
      if (!stream.write(`${text}\n`)) await once(stream, 'drain');
    },
    end: async () => {
      stream.end();
      await finished(stream);
      await client.end();
    },
  };
};

/** As COPY writes it. */
const NULL = '\\N';
const bytea = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`;

/** Signs with a key that nobody keeps; its public half is published as the installation's. */
const makeKey = (): LogKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(publicKey);
  if (raw === null) throw new Error('expected an Ed25519 key');
  return { id: hash('sha256', raw, 'hex'), publicKey: raw, privateKey };
};

/**
 * Writes a year of one organisation's trail past the product, in the product's own bytes: entries, payloads, leaves, kept nodes
 * and signed checkpoints. The same bytes in every run but for the organisation, the key and its signatures.
 */
export const writeLongTrail = async (owner: pg.ClientConfig, organisation: string, count: number): Promise<void> => {
  const key = makeKey();
  const client = new pg.Client(owner);
  await client.connect();
  await client.query(
    'insert into trail_keys (id, public_key, created_at, retired_at) select $1, $2, now(), (select now() from trail_keys where retired_at is null)',
    [key.id, key.publicKey],
  );
  const sinks = {
    entries: await openSink(owner, 'trail_entries', 'organization_id, id, register, record_id, version, command, actor, at, envelope'),
    payloads: await openSink(owner, 'trail_payloads', 'organization_id, entry_id, salt, payload'),
    leaves: await openSink(owner, 'trail_leaves', 'organization_id, seq, entry_id, leaf_hash'),
    nodes: await openSink(owner, 'trail_nodes', 'organization_id, level, index, hash'),
    checkpoints: await openSink(owner, 'trail_checkpoints', 'organization_id, size, root, note, epoch, at'),
  };
  let nodes: (string | number)[][] = [];
  const tree = growTree(emptyFrontier, nodeHash, ({ level, index }, node: Hash) => {
    if (level > 0 && level % KEPT_EVERY === 0) nodes.push([organisation, level, index, bytea(node)]);
  });
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) => entryAt(organisation, start + index));
    await sinks.entries.write(
      batch.map(({ line, envelope }) => [
        organisation,
        line.entry,
        line.register,
        line.record,
        line.version,
        line.command,
        line.actor,
        line.time,
        envelope,
      ]),
    );
    await sinks.payloads.write(
      batch.map(({ line, salt, payload }) => [organisation, line.entry, bytea(salt), bytea(Buffer.from(payload, 'utf8'))]),
    );
    // As the sequencer orders a batch: by record, not by time.
    const ordered = batch.toSorted((a, b) => (a.line.record < b.line.record ? -1 : 1));
    const first = tree.size();
    const leaves = ordered.map(({ line, envelope }) => ({ entry: line.entry, leaf: leafHash(envelope) }));
    for (const { leaf } of leaves) tree.append(leaf);
    await sinks.leaves.write(leaves.map(({ entry, leaf }, index) => [organisation, first + index, entry, bytea(leaf)]));
    if (nodes.length > 0) await sinks.nodes.write(nodes);
    nodes = [];
    const [size, root, at] = [tree.size(), tree.root() as Hash, new Date(BEGAN + (start + BATCH) * 30).toISOString()];
    const note = signCheckpoint({ origin: originOf(organisation), size, root, extensions: ['epoch 1', `time ${at}`] }, key);
    await sinks.checkpoints.write([[organisation, size, bytea(root), note, 1, at]]);
  }
  for (const sink of Object.values(sinks)) await sink.end();
  await client.query('vacuum (analyze) trail_entries, trail_payloads, trail_leaves, trail_nodes, trail_checkpoints');
  await client.end();
};
