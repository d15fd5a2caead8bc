import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryStore } from '../files/store.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { INSTALLATION } from '../trail/installation.ts';
import { startSequencer } from '../trail/sequencer.ts';
import { installationLog } from '../trail/testing/installation.ts';
import { until } from '../trail/testing/organisation.ts';
import { verifyLive } from '../trail/verify.ts';
import { setPassword } from './accounts.ts';
import { logRefused, MOST_OF_A_NETWORK, MOST_OF_ALL, settleRefusals } from './log.ts';
import { createTestHouse, password, type TestHouse } from './testing.ts';
import { removeFolder } from '../testing/folder.ts';

let house: TestHouse;
let folder: string;
let organisation: string;
const email = 'admin@example.org';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-log-'));
  house = await createTestHouse();
  const token = (await house.identity.setupLink())?.split('#')[1];
  const body = { token, name: 'Administrator', email, password, organisation: { name: 'Acme', slug: 'acme' } };
  expect((await house.browser().send('POST', '/api/v1/setup', body)).statusCode).toBe(201);
  await house.member({ organisation: 'acme', email: 'reader@example.org', roles: ['reader'] });
  organisation = (await house.owner.query<{ id: string }>('select id from organizations')).rows[0]?.id ?? '';
});
afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});
// What another test had refused in this minute does not count here.
beforeEach(() => house.owner.query('delete from installation_refusals'));

const anchor = async () => {
  const sequencer = startSequencer({
    connection: house.migrated.sequencer,
    keys: path.join(folder, 'keys'),
    now: () => new Date(),
    report: () => {},
  });
  await until(async () => (await house.owner.query('select 1 from trail_pending limit 1')).rowCount === 0);
  await sequencer.stop();
};
const verify = (against: string | null = null) =>
  verifyLive({
    database: house.house.database,
    files: createDirectoryStore(path.join(folder, 'files')),
    organisationId: INSTALLATION,
    keys: null,
    against,
  });
/** Entries that came while `work` ran. */
const during = async (work: () => Promise<unknown>) => {
  const before = (await installationLog(house.owner)).length;
  await work();
  return (await installationLog(house.owner)).slice(before);
};
const kinds = async (work: () => Promise<unknown>) => (await during(work)).map(({ command }) => command);

describe('each has its entry', () => {
  it('set-up, once', async () => {
    expect((await installationLog(house.owner)).slice(0, 2).map(({ command }) => command)).toEqual(['set-up', 'signed-in']);
  });

  it('a sign-in: whose account in the envelope, the network in the payload alone', async () => {
    const [entry, ...more] = await during(() => house.signedIn(email, '192.0.2.7'));
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ command: 'signed-in', record: expect.any(String), said: { network: '192.0.2.7' } });
    expect(entry?.envelope).not.toContain('192.0.2.7');
    expect(JSON.parse(entry?.envelope ?? '')).toMatchObject({ organisation: INSTALLATION, register: 'installation', actor: entry?.record });
  });

  it('a failed sign-in: neither what was typed nor the address', async () => {
    const wrong = { email, password: 'somebody else’s words' };
    const [entry, ...more] = await during(() => house.browser('192.0.2.8').send('POST', '/api/v1/session', wrong));
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ command: 'sign-in-refused', record: null, said: { network: '192.0.2.8' } });
    expect(JSON.stringify(entry)).not.toMatch(/somebody|admin@/);
  });

  it('too many tries, a set-up that is over, a new password, the end of a session', async () => {
    const browser = house.browser('192.0.2.9');
    const wrong = { email: 'nobody@example.org', password: 'anything at all' };
    const tries = await kinds(async () => {
      for (let n = 0; n < 11; n += 1) await browser.send('POST', '/api/v1/session', wrong);
    });
    expect(tries).toEqual([...Array<string>(10).fill('sign-in-refused'), 'too-many']);
    const late = { token: 'x'.repeat(40), name: 'L', email: 'late@example.org', password };
    expect(await kinds(() => house.browser().send('POST', '/api/v1/setup', late))).toEqual(['set-up-refused']);
    const reader = await house.signedIn('reader@example.org');
    const next = 'walnut orbit kettle';
    expect(await kinds(() => reader.send('POST', '/api/v1/session/password', { current: password, next }))).toEqual(['password-changed']);
    expect(await kinds(() => reader.send('DELETE', '/api/v1/session'))).toEqual(['signed-out']);
    const [row] = (await house.owner.query<{ id: string }>(`select id from identity."user" where email = 'reader@example.org'`)).rows;
    expect(await kinds(() => setPassword(house.identity.parts, row?.id ?? '', password))).toEqual(['password-changed']);
  });

  it('a role that may not, and an organisation that is none of his: the organisation is named in the payload', async () => {
    const reader = await house.signedIn('reader@example.org');
    const forbidden = await during(() => reader.send('PATCH', '/api/v1/orgs/acme', { name: 'Mine' }));
    expect(forbidden).toMatchObject([{ command: 'refused', said: { code: 'FORBIDDEN', organisation, method: 'PATCH' } }]);
    expect(forbidden[0]?.envelope).not.toContain(organisation);
    const unknown = await during(() => reader.send('GET', '/api/v1/orgs/elsewhere/members'));
    expect(unknown).toMatchObject([{ command: 'refused', said: { code: 'NOT_FOUND' } }]);
  });
});

