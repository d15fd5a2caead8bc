import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../journey/testing.ts';
import type { Tx } from '../database/pool.ts';
import { createAccountAndMembership } from '../identity/people.ts';
import { createOrganisation } from '../identity/founding.ts';
import { signIn } from '../identity/sessions.ts';
import { newId } from '../ids.ts';
import { sealedEntry } from '../trail/append.ts';
import { INSTALLATION } from '../trail/installation.ts';
import { installationLog } from '../trail/testing/installation.ts';
import { verifyLive } from '../trail/verify.ts';
import { anchorAll, createJourney, type Journey, password } from './testing.ts';
import { removeFolder } from '../testing/folder.ts';

let journey: Journey;
let keys: string;
let leaver: Visitor;
let stays: Visitor;

beforeAll(async () => {
  journey = await createJourney('logged');
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-logged-'));
  leaver = await journey.enter('contributor', { name: 'Contributor who left' });
  stays = await journey.enter('reader', { name: 'Reader in two houses' });
  await createOrganisation(journey.house.identity.parts, { name: 'Second', slug: 'second' });
  await createAccountAndMembership(journey.house.identity.parts, {
    organisation: 'second',
    email: 'reader@logged.example.org',
    name: 'Reader',
    roles: ['administrator'],
  });
  for (const email of ['contributor@logged.example.org', 'reader@logged.example.org', 'nobody@logged.example.org'])
    await expect(
      signIn(journey.house.identity.parts, { headers: {}, ip: '192.0.2.1' }, { email, password: 'not the right words' }),
    ).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  expect((await leaver.ask('POST', 'invitations', { email: 'x@example.org', name: 'X', roles: ['reader'] })).status).toBe(403);
  await anchorAll(journey, keys);
});
afterAll(async () => {
  await journey.close();
  await removeFolder(keys);
});

const line = { register: 'installation', record: null, version: null, command: 'erase', actor: null, request: null };
const accountOf = async (email: string) =>
  (await journey.owner.query<{ id: string }>('select id from identity."user" where email = $1', [email])).rows[0]?.id ?? '';
const takeAwayAccess = async (person: string) => {
  const members = await journey.administrator.do('GET', 'members');
  await journey.administrator.do('DELETE', `members/${members.items?.find((one) => one['personId'] === person)?.id}`);
};
const erase = (person: string) =>
  journey.administrator.do('POST', `people/${person}/erase`, { reason: 'Asked for by the person', password, leaveDuties: true });
const faults = async () =>
  (
    await verifyLive({
      database: journey.house.database,
      files: journey.house.files,
      organisationId: INSTALLATION,
      keys: null,
      against: null,
    })
  ).faults.map(({ message }) => message);

