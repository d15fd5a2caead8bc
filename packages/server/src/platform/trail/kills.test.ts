import type { ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { verifyConsistency } from '@aimwell/core/trail/proofs';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenHouse, openHouse } from '../../compose.ts';
import { readConfig } from '../config.ts';
import { createOrganisation } from '../identity/founding.ts';
import { createOperatorToken } from '../identity/identity.ts';
import { createTestDatabase } from '../testing/template.ts';
import { nodeHash } from './hashing.ts';
import { openAnchors } from './guard-anchors.ts';
import { freePort, type Place, randomFrom, type ServerProcess, startProcess, urlOf } from './testing/servers.ts';
import { until } from './testing/organisation.ts';
import { type Acknowledged, runWriters } from './testing/writers.ts';
import { verifyLive } from './verify.ts';
import { removeFolder } from '../testing/folder.ts';

const full = process.env['AIMWELL_FULL'] === '1';
const embedded = process.env['AIMWELL_KILL_EMBEDDED'] === '1';
const { writers, writes, kills } = full ? { writers: 50, writes: 200, kills: 10 } : { writers: 20, writes: 20, kills: 3 };
const seed = Number(process.env['AIMWELL_SEED'] ?? Math.floor(Math.random() * 1e9));

const children = new Set<ChildProcess>();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A data directory, a database, an organisation and a token, with no server running yet. */
const prepare = async (servers: number) => {
  const data = await mkdtemp(path.join(tmpdir(), 'aimwell-kills-'));
  ends.push(() => removeFolder(data));
  const test = embedded ? null : await createTestDatabase();
  if (test !== null) ends.push(() => test.drop());
  const databaseUrl = test === null ? null : urlOf(test.owner);
  const places: Place[] = [];
  for (let n = 0; n < servers; n += 1) places.push({ data, port: await freePort(), databaseUrl });
  const config = readConfig({
    AIMWELL_DATA: data,
    PORT: String(places[0]?.port),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  const open = async <T>(work: (house: OpenHouse) => Promise<T>): Promise<T> => {
    const house = await openHouse(config);
    try {
      return await work(house);
    } finally {
      await house.close();
    }
  };
  const { organisation, token } = await open(async (house) => ({
    organisation: (await createOrganisation(house.identity.parts, { name: 'Acme', slug: 'acme' })).id,
    token: await createOperatorToken(house.identity.parts, 'acme', { name: 'writer', role: 'aims_manager', days: 1 }),
  }));
  return { data, places, open, organisation, token, owner: test?.owner ?? null };
};

const get = async <T>(server: string, address: string, token: string): Promise<T> => {
  const answer = await fetch(`${server}/api/v1/orgs/acme/trail/${address}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`expected an answer, got ${answer.status}`);
  return (await answer.json()) as T;
};

/** Every acknowledged write has its entry, every entry was acknowledged, every version has one, and the whole verifies. */
const judge = async (house: OpenHouse, data: string, organisation: string, acknowledged: readonly Acknowledged[]) => {
  const client = new pg.Client(house.opened.owner);
  await client.connect();
  const { rows } = await client.query<{ id: string; version: number }>(
    "select record_id as id, version from trail_entries where organization_id = $1 and register = 'systems'",
    [organisation],
  );
  const history = await client.query<{ n: string }>('select count(*) as n from systems_history where organization_id = $1', [organisation]);
  await client.end();
  const said = ({ id, version }: Acknowledged) => `${id} ${version}`;
  expect(new Set(acknowledged.map(said)).size).toBe(acknowledged.length);
  expect(rows.length).toBe(acknowledged.length);
  expect(new Set(rows.map(said))).toEqual(new Set(acknowledged.map(said)));
  expect(Number(history.rows[0]?.n)).toBe(rows.length);
  const keys = await openAnchors(data).keys();
  const found = await verifyLive({ database: house.database, files: house.files, organisationId: organisation, keys, against: null });
  expect(found).toMatchObject({ faults: [], notAnchored: 0 });
  return found;
};

describe('a server killed in the middle of writes', () => {
  it('loses nothing that it acknowledged and keeps nothing twice', { timeout: 1_200_000 }, async () => {
    const random = randomFrom(seed);
    const { data, places, open, organisation, token } = await prepare(1);
    const [place] = places as [Place];
    let server: ServerProcess = await startProcess(place, children);
    const acknowledged: Acknowledged[] = [];
    const checkpoints = new Map<string, number>();
    const collected = new AbortController();
    const collecting = (async () => {
      while (!collected.signal.aborted) {
        const newest = await get<{ checkpoint: string | null; size: number }>(server.url, 'checkpoint', token).catch(() => null);
        if (typeof newest?.checkpoint === 'string') checkpoints.set(newest.checkpoint, newest.size);
        await sleep(100);
      }
    })();
    const ready: number[] = [];
    const total = writers * writes;
    const killing = (async () => {
      for (let kill = 1; kill <= kills; kill += 1) {
        const at = (total * (kill - 0.5 + random() * 0.9)) / (kills + 1);
        await until(() => acknowledged.length >= at, 600_000);
        await server.kill();
        server = await startProcess(place, children);
        ready.push(server.readyMs);
      }
    })();
    const started = performance.now();
    const [again] = await Promise.all([
      runWriters({
        server: () => server.url,
        organisation: 'acme',
        token,
        writers,
        writes,
        random,
        acknowledged: (one) => void acknowledged.push(one),
      }),
      killing,
    ]);
    const took = performance.now() - started;
    await until(async () => (await get<{ notAnchored: number }>(server.url, 'checkpoint', token)).notAnchored === 0);
    const newest = await get<{ checkpoint: string; size: number }>(server.url, 'checkpoint', token);
    collected.abort();
    await collecting;
    expect(ready).toHaveLength(kills);
    expect(acknowledged).toHaveLength(total);
    // Each older checkpoint, as it was handed out then, is the beginning of the newest.
    const rootOf = (note: string) => {
      const parsed = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
      if ('refused' in parsed) throw new Error('expected a checkpoint');
      return parsed.value.root;
    };
    expect(checkpoints.size).toBeGreaterThan(2);
    for (const [note, size] of checkpoints) {
      const { proof } = await get<{ proof: string[] }>(server.url, `consistency?from=${size}&to=${newest.size}`, token);
      const claim = {
        from: size,
        to: newest.size,
        fromRoot: rootOf(note),
        toRoot: rootOf(newest.checkpoint),
        proof: proof.map((hash) => Buffer.from(hash, 'hex')),
      };
      expect(verifyConsistency(claim, nodeHash)).toBe(true);
    }
    await server.stop();
    const found = await open((house) => judge(house, data, organisation, acknowledged));
    process.stdout.write(
      `kills: seed ${seed}, ${embedded ? 'embedded' : 'external'} database, ${writers} writers × ${writes}, ${kills} kills; ${acknowledged.length} acknowledged in ${Math.round(took / 1000)} s, ${again} tries without an answer; ` +
        `${found.entries} entries under ${found.checkpoints} checkpoints, ${checkpoints.size} older ones are prefixes; up again after ${ready.map((ms) => Math.round(ms)).join(', ')} ms\n`,
    );
  });
});

describe.skipIf(embedded)('of two servers on one database', () => {
  it('the other goes on sequencing when the one that did is killed under load: no gap, no duplicate', { timeout: 300_000 }, async () => {
    const random = randomFrom(seed);
    const { data, places, open, organisation, token, owner } = await prepare(2);
    const client = new pg.Client(owner ?? {});
    client.on('error', () => {});
    await client.connect();
    ends.push(() => client.end());
    const newestEpoch = async () =>
      Number(
        (
          await client.query<{ epoch: string }>(
            'select coalesce(max(epoch), 0) as epoch from trail_checkpoints where organization_id = $1',
            [organisation],
          )
        ).rows[0]?.epoch,
      );
    const first = await startProcess(places[0] as Place, children);
    await until(async () => (await newestEpoch()) > 0);
    const epoch = await newestEpoch();
    const second = await startProcess(places[1] as Place, children);
    const acknowledged: Acknowledged[] = [];
    let firstIsUp = true;
    const writing = runWriters({
      server: (writer) => (writer % 2 === 0 && firstIsUp ? first.url : second.url),
      organisation: 'acme',
      token,
      writers: 10,
      writes: full ? 200 : 40,
      random,
      acknowledged: (one) => void acknowledged.push(one),
    });
    await until(() => acknowledged.length >= 100);
    // Who began leads still, unless the machine stood still for longer than the lease.
    expect(await newestEpoch()).toBe(epoch);
    const killed = performance.now();
    await first.kill();
    firstIsUp = false;
    await until(async () => (await newestEpoch()) > epoch);
    const takeOver = performance.now() - killed;
    await writing;
    await until(async () => (await get<{ notAnchored: number }>(second.url, 'checkpoint', token)).notAnchored === 0);
    await second.stop();
    const found = await open((house) => judge(house, data, organisation, acknowledged));
    const epochs = await client.query('select distinct epoch from trail_checkpoints where organization_id = $1', [organisation]);
    expect(epochs.rows).toHaveLength(2);
    // Beside other tests the machine itself may stand still for longer than the lease.
    if (full) expect(takeOver).toBeLessThan(2000);
    process.stdout.write(
      `two servers: seed ${seed}, take-over ${Math.round(takeOver)} ms; ${acknowledged.length} acknowledged, ${found.entries} entries, 2 epochs\n`,
    );
  });
});