describe('the log', () => {
  it('is anchored and verifies', async () => {
    await anchor();
    const log = await installationLog(house.owner);
    expect(log.every(({ seq }) => seq !== null)).toBe(true);
    expect(await verify()).toMatchObject({ entries: log.length, faults: [], from: null, notAnchored: 0 });
  });

  it.each([
    [
      'an envelope',
      `update trail_entries set envelope = replace(envelope, 'signed-in', 'signed-out') where organization_id = :log and id = :one`,
    ],
    ['what it says beside it', `update trail_entries set command = 'signed-out' where organization_id = :log and id = :one`],
    [
      'a payload',
      `update trail_payloads set payload = convert_to('{"network":"198.51.100.1"}', 'UTF8') where organization_id = :log and entry_id = :one`,
    ],
    ['a payload emptied', `update trail_payloads set payload = '', salt = '' where organization_id = :log and entry_id = :one`],
    ['a payload away', `delete from trail_payloads where organization_id = :log and entry_id = :one`],
    ['an entry away', `delete from trail_entries where organization_id = :log and id = :one`],
    [
      'the newest leaf away',
      `delete from trail_leaves where organization_id = :log and seq = (select max(seq) from trail_leaves where organization_id = :log)`,
    ],
    ['a leaf of another', `update trail_leaves set entry_id = gen_random_uuid() where organization_id = :log and entry_id = :one`],
    ['a root', `update trail_checkpoints set root = sha256(root) where organization_id = :log`],
    [
      'all of it',
      `with e as (delete from trail_entries where organization_id = :log), l as (delete from trail_leaves where organization_id = :log), c as (delete from trail_checkpoints where organization_id = :log), n as (delete from trail_nodes where organization_id = :log) delete from trail_payloads where organization_id = :log`,
    ],
  ])('does not verify with %s changed', async (_what, statement) => {
    const held = (
      await house.owner.query<{ note: string }>(
        'select note from trail_checkpoints where organization_id = $1 order by size desc limit 1',
        [INSTALLATION],
      )
    ).rows[0]?.note;
    const one = (await installationLog(house.owner, 'signed-in'))[0]?.id;
    const tables = ['trail_entries', 'trail_payloads', 'trail_leaves', 'trail_checkpoints', 'trail_nodes'];
    const mine = `where organization_id = '${INSTALLATION}'`;
    for (const table of tables) await house.owner.query(`create temp table kept_${table} as select * from public.${table} ${mine}`);
    try {
      await house.owner.query(statement.replaceAll(':log', `'${INSTALLATION}'`).replaceAll(':one', `'${one}'`));
      expect((await verify(held)).faults).not.toEqual([]);
    } finally {
      for (const table of tables) {
        await house.owner.query(`delete from public.${table} ${mine}`);
        await house.owner.query(`insert into public.${table} select * from kept_${table}`);
        await house.owner.query(`drop table kept_${table}`);
      }
    }
    expect((await verify(held)).faults).toEqual([]);
  });

  it('does not take a list of what was erased that stands by itself', async () => {
    const one = (await installationLog(house.owner, 'signed-in'))[0]?.id ?? '';
    const kept = (await house.owner.query('select salt, payload from trail_payloads where entry_id = $1', [one])).rows[0];
    const entry = newId();
    const line = { register: 'installation', record: null, version: null, command: 'erase', actor: null, request: null };
    await house.house.database.inOrganisation(INSTALLATION, (tx) =>
      appendToTrail(tx, [{ ...line, entry, time: new Date().toISOString(), payload: { entries: [one], organisation, erasure: newId() } }]),
    );
    await house.owner.query(`update trail_payloads set salt = '', payload = '', erased_by = $2 where entry_id = $1`, [one, entry]);
    const { faults } = await verify();
    expect(faults).toEqual([expect.objectContaining({ message: expect.stringContaining('the erasure that it names is in no trail') })]);
    await house.owner.query('update trail_payloads set salt = $2, payload = $3, erased_by = null where entry_id = $1', [
      one,
      kept.salt,
      kept.payload,
    ]);
    for (const table of ['trail_entries', 'trail_payloads', 'trail_pending'])
      await house.owner.query(`delete from ${table} where organization_id = $1 and ${table === 'trail_entries' ? 'id' : 'entry_id'} = $2`, [
        INSTALLATION,
        entry,
      ]);
    expect((await verify()).faults).toEqual([]);
  });

  it('is no organisation: nobody lists it, finds it, founds it, or reads it from his own', async () => {
    const browser = await house.signedIn(email);
    const mine = (await browser.send('GET', '/api/v1/session')).json<{ organisations: { slug: string }[] }>();
    expect(mine.organisations.map(({ slug }) => slug)).toEqual(['acme']);
    for (const reference of [INSTALLATION, 'installation'])
      expect((await browser.send('GET', `/api/v1/orgs/${reference}/members`)).statusCode).toBe(404);
    await expect(
      house.house.database.inOrganisation(INSTALLATION, (tx) =>
        tx.query(sql`insert into organizations (id, slug, name) values (${INSTALLATION}::uuid, 'installation', 'Installation')`),
      ),
    ).rejects.toMatchObject({ code: '23514', constraint: 'organizations_not_reserved' });
    await house.house.database.inOrganisation(organisation, async (tx) => {
      for (const table of ['trail_entries', 'trail_payloads', 'trail_leaves', 'trail_checkpoints', 'installation_refusals'])
        expect(await tx.query(sql`select 1 from ${sql.table(table)} where organization_id = ${INSTALLATION}::uuid`)).toEqual([]);
      expect(await tx.query(sql`select 1 from trail_entries where register = 'installation'`)).toEqual([]);
    });
  });
});