describe('what the installation log says of somebody', () => {
  it('is emptied with him, tries at his address too, by an entry of that log; what it says of others stays', async () => {
    const account = await accountOf('contributor@logged.example.org');
    await takeAwayAccess(leaver.personId);
    const before = await installationLog(journey.owner);
    const tries = before.filter(({ command }) => command === 'sign-in-refused');
    expect(tries).toHaveLength(3);
    expect(await erase(leaver.personId)).toMatchObject({ account: 'erased' });
    const after = await installationLog(journey.owner);
    const erasure = after.find(({ command }) => command === 'erase');
    const listed = erasure?.said?.['entries'] as string[];
    expect(erasure?.said).toMatchObject({ organisation: journey.organisation.id });
    expect(after.filter(({ said }) => said === null).map(({ id }) => id)).toEqual(listed);
    const his = before.filter(({ record }) => record === account).map(({ id }) => id);
    expect(his.length).toBeGreaterThanOrEqual(3);
    expect(new Set(listed)).toEqual(new Set([...his, tries[0]?.id]));
    expect(after.filter(({ record, actor, said }) => said !== null && (record === account || actor === account))).toEqual([]);
    // The leaves are as they were.
    expect(after.slice(0, before.length).map(({ envelope }) => envelope)).toEqual(before.map(({ envelope }) => envelope));
    await anchorAll(journey, keys);
    expect(await faults()).toEqual([]);
  });

  it('stays where his account serves another organisation', async () => {
    const account = await accountOf('reader@logged.example.org');
    await takeAwayAccess(stays.personId);
    expect(await erase(stays.personId)).toMatchObject({ account: 'stays' });
    const mine = (await installationLog(journey.owner)).filter(({ record }) => record === account);
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.every(({ said }) => said !== null)).toBe(true);
    expect((await installationLog(journey.owner, 'erase')).length).toBe(1);
  });

  it('does not verify where one erasure is named twice', async () => {
    const [first] = await installationLog(journey.owner, 'erase');
    const row = sealedEntry(INSTALLATION, {
      ...line,
      entry: newId(),
      time: new Date().toISOString(),
      payload: first?.said,
    });
    const queries: [string, unknown[]][] = [
      [
        "insert into trail_entries values ($1, $2, 'installation', null, null, 'erase', null, $3, $4)",
        [INSTALLATION, row.id, row.at, row.envelope],
      ],
      ['insert into trail_payloads values ($1, $2, $3, $4)', [INSTALLATION, row.id, row.salt, row.payload]],
      ["insert into trail_pending values ($1, '00000000-0000-0000-0000-000000000000', 0, $2)", [INSTALLATION, row.id]],
    ];
    for (const [text, values] of queries) await journey.owner.query(text, values);
    expect(await faults()).toEqual([expect.stringContaining('the erasure that it names is in no trail')]);
    for (const [table, column] of [
      ['trail_entries', 'id'],
      ['trail_payloads', 'entry_id'],
      ['trail_pending', 'entry_id'],
    ])
      await journey.owner.query(`delete from ${table} where ${column} = $1`, [row.id]);
    expect(await faults()).toEqual([]);
  });
});

describe('the entry points', () => {
  const inOther = <T>(work: (tx: Tx) => Promise<T>) => journey.house.database.inOrganisation(newId(), work);
  const inOurs = <T>(work: (tx: Tx) => Promise<T>) => journey.house.database.inOrganisation(journey.organisation.id, work);

  it('find nothing of a person of another organisation, and leave the organisation of the transaction as it is', async () => {
    const person = (await journey.enter('internal_auditor')).personId;
    const find = (tx: Tx) => tx.query<{ entry: string }>(sql`select entry from installation_entries_of(${person}::uuid)`);
    expect(await inOther(find)).toEqual([]);
    await inOurs(async (tx) => {
      expect((await find(tx)).length).toBeGreaterThan(0);
      expect(await tx.query(sql`select current_setting('app.tenant') as id`)).toEqual([{ id: journey.organisation.id }]);
      expect(await tx.query(sql`select 1 from trail_entries where organization_id = ${INSTALLATION}::uuid`)).toEqual([]);
    });
  });

  it('empty nothing without an erasure that this very transaction wrote', async () => {
    const [erasure] = (await journey.owner.query<{ person_id: string; entry_id: string }>('select person_id, entry_id from erasures')).rows;
    const call = (organisation: string) => (tx: Tx) => {
      const { envelope, salt, payload } = sealedEntry(INSTALLATION, {
        ...line,
        entry: newId(),
        time: new Date().toISOString(),
        payload: { entries: [], organisation, erasure: erasure?.entry_id },
      });
      return tx.query(
        sql`select erase_from_installation(${erasure?.person_id}::uuid, ${erasure?.entry_id}::uuid, ${envelope}, ${salt}::bytea, ${payload}::bytea)`,
      );
    };
    await expect(inOurs(call(journey.organisation.id))).rejects.toThrow('that this transaction wrote');
    await expect(inOther(call(newId()))).rejects.toThrow('that this transaction wrote');
  });

  it('are for the app alone', async () => {
    const { pool } = journey.house.identity.parts;
    await expect(pool.query('select * from installation_entries_of(gen_random_uuid())')).rejects.toThrow('permission denied');
    await expect(pool.query(`select erase_from_installation(null, null, '', '', '')`)).rejects.toThrow('permission denied');
  });
});
