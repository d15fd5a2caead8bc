import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkConformity } from '../../conformity/actions.ts';
import { createFurnishedHouse } from '../../generated/house.ts';
import { INSTALLATION } from './installation.ts';
import { startGuard } from './guard.ts';
import { openAnchors } from './guard-anchors.ts';
import { checkOrganisation } from './guard-check.ts';
import { nextTurn } from './guard-due.ts';
import { openLogKey, rotateLogKey } from './keys.ts';
import { tellRotationsEverywhere } from './rotations.ts';
import { startSequencer } from './sequencer.ts';
import { forgeLog } from './testing/forger.ts';
import { installationLog } from './testing/installation.ts';
import { until } from './testing/organisation.ts';

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let owner: pg.Client;
let sequencer: ReturnType<typeof startSequencer>;
const ours = () => built.ours.organisation;
const data = () => built.house.config.dataDirectory;

beforeAll(async () => {
  built = await createFurnishedHouse();
  owner = new pg.Client(built.owner);
  owner.on('error', () => {});
  await owner.connect();
  startAnchoring();
  await anchored();
});
afterAll(async () => {
  await owner.end();
  await built.close();
});

const startAnchoring = () => {
  sequencer = startSequencer({
    connection: built.house.migrated.sequencer,
    keys: path.join(data(), 'keys'),
    now: () => new Date(),
    report: () => {},
  });
};
const anchored = () => until(async () => (await owner.query<{ n: string }>('select count(*) as n from trail_pending')).rows[0]?.n === '0');
const get = async (url: string) => {
  const headers = { authorization: `Bearer ${await built.ours.token('reader')}` };
  const answer = await built.app.inject({ url: `/api/v1/orgs/ours/${url}`, headers });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
};
const ask = async (role: 'aims_manager' | 'reader' = 'aims_manager') =>
  built.app.inject({
    method: 'POST',
    url: '/api/v1/orgs/ours/trail/check',
    headers: { authorization: `Bearer ${await built.ours.token(role)}` },
    payload: {},
  });
const check = () => checkOrganisation(built.house.guard, { organisationId: ours().id, cause: 'demand', context: null });
const integrity = async () => (await get('trail/integrity')).body;
const rule = async () => {
  const view = await built.house.database.inOrganisation(ours().id, (tx) =>
    checkConformity(tx, ours().id, built.house.now().toISOString().slice(0, 10)),
  );
  const found = view.findings.find((one) => one.rule === 'R069');
  if (found !== undefined) return found.seen;
  return view.met.some((one) => one.rule === 'R069') ? 'met' : view.notJudged.find((one) => one.rule === 'R069')?.missing;
};
const store = async (text: string) => {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  const { sha256, size } = await built.house.files.put(ours().id, bytes, 1000);
  await owner.query('insert into files values ($1, $2, $3, $4)', [ours().id, sha256, size, 'text/plain']);
  return { sha256, file: path.join(data(), 'files', ours().id, sha256.slice(0, 2), sha256) };
};