describe('when the log cannot be written', () => {
  const broken = async (work: () => Promise<void>) => {
    await house.owner.query('revoke insert on trail_entries from aimwell_app');
    try {
      await work();
    } finally {
      await house.owner.query('grant insert on trail_entries to aimwell_app');
    }
  };
  const sessions = async () => (await house.owner.query('select 1 from identity.session')).rowCount;

  it('a sign-in is not served, and leaves no session', () =>
    broken(async () => {
      const before = await sessions();
      const browser = house.browser();
      const answer = await browser.send('POST', '/api/v1/session', { email, password });
      expect(answer.statusCode).toBe(500);
      expect(answer.cookies).toEqual([]);
      expect(await sessions()).toBe(before);
    }));

  it('a refused attempt stays refused', () =>
    broken(async () => {
      const wrong = await house.browser().send('POST', '/api/v1/session', { email, password: 'not the password' });
      expect(wrong.statusCode).toBe(401);
      expect(wrong.cookies).toEqual([]);
    }));

  it('no account is made', () =>
    broken(async () => {
      await expect(house.member({ organisation: 'acme', email: 'new@example.org', roles: ['reader'] })).rejects.toThrow();
      expect((await house.owner.query(`select 1 from identity."user" where email = 'new@example.org'`)).rowCount).toBe(0);
    }));
});

describe('a storm of refused attempts', () => {
  const log = () => ({ database: house.house.database, now: () => new Date() });
  const later = () => new Date(Date.now() + 120_000);
  const storm = (networks: readonly string[], each: number) =>
    Promise.all(
      networks.map(async (network) => {
        for (let n = 0; n < each; n += 1) await logRefused(log(), { kind: n % 2 === 0 ? 'refused' : 'sign-in-refused', network });
      }),
    );

  it('is told one by one up to a number, and then in one entry for the network with its kinds counted', async () => {
    const entries = await during(async () => {
      await storm(['203.0.113.1'], MOST_OF_A_NETWORK + 45);
      await logRefused(log(), { kind: 'refused', network: '203.0.113.2' });
      await settleRefusals(log(), later());
      await settleRefusals(log(), later());
    });
    const sums = entries.filter(({ command }) => command === 'refused-more');
    const counts = sums.flatMap(({ said }) => Object.values((said?.['counts'] ?? {}) as Record<string, number>));
    expect(entries.filter(({ said }) => said?.['network'] === '203.0.113.2')).toHaveLength(1);
    // At the turn of a minute the network has its share twice.
    expect(sums.length).toBeLessThanOrEqual(2);
    expect(entries.length - sums.length - 1 + counts.reduce((sum, n) => sum + n, 0)).toBe(MOST_OF_A_NETWORK + 45);
    expect(entries.length).toBeLessThanOrEqual(2 * MOST_OF_A_NETWORK + 3);
    expect(sums[0]?.said).toMatchObject({
      network: '203.0.113.1',
      counts: { refused: expect.any(Number), 'sign-in-refused': expect.any(Number) },
    });
    expect((await house.owner.query('select 1 from installation_refusals')).rowCount).toBe(0);
  });

  it('from many networks at once is bounded too, and nothing is lost from the sums', { timeout: 60_000 }, async () => {
    const networks = Array.from({ length: 30 }, (_, n) => `198.51.100.${n}`);
    const entries = await during(async () => {
      await storm(networks, MOST_OF_A_NETWORK);
      await settleRefusals(log(), later());
    });
    const sums = entries.filter(({ command }) => command === 'refused-more');
    const counts = sums.flatMap(({ said }) => Object.values((said?.['counts'] ?? {}) as Record<string, number>));
    expect(entries.length - sums.length + counts.reduce((sum, n) => sum + n, 0)).toBe(30 * MOST_OF_A_NETWORK);
    expect(entries.length).toBeLessThanOrEqual(2 * (MOST_OF_ALL + 1));
    await anchor();
    expect((await verify()).faults).toEqual([]);
  });
});
