import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { systems } from '@aimwell/contract/systems/systems';
import { verifyConsistency, verifyInclusion } from '@aimwell/core/trail/proofs';
import { parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFurnishedHouse } from '../../generated/house.ts';
import { createContext } from '../context.ts';
import { systemActor } from '../identity/founding.ts';
import { loadRow } from '../register/read.ts';
import { writeRecords } from '../register/write.ts';
import { leafHash, nodeHash } from './hashing.ts';
import { rotateLogKey } from './keys.ts';
import { startSequencer } from './sequencer.ts';
import { openCheckpoint, originOf } from './signing.ts';
import { until } from './testing/organisation.ts';
import { verifyLive } from './verify.ts';
import { removeFolder } from '../testing/folder.ts';

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let keys: string;
let held = '';
let owner: pg.Client;
const organisation = () => built.ours.organisation.id;

const rename = (name: string) =>
  built.house.database.inOrganisation(organisation(), async (tx) => {
    const context = createContext({ actor: systemActor, organisation: built.ours.organisation, now: new Date() });
    const before = await loadRow(tx, systems, built.ours.ids['systems'] ?? '');
    await writeRecords(tx, context, systems, [{ before, set: { name } }], { command: 'patch' });
  });
const anchored = () =>
  until(async () => {
    const { rows } = await owner.query<{ n: string }>('select count(*) as n from trail_pending');
    return Number(rows[0]?.n) === 0;
  });
const published = async () =>
  (await owner.query<{ public_key: Buffer }>('select public_key from trail_keys')).rows.map((row) => row.public_key);
const verify = async (more: { against?: string } = {}) =>
  verifyLive({
    database: built.house.database,
    files: built.house.files,
    organisationId: organisation(),
    keys: await published(),
    against: more.against ?? null,
  });

