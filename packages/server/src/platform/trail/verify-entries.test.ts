import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { bareOrganisation, writeEntry } from './testing/organisation.ts';
import { readEntries } from './verify-entries.ts';

let built: TestDatabase;
let owner: pg.Client;
let organisation = '';
let entries: string[] = [];

beforeAll(async () => {
  built = await createTestDatabase();
  owner = new pg.Client(built.owner);
  owner.on('error', () => {});
  await owner.connect();
  organisation = await bareOrganisation(built, 'read');
  entries = await Promise.all(
    Array.from({ length: 60 }, (_, index) => writeEntry(built, organisation, `Entry ${index} – ${'ä'.repeat(index * 40)}`)),
  );
  // Leaves without a tree: whether they are those of the tree is asked elsewhere. The last ten wait.
  await owner.query(
    `insert into trail_leaves select organization_id, row_number() over (order by id) - 1, id, sha256('\\x00'::bytea || convert_to(envelope, 'UTF8'))
     from trail_entries where organization_id = $1 order by id limit 50`,
    [organisation],
  );
  await owner.query('delete from trail_pending p using trail_leaves l where l.entry_id = p.entry_id');
});
afterAll(async () => {
  await owner.end();
  await built.drop();
});

const read = (most = 100) => built.database.inOrganisation(organisation, (tx) => readEntries(tx, most), { snapshot: true });
const leafAt = async (seq: number) =>
  (
    await owner.query<{ entry_id: string }>('select entry_id from trail_leaves where organization_id = $1 and seq = $2', [
      organisation,
      seq,
    ])
  ).rows[0]?.entry_id ?? '';

/** Changes one entry as superuser, reads, and puts it back. */
const changed = async (statement: string, values: readonly unknown[]) => {
  try {
    for (const table of ['trail_entries', 'trail_payloads', 'trail_leaves'])
      await owner.query(`create temp table kept_${table} as table ${table}`);
    await owner.query(statement, [...values]);
    return await read();
  } finally {
    for (const table of ['trail_payloads', 'trail_leaves', 'trail_entries'])
      await owner.query(`delete from ${table}; insert into ${table} select * from kept_${table}; drop table kept_${table}`);
  }
};

it('finds nothing where nothing was changed, and counts what waits', async () => {
  expect(entries.length).toBe(60);
  expect(await read()).toEqual({ waiting: 10, blanked: [], faults: [] });
});

it('leaves the transaction as it was for the questions after it', async () => {
  const settings = await built.database.inOrganisation(organisation, async (tx) => {
    await readEntries(tx, 10);
    return tx.query<{ setting: string }>(sql`select setting from pg_settings where name in ('enable_hashjoin', 'enable_sort')`);
  });
  expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on']);
});

it.each([
  {
    name: 'an envelope that is no JSON',
    set: `update trail_entries set envelope = 'nothing' where id = $1`,
    says: 'not the one under its leaf',
  },
  {
    name: 'the same, hashed again',
    set: `with changed as (update trail_entries set envelope = 'nothing' where id = $1 returning organization_id, id)
      update trail_leaves l set leaf_hash = sha256('\\x006e6f7468696e67'::bytea) from changed c where l.entry_id = c.id`,
    says: 'cannot be read',
  },
  {
    name: 'another actor',
    set: 'update trail_entries set actor = gen_random_uuid() where id = $1',
    says: 'its columns say something else',
  },
  {
    name: 'a later moment',
    set: `update trail_entries set at = at + interval '1 microsecond' where id = $1`,
    says: 'its columns say something else',
  },
  {
    name: 'a moment that never ends',
    set: `update trail_entries set at = 'infinity' where id = $1`,
    says: 'its columns say something else',
  },
  { name: 'a salt that is gone', set: `update trail_payloads set salt = '' where entry_id = $1`, says: 'its payload is not the one' },
  { name: 'no payload', set: 'delete from trail_payloads where entry_id = $1', says: 'its payload is missing' },
])('names the place of $name, and no other', async ({ set, says }) => {
  const { faults } = await changed(set, [await leafAt(17)]);
  expect(faults).toEqual([expect.objectContaining({ entry: 17, message: expect.stringContaining(says) })]);
});

it('hands on what was emptied', async () => {
  const { blanked, faults } = await changed(`update trail_payloads set salt = '', payload = '' where entry_id = $1`, [await leafAt(3)]);
  expect(faults).toEqual([]);
  expect(blanked).toEqual([{ entry: await leafAt(3), seq: 3, erasedBy: null }]);
});

it('keeps the first places where more is wrong than it may name', async () => {
  const { faults } = await changed(`update trail_entries set command = 'other' where organization_id = $1`, [organisation]);
  expect(faults.length).toBe(50);
  await owner.query(`update trail_entries set command = command || '-x'`);
  try {
    expect((await read(4)).faults.map(({ entry }) => entry)).toEqual([0, 1, 2, 3]);
  } finally {
    await owner.query(`update trail_entries set command = left(command, -2)`);
  }
});
