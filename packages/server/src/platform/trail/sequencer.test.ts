import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyFrontier, growTree } from '@aimwell/core/trail/tree';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { leafHash, nodeHash } from './hashing.ts';
import { openLogKey, rotateLogKey } from './keys.ts';
import { startSequencer } from './sequencer.ts';
import { openCheckpoint, originOf } from './signing.ts';
import { bareOrganisation, until, writeEntry } from './testing/organisation.ts';
import { removeFolder } from '../testing/folder.ts';

let test: TestDatabase;
let keys: string;
beforeAll(async () => {
  test = await createTestDatabase();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
});
afterAll(async () => {
  await test.drop();
  await removeFolder(keys);
});

const start = (directory = keys, lines: string[] = []) =>
  startSequencer({ connection: test.migrated.sequencer, keys: directory, now: () => new Date(), report: (line) => lines.push(line) });

const rows = <Row>(
  organisation: string,
  fragment: Parameters<Parameters<Parameters<TestDatabase['database']['inOrganisation']>[1]>[0]['query']>[0],
) => test.database.inOrganisation(organisation, (tx) => tx.query(fragment)) as Promise<Row[]>;
const count = async (organisation: string, table: string) =>
  (await rows<{ n: number }>(organisation, sql`select count(*) as n from ${sql.table(table)}`))[0]?.n ?? 0;

/** Every leaf in its place, every checkpoint over them true and signed. Answers the number of leaves. */
const checkTree = async (organisation: string): Promise<number> => {
  const leaves = await rows<{ seq: number; envelope: string }>(
    organisation,
    sql`select l.seq, e.envelope from trail_leaves l join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id order by l.seq`,
  );
  const notes = await rows<{ size: number; note: string }>(organisation, sql`select size, note from trail_checkpoints order by size`);
  const published = await rows<{ public_key: Buffer }>(organisation, sql`select public_key from trail_keys`);
  const tree = growTree(emptyFrontier, nodeHash);
  for (const [place, { seq, envelope }] of leaves.entries()) {
    expect(seq).toBe(place);
    tree.append(leafHash(envelope));
    const note = notes.find(({ size }) => size === tree.size());
    if (note === undefined) continue;
    const opened = openCheckpoint(
      note.note,
      originOf(organisation),
      published.map((row) => row.public_key),
    );
    expect(opened).toMatchObject({ value: { size: tree.size() } });
    if ('value' in opened) expect(Buffer.from(opened.value.root)).toEqual(Buffer.from(tree.root() as Uint8Array));
  }
  expect(notes.at(-1)?.size).toBe(leaves.length);
  return leaves.length;
};

describe('the sequencer', () => {
  it('makes a leaf of every entry of 50 writers at once, in two organisations, and keeps subtrees as it goes', async () => {
    const [ours, theirs] = [await bareOrganisation(test, 'ours'), await bareOrganisation(test, 'theirs')];
    const sequencer = start();
    const acknowledged = await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        const ids: string[] = [];
        for (let n = 0; n < 12; n += 1) ids.push(await writeEntry(test, n % 4 === 3 ? theirs : ours, `${writer}/${n}`));
        return ids;
      }),
    );
    await until(async () => (await count(ours, 'trail_pending')) + (await count(theirs, 'trail_pending')) === 0);
    await sequencer.stop();
    expect(await count(ours, 'trail_entries')).toBe(450);
    expect(await checkTree(ours)).toBe(450);
    expect(await checkTree(theirs)).toBe(150);
    expect(await count(ours, 'trail_nodes')).toBe(1);
    const inTree = [
      ...(await rows<{ entry_id: string }>(ours, sql`select entry_id from trail_leaves`)),
      ...(await rows<{ entry_id: string }>(theirs, sql`select entry_id from trail_leaves`)),
    ];
    expect(new Set(inTree.map((row) => row.entry_id))).toEqual(new Set(acknowledged.flat()));
  });

  it('makes its key once, readable by nobody else, and goes on from the tree it finds', async () => {
    const organisation = await bareOrganisation(test, 'again');
    for (let run = 0; run < 3; run += 1) {
      const sequencer = start();
      await writeEntry(test, organisation, `run ${run}`);
      await until(async () => (await count(organisation, 'trail_leaves')) === run + 1);
      await sequencer.stop();
    }
    expect(await checkTree(organisation)).toBe(3);
    const [file, ...more] = await readdir(keys);
    expect(more).toEqual([]);
    expect((await stat(path.join(keys, file ?? ''))).mode & 0o777).toBe(0o600);
  });

  it('does not sign with a key nobody knows: it says so and leaves the work to the server that has it', async () => {
    const organisation = await bareOrganisation(test, 'stranger');
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
    const lines: string[] = [];
    const stranger = start(elsewhere, lines);
    await writeEntry(test, organisation, 'one');
    await until(() => lines.length > 0);
    expect(lines[0]).toContain('copy the keys folder');
    expect(stranger.isLeading()).toBe(false);
    const sequencer = start();
    await until(async () => (await count(organisation, 'trail_leaves')) === 1);
    await Promise.all([stranger.stop(), sequencer.stop()]);
    await removeFolder(elsewhere);
  });

  it('passes over what somebody queued twice or without an entry', async () => {
    const organisation = await bareOrganisation(test, 'twice');
    const sequencer = start();
    const entry = await writeEntry(test, organisation, 'one');
    await until(async () => (await count(organisation, 'trail_leaves')) === 1);
    for (const id of [entry, organisation])
      await rows(organisation, sql`insert into trail_pending values (${organisation}::uuid, ${id}::uuid, 7, ${id}::uuid)`);
    await writeEntry(test, organisation, 'two');
    await until(async () => (await count(organisation, 'trail_pending')) === 0);
    await sequencer.stop();
    expect(await checkTree(organisation)).toBe(2);
  });

  it('changes its key while it runs, and the old key vouches for the new one', async () => {
    const organisation = await bareOrganisation(test, 'rotation');
    const pool = new pg.Pool(test.migrated.sequencer);
    const old = await openLogKey(keys, pool, new Date());
    const sequencer = start();
    await writeEntry(test, organisation, 'before');
    await until(async () => (await count(organisation, 'trail_leaves')) === 1);
    const fresh = await rotateLogKey(keys, test.migrated.sequencer, new Date());
    await writeEntry(test, organisation, 'after');
    await until(async () => (await count(organisation, 'trail_leaves')) === 2);
    await sequencer.stop();
    await pool.end();
    const notes = await rows<{ note: string }>(organisation, sql`select note from trail_checkpoints order by size`);
    const signedBy = (key: Uint8Array) => notes.map(({ note }) => 'value' in openCheckpoint(note, originOf(organisation), [key]));
    expect(signedBy(old?.publicKey ?? new Uint8Array())).toEqual([true, false]);
    expect(signedBy(fresh.publicKey)).toEqual([false, true]);
    expect(await checkTree(organisation)).toBe(2);
  });
});