describe('the guard', () => {
  it('has judged nothing before its first check, and says so', async () => {
    expect(await integrity()).toMatchObject({ state: 'never', check: null, faults: [], sentence: null });
    expect(await rule()).toBe('a check of the trail over its whole length');
  });

  it('checks as long work for those who may, keeps the result and meets R069', async () => {
    expect((await ask('reader')).statusCode).toBe(403);
    const answer = await ask();
    expect(answer.statusCode).toBe(200);
    const { work } = JSON.parse(answer.body) as { work: string };
    await until(async () => (await get(`work/${work}`)).body['state'] !== 'running');
    expect((await get(`work/${work}`)).body).toMatchObject({ state: 'done', result: { faultCount: 0, from: null } });
    expect(await integrity()).toMatchObject({
      state: 'verifies',
      faultCount: 0,
      check: { cause: 'demand', held: null, keyFromOutside: true },
    });
    expect(await rule()).toBe('met');
  });

  it('holds the next check against the checkpoint that verified last, kept outside the database', async () => {
    await anchored();
    await check();
    const { check: newest } = (await integrity()) as { check: { held: number; entries: number } };
    expect(newest.held).toBeGreaterThan(40);
    expect(newest.entries).toBeGreaterThanOrEqual(newest.held);
  });

  it('lets one check of an organisation run at a time', async () => {
    await owner.query("update integrity_due set claimed_until = now() + interval '1 minute' where organization_id = $1", [ours().id]);
    expect(JSON.parse((await ask()).body)).toMatchObject({ problems: [{ code: 'CHECK_RUNNING' }] });
    await expect(check()).rejects.toMatchObject({ code: 'REFUSED' });
    await owner.query("update integrity_due set claimed_until = '-infinity' where organization_id = $1", [ours().id]);
    const both = await Promise.allSettled([check(), check()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('names what does not verify: a finding, a sentence, and from where; and is content once it is mended', async () => {
    await anchored();
    await owner.query("update systems set name = 'Other' where organization_id = $1", [ours().id]);
    expect((await check()).faults).toHaveLength(1);
    const seen = (await integrity()) as { from: number; sentence: string };
    expect(seen).toMatchObject({ state: 'faults', faultCount: 1, from: expect.any(Number) });
    expect(seen.sentence).toBe(`The record history does not verify from entry ${seen.from}.`);
    expect(await rule()).toBe(`the record history does not verify from entry ${seen.from}`);
    await owner.query("update systems set name = 'Sample' where organization_id = $1", [ours().id]);
    await check();
    expect(await integrity()).toMatchObject({ state: 'verifies', sentence: null });
    expect(await rule()).toBe('met');
  });

  it('sees a log that was rewritten whole and signed again with the stolen key, since it holds a checkpoint itself', async () => {
    await anchored();
    await check();
    const anchors = openAnchors(data());
    const held = await anchors.held(ours().id);
    const pool = new pg.Pool(built.house.migrated.sequencer);
    const key = await openLogKey(path.join(data(), 'keys'), pool, new Date());
    await pool.end();
    if (key === null) throw new Error('expected the key of the log');
    // One that runs would remember the tree as it was.
    await sequencer.stop();
    const first = 'organization_id = $1 and id = (select entry_id from trail_leaves where organization_id = $1 and seq = 3)';
    await owner.query(
      `update trail_entries set envelope = replace(envelope, '"command":"', '"command":"x-'), command = 'x-' || command where ${first}`,
      [ours().id],
    );
    await forgeLog(owner, ours().id, key);
    expect(await check()).toMatchObject({ from: 0, keyFromOutside: true });
    // Without what it holds nothing would show: the database agrees with itself.
    expect(
      (
        await checkOrganisation(built.house.guard, {
          organisationId: ours().id,
          cause: 'command',
          context: null,
          keys: null,
          against: null,
        })
      ).faults,
    ).toEqual([]);
    await owner.query(
      `update trail_entries set envelope = replace(envelope, '"command":"x-', '"command":"'), command = replace(command, 'x-', '') where ${first}`,
      [ours().id],
    );
    await forgeLog(owner, ours().id, key);
    startAnchoring();
    await anchored();
    expect((await check()).faults).toEqual([]);
    expect(held).not.toBeNull();
  });
});

describe('a database that cannot be read', () => {
  const failing = (code: string) => ({
    ...built.house.guard,
    database: {
      ...built.house.database,
      inOrganisation: ((organisation, work, options) =>
        options?.snapshot === true
          ? Promise.reject(Object.assign(new Error('invalid page in block 7'), { code }))
          : built.house.database.inOrganisation(organisation, work, options)) as typeof built.house.database.inOrganisation,
    },
  });
  const run = (code: string) => checkOrganisation(failing(code), { organisationId: ours().id, cause: 'demand', context: null });

  it('is a fault where it is damaged, and none where it is away', async () => {
    await expect(run('ECONNREFUSED')).rejects.toThrow('invalid page');
    expect(await integrity()).toMatchObject({ state: 'verifies' });
    expect((await run('XX001')).faults).toMatchObject([{ message: 'Not everything could be read: invalid page in block 7' }]);
    expect(await integrity()).toMatchObject({ state: 'faults', faultCount: 1 });
    await check();
    expect(await integrity()).toMatchObject({ state: 'verifies' });
  });
});

describe('a damaged file', () => {
  it('is refused when it is asked for, and that is a fault the rules see, once', async () => {
    const { sha256, file } = await store('evidence of something');
    await anchored();
    expect((await check()).faults).toEqual([]);
    const good = await readFile(file);
    await writeFile(file, Buffer.from(good.map((byte, index) => (index === 5 ? byte ^ 1 : byte))));
    for (let n = 0; n < 3; n += 1) expect(await built.house.files.isIntact(ours().id, sha256)).toBe(false);
    expect(await integrity()).toMatchObject({
      state: 'faults',
      faultCount: 1,
      from: null,
      faults: [{ what: 'file', entry: null, message: `The file ${sha256} is missing or damaged` }],
    });
    expect(await rule()).toBe('1 record or file does not verify');
    // The check that follows names it too: still one.
    await check();
    expect(await integrity()).toMatchObject({ faultCount: 1, check: { cause: 'demand' } });
    await writeFile(file, good);
    await check();
    expect(await integrity()).toMatchObject({ state: 'verifies' });
  });

  it('that no row names is nobody’s fault', async () => {
    expect(await built.house.files.isIntact(ours().id, 'ab'.repeat(32))).toBe(false);
    expect(await integrity()).toMatchObject({ state: 'verifies' });
  });

  it('is found by the check, each of them by its name, wherever a bit is flipped', async () => {
    const files = await Promise.all(Array.from({ length: 12 }, (_, n) => store(`evidence ${n} `.repeat(n + 1))));
    for (const [n, { file }] of files.entries()) {
      const bytes = await readFile(file);
      const place = (n * 7919) % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (n % 8));
      await writeFile(file, bytes);
    }
    const { faults } = await check();
    expect(new Set(faults.map(({ message }) => message))).toEqual(
      new Set(files.map(({ sha256 }) => `The file ${sha256} is missing or damaged`)),
    );
    await Promise.all(files.map(async ({ sha256 }) => owner.query('delete from files where sha256 = $1', [sha256])));
    expect((await check()).faults).toEqual([]);
  });
});

describe('a change of the log’s key', () => {
  it('is told to the trail of each organisation and to the installation log, once', async () => {
    await rotateLogKey(path.join(data(), 'keys'), built.house.migrated.sequencer, new Date());
    const told = async () =>
      (
        await owner.query<{ organization_id: string; said: string }>(
          "select e.organization_id, convert_from(p.payload, 'UTF8') as said from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id where e.command = 'rotate-key'",
        )
      ).rows;
    expect(await told()).toEqual([]);
    await check();
    expect((await told()).map(({ organization_id: id }) => id)).toEqual([ours().id]);
    for (let n = 0; n < 2; n += 1) await tellRotationsEverywhere(built.house.database, new Date());
    const { rows } = await owner.query<{ id: string }>('select id from trail_keys where retired_at is null');
    const all = (await told()).map(({ organization_id: id, said }) => `${id} ${(JSON.parse(said) as { key: string }).key}`);
    expect(all).toHaveLength(3);
    expect(new Set(all)).toEqual(new Set([ours().id, built.theirs.organisation.id, INSTALLATION].map((id) => `${id} ${rows[0]?.id}`)));
    await anchored();
    expect((await check()).faults).toEqual([]);
  });
});

describe('left to itself', () => {
  it('checks organisations that are due, one server each, and says when the next turn is', async () => {
    await owner.query('update integrity_due set due_at = now()');
    const before = (await owner.query<{ n: string }>('select count(*) as n from integrity_checks')).rows[0]?.n;
    const guards = await Promise.all([1, 2].map(() => startGuard({ ...built.house.guard, report: () => {}, firstMs: 1, everyMs: 20 })));
    await until(async () => {
      const { rows } = await owner.query('select 1 from integrity_due where due_at > now()');
      return rows.length === 2;
    });
    await Promise.all(guards.map((guard) => guard.stop()));
    const { rows } = await owner.query<{ cause: string; n: string }>('select cause, count(*) as n from integrity_checks group by cause');
    expect(rows.find(({ cause }) => cause === 'night')?.n).toBe('2');
    expect(Number(before)).toBeGreaterThan(5);
  });

  it('checks the installation log once a night, tells it so, and says what does not verify', async () => {
    const checks = () => installationLog(owner, 'check');
    const look = async (): Promise<string[]> => {
      const said: string[] = [];
      const count = (await checks()).length;
      const guard = await startGuard({ ...built.house.guard, report: (line) => said.push(line), firstMs: 1, everyMs: 60_000 });
      await until(async () => (await checks()).length > count);
      await guard.stop();
      return said;
    };
    const [first] = await checks();
    expect(first?.said).toMatchObject({ cause: 'night', faultCount: 0 });
    // Each of two servers that start together may be at it, and then none until the next night.
    const many = (await checks()).length;
    const idle = await startGuard({ ...built.house.guard, report: () => {}, firstMs: 1, everyMs: 20 });
    await new Promise((resolve) => void setTimeout(resolve, 300));
    await idle.stop();
    expect(await checks()).toHaveLength(many);
    // Only the clock of its turn is put back: what is signed stays.
    await owner.query(
      "update trail_payloads set payload = 'x' where organization_id = $1 and entry_id = (select entry_id from trail_leaves where organization_id = $1 and seq = 0)",
      [INSTALLATION],
    );
    await owner.query("update trail_entries set at = at - interval '2 days' where organization_id = $1 and command = 'check'", [
      INSTALLATION,
    ]);
    expect(await look()).toEqual([expect.stringMatching(/^The installation log does not verify from entry 0: /)]);
    expect((await checks()).at(-1)?.said).toMatchObject({ from: 0 });
  });

  it('starts with a check after a server that was cut off', async () => {
    await sequencer.stop();
    const told = async () => (await owner.query("select 1 from integrity_checks where cause = 'start'")).rows.length;
    const start = async (expected: number) => {
      const guard = await startGuard({ ...built.house.guard, report: () => {}, firstMs: 1, everyMs: 60_000 });
      await new Promise((resolve) => void setTimeout(resolve, 1500));
      // A busy machine takes longer.
      for (let left = 200; left > 0 && (await told()) < expected; left -= 1) await new Promise((resolve) => void setTimeout(resolve, 300));
      await guard.stop();
      return told();
    };
    expect(await start(0)).toBe(0);
    await owner.query("update trail_lease set holder = gen_random_uuid(), until = now() - interval '1 second'");
    expect(await start(2)).toBe(2);
  });

  it('tells nobody which organisations another login may not know', async () => {
    const client = new pg.Client(built.house.migrated.sequencer);
    await client.connect();
    for (const call of ['organizations_due_for_check(now())', 'last_leader_was_cut_off()'])
      await expect(client.query(`select * from ${call}`), call).rejects.toThrow('permission denied');
    await client.end();
    const { rows } = await owner.query<{ id: string }>('select organization_id as id from organizations_due_for_check($1)', ['9999-01-01']);
    expect(rows.map(({ id }) => id).toSorted()).toEqual([ours().id, built.theirs.organisation.id].toSorted());
  });
});

describe('the next turn', () => {
  it.each([
    { name: 'later today', now: '2026-03-10T00:30:00Z', zone: 'UTC', expected: '2026-03-10T03:00:00.000Z' },
    { name: 'tomorrow once it has come', now: '2026-03-10T03:00:00Z', zone: 'UTC', expected: '2026-03-11T03:00:00.000Z' },
    { name: 'in the zone of the organisation', now: '2026-03-10T00:30:00Z', zone: 'Asia/Kathmandu', expected: '2026-03-10T21:15:00.000Z' },
    {
      name: 'over a night without that hour',
      now: '2026-03-28T12:00:00Z',
      zone: 'Atlantic/Azores',
      hour: 0,
      expected: '2026-03-30T00:00:00.000Z',
    },
    {
      name: 'once on a night that has it twice',
      now: '2026-10-25T00:05:00Z',
      zone: 'Europe/Berlin',
      hour: 2,
      expected: '2026-10-26T01:00:00.000Z',
    },
  ])('$name', ({ now, zone, hour = 3, expected }) => {
    expect(nextTurn(new Date(now), hour, zone).toISOString()).toBe(expected);
  });
});