beforeAll(async () => {
  built = await createFurnishedHouse();
  owner = new pg.Client(built.owner);
  // The database is dropped with this connection still open.
  owner.on('error', () => {});
  await owner.connect();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  const sequencer = startSequencer({ connection: built.house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
  for (let n = 0; n < 20; n += 1) await rename(`System ${n}`);
  await anchored();
  const { rows } = await owner.query<{ note: string }>(
    'select note from trail_checkpoints where organization_id = $1 order by size desc limit 1',
    [organisation()],
  );
  held = rows[0]?.note ?? '';
  for (let n = 20; n < 25; n += 1) await rename(`System ${n}`);
  await anchored();
  await sequencer.stop();
});
afterAll(async () => {
  await owner.end();
  await built.close();
  await removeFolder(keys);
});

/** Does as superuser what nobody should, looks, and undoes it. */
const tampered = async (...statements: string[]) => {
  const tables = [
    'trail_leaves',
    'trail_entries',
    'trail_payloads',
    'trail_checkpoints',
    'trail_pending',
    'trail_nodes',
    'systems',
    'systems_history',
  ];
  await owner.query('set session_replication_role = replica');
  for (const table of tables) await owner.query(`create table kept_${table} as table ${table}`);
  try {
    for (const statement of statements) await owner.query(statement.replaceAll(':org', `'${organisation()}'`));
    return await verify({ against: held });
  } finally {
    for (const table of tables)
      await owner.query(`delete from ${table}; insert into ${table} select * from kept_${table}; drop table kept_${table}`);
  }
};

describe('what the product wrote', () => {
  it('verifies: every record, entry, payload and checkpoint', async () => {
    const found = await verify({ against: held });
    expect(found).toMatchObject({ faults: [], from: null, notAnchored: 0, keyFromOutside: true });
    expect(found.entries).toBeGreaterThan(50);
    expect(found.against).toBe(found.entries - 5);
    expect(found.records).toBeGreaterThan(15);
  });

  it('names what waits as not anchored', async () => {
    await rename('Waiting');
    expect(await verify()).toMatchObject({ faults: [], notAnchored: 1 });
    const sequencer = startSequencer({ connection: built.house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
    await anchored();
    await sequencer.stop();
    expect(await verify()).toMatchObject({ faults: [], notAnchored: 0 });
  });
});

const at = 'organization_id = :org and seq = 40';
const entryAt = `organization_id = :org and id = (select entry_id from trail_leaves where ${at})`;
const forged = `update trail_entries set envelope = replace(envelope, '"command":"', '"command":"x'), command = 'x' || command where ${entryAt}`;
const rehash = `update trail_leaves l set leaf_hash = sha256('\\x00'::bytea || convert_to(e.envelope, 'UTF8')) from trail_entries e where e.organization_id = l.organization_id and e.id = l.entry_id`;

describe('as superuser', () => {
  it.each([
    { name: 'an envelope changed', statements: [forged], from: 40 },
    { name: 'an envelope changed and hashed again', statements: [forged, rehash] },
    { name: 'a column changed', statements: [`update trail_entries set at = at - interval '1 day' where ${entryAt}`], from: 40 },
    {
      name: 'a payload changed',
      statements: [
        `update trail_payloads set payload = convert_to('{}', 'UTF8') where organization_id = :org and entry_id = (select entry_id from trail_leaves where ${at})`,
      ],
      from: 40,
    },
    { name: 'an entry deleted', statements: [`delete from trail_entries where ${entryAt}`], from: 40 },
    { name: 'a leaf deleted', statements: [`delete from trail_leaves where ${at}`], from: 40 },
    {
      name: 'a leaf deleted and the gap closed',
      statements: [
        `delete from trail_leaves where ${at}`,
        'update trail_leaves set seq = seq + 1000000 where organization_id = :org and seq > 40',
        'update trail_leaves set seq = seq - 1000001 where seq > 1000000',
      ],
    },
    {
      name: 'two leaves in another order',
      statements: [
        'update trail_leaves set seq = -1 where organization_id = :org and seq = 40',
        'update trail_leaves set seq = 40 where organization_id = :org and seq = 41',
        'update trail_leaves set seq = 41 where organization_id = :org and seq = -1',
      ],
      unchecked: true,
    },
    {
      name: 'the end cut off, checkpoints too',
      statements: [
        'delete from trail_leaves where organization_id = :org and seq >= 30',
        'delete from trail_checkpoints where organization_id = :org and size > 30',
      ],
      // What is left stands under no checkpoint.
      from: 0,
    },
    {
      name: 'everything cut off',
      statements: [
        'truncate trail_leaves',
        'truncate trail_checkpoints cascade',
        'delete from trail_entries',
        'delete from trail_payloads',
      ],
      from: 0,
    },
    {
      name: 'everything rewritten, hashed again, checkpoints gone',
      statements: [forged, rehash, 'truncate trail_checkpoints cascade'],
      from: 0,
    },
  ])('$name is found, and from where', async ({ statements, from, unchecked }) => {
    // The rule against negative places stands even for superusers; it steps aside for this one.
    if (unchecked === true) await owner.query('alter table trail_leaves drop constraint trail_leaves_seq_check');
    const found = await tampered(...statements);
    expect(found.from).not.toBeNull();
    expect(found.from).toBeLessThanOrEqual(40);
    if (from !== undefined) expect(found.from).toBe(from);
  });

  it.each([
    {
      name: 'a record changed past the trail',
      statements: [`update systems set name = 'Other' where organization_id = :org`],
      seen: 'differs from the newest version',
    },
    {
      name: 'record and history changed',
      statements: [
        `update systems set name = 'Other' where organization_id = :org`,
        `update systems_history set name = 'Other' where organization_id = :org`,
      ],
      seen: 'name differ from what its newest entry says',
    },
    { name: 'a record deleted', statements: ['delete from systems where organization_id = :org'], seen: 'the record is not' },
    { name: 'history deleted', statements: ['delete from systems_history where organization_id = :org'], seen: 'no history' },
    {
      name: 'an entry put in',
      statements: [
        `insert into trail_entries select organization_id, gen_random_uuid(), register, record_id, version, command, actor, at, envelope from trail_entries where ${entryAt}`,
      ],
      seen: 'in no tree',
    },
    {
      name: 'a checkpoint of another hand',
      statements: [`update trail_checkpoints set note = overlay(note placing 'AAAA' from length(note) - 20) where organization_id = :org`],
      seen: 'does not verify',
    },
  ])('$name is found', async ({ statements, seen }) => {
    expect((await tampered(...statements)).faults.map((fault) => fault.message).join('\n')).toContain(seen);
  });

  it('and afterwards all is as it was', async () => expect((await verify({ against: held })).faults).toEqual([]));
});

describe('with a key from elsewhere', () => {
  it('goes on to the keys it vouches for, and to no others', async () => {
    const [first] = await published();
    await rotateLogKey(keys, built.house.migrated.sequencer, new Date());
    await rename('Under the new key');
    const sequencer = startSequencer({ connection: built.house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
    await anchored();
    await sequencer.stop();
    const withKey = (key: Uint8Array) =>
      verifyLive({ database: built.house.database, files: built.house.files, organisationId: organisation(), keys: [key], against: held });
    expect((await withKey(first ?? new Uint8Array())).faults).toEqual([]);
    expect((await withKey(Uint8Array.from({ length: 32 }, () => 1))).faults.length).toBeGreaterThan(1);
    await owner.query('update trail_keys set endorsement = null');
    expect((await withKey(first ?? new Uint8Array())).faults).toMatchObject([
      { what: 'checkpoint', message: expect.stringContaining('does not verify') },
      { what: 'checkpoint', message: expect.stringContaining('vouched for') },
    ]);
  });
});

describe('files and foreign checkpoints', () => {
  it('are held against their hash and their log', async () => {
    const stored = await built.house.files.put(
      organisation(),
      (async function* () {
        yield Buffer.from('evidence');
      })(),
      1000,
    );
    await built.house.database.inOrganisation(organisation(), (tx) =>
      tx.query(sql`insert into files values (${organisation()}::uuid, ${stored.sha256}, 8, 'text/plain')`),
    );
    expect((await verify()).faults).toEqual([]);
    const folder = path.join(built.house.config.dataDirectory, 'files', organisation(), stored.sha256.slice(0, 2));
    for (const file of await readdir(folder)) await writeFile(path.join(folder, file), 'Evidence');
    expect((await verify()).faults).toMatchObject([{ what: 'file' }]);
    const other = await owner.query<{ note: string }>('select note from trail_checkpoints where organization_id = $1', [
      built.theirs.organisation.id,
    ]);
    expect((await verify({ against: other.rows[0]?.note ?? '' })).faults).toMatchObject([{ what: 'checkpoint' }, { what: 'file' }]);
  });
});

describe('over HTTP', () => {
  it('anyone of the organisation takes checkpoint and proofs away and checks them with nothing but the key', async () => {
    const authorization = `Bearer ${await built.ours.token('reader')}`;
    const get = async <T>(url: string) => {
      const response = await built.app.inject({ url: `/api/v1/orgs/ours/trail/${url}`, headers: { authorization } });
      return { status: response.statusCode, body: JSON.parse(response.body) as T };
    };
    const newest = (await get<{ checkpoint: string; size: number; keys: { verifierKey: string; pem: string }[] }>('checkpoint')).body;
    const opened = openCheckpoint(newest.checkpoint, originOf(organisation()), await published());
    if ('refused' in opened) throw new Error('expected a signed checkpoint');
    expect(newest.keys[0]?.pem).toContain('BEGIN PUBLIC KEY');
    const { rows } = await owner.query<{ entry_id: string; seq: string }>(
      'select entry_id, seq from trail_leaves where organization_id = $1',
      [organisation()],
    );
    for (const row of rows) {
      const { body } = await get<{ envelope: string; anchored: { seq: number; size: number; proof: string[] } }>(
        `entries/${row.entry_id}/proof`,
      );
      const proof = body.anchored.proof.map((hash) => Buffer.from(hash, 'hex'));
      const claim = { index: Number(row.seq), size: body.anchored.size, leaf: leafHash(body.envelope), proof, root: opened.value.root };
      expect(verifyInclusion(claim, nodeHash)).toBe(true);
      expect(verifyInclusion({ ...claim, leaf: leafHash(`${body.envelope} `) }, nodeHash)).toBe(false);
    }
    const older = parseCheckpoint(held.slice(0, held.lastIndexOf('\n\n') + 1));
    if ('refused' in older) throw new Error('expected a checkpoint');
    const { body } = await get<{ from: number; to: number; proof: string[] }>(`consistency?from=${older.value.size}`);
    const proof = body.proof.map((hash) => Buffer.from(hash, 'hex'));
    expect(
      verifyConsistency({ from: body.from, to: body.to, fromRoot: older.value.root, toRoot: opened.value.root, proof }, nodeHash),
    ).toBe(true);
    expect((await get(`consistency?from=9&to=3`)).status).toBe(422);
    expect((await get(`consistency?from=1&to=${newest.size + 1}`)).status).toBe(422);
    expect((await get('entries/00000000-0000-7000-8000-000000000000/proof')).status).toBe(404);
  });
});