describe('of two servers', () => {
  const launch = (children: ChildProcess[]) => {
    const file = fileURLToPath(new URL('./testing/sequencer-process.ts', import.meta.url));
    const child = spawn(process.execPath, [file, JSON.stringify({ connection: test.migrated.sequencer, keys })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let leads = false;
    child.stdout.on('data', (chunk: Buffer) => (leads = chunk.toString().trimEnd().endsWith('leads')));
    children.push(child);
    return { kill: () => child.kill('SIGKILL'), leads: () => leads };
  };

  it('one leads; when it is killed the other goes on in less than two seconds, without a gap and without a duplicate', async () => {
    const organisation = await bareOrganisation(test, 'killed');
    const children: ChildProcess[] = [];
    try {
      const servers = [launch(children), launch(children)];
      await until(() => servers.some((server) => server.leads()));
      let acknowledged = 0;
      const writing = new AbortController();
      const writers = Array.from({ length: 4 }, async () => {
        while (!writing.signal.aborted) {
          await writeEntry(test, organisation, 'a line');
          acknowledged += 1;
        }
      });
      await until(async () => (await count(organisation, 'trail_leaves')) > 50);
      expect(servers.filter((server) => server.leads())).toHaveLength(1);
      servers.find((server) => server.leads())?.kill();
      const before = await count(organisation, 'trail_leaves');
      const took = await until(async () => (await count(organisation, 'trail_leaves')) > before + 1);
      expect(took).toBeLessThan(2000);
      writing.abort();
      await Promise.all(writers);
      await until(async () => (await count(organisation, 'trail_pending')) === 0);
      expect(await checkTree(organisation)).toBe(acknowledged);
      const epochs = await rows<{ epoch: number }>(organisation, sql`select distinct epoch from trail_checkpoints`);
      expect(epochs).toHaveLength(2);
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
  });
});

describe('the login of the sequencer', () => {
  it('reads entries of the organisation of its transaction, and no record, no payload, no other organisation', async () => {
    const [ours, theirs] = [await bareOrganisation(test, 'mine'), await bareOrganisation(test, 'other')];
    await writeEntry(test, theirs, 'secret');
    const client = new pg.Client(test.migrated.sequencer);
    await client.connect();
    await client.query('select set_config($1, $2, false)', ['app.tenant', ours]);
    expect((await client.query('select 1 from trail_entries')).rowCount).toBe(0);
    expect((await client.query('select organization_id from organizations_with_pending_entries()')).rows).toContainEqual({
      organization_id: theirs,
    });
    for (const statement of [
      'select 1 from trail_payloads',
      'select 1 from systems',
      'update trail_entries set envelope = envelope',
      'delete from trail_leaves',
      'update trail_checkpoints set note = note',
      'delete from trail_keys',
    ])
      await expect(client.query(statement), statement).rejects.toThrow('permission denied');
    await client.end();
    const app = new pg.Client(test.migrated.app);
    await app.connect();
    await app.query('select set_config($1, $2, false)', ['app.tenant', ours]);
    for (const statement of [
      'select organization_id from organizations_with_pending_entries()',
      'delete from trail_pending',
      'insert into trail_leaves default values',
      'insert into trail_checkpoints default values',
      'update trail_lease set epoch = 0',
    ])
      await expect(app.query(statement), statement).rejects.toThrow('permission denied');
    await app.end();
  });
});
