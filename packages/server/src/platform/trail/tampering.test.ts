import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { registers } from '@aimwell/contract/registers';
import { systems } from '@aimwell/contract/systems/systems';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFurnishedHouse } from '../../generated/house.ts';
import { createContext } from '../context.ts';
import { changeOrganisation } from '../identity/settings.ts';
import { addMember, systemActor } from '../identity/founding.ts';
import { changeMember } from '../identity/members.ts';
import { createInvitation, revokeInvitation } from '../identity/invitations.ts';
import { createToken } from '../identity/tokens.ts';
import { newId } from '../ids.ts';
import { addCommentTo } from '../register/comments.ts';
import { loadRow } from '../register/read.ts';
import { writeRecords } from '../register/write.ts';
import { appendToTrail } from './append.ts';
import { payloadDigest } from './envelope.ts';
import { checkOrganisation } from './guard-check.ts';
import { openLogKey, rotateLogKey } from './keys.ts';
import { type Sequencer, startSequencer } from './sequencer.ts';
import type { LogKey } from './signing.ts';
import { forgeLog } from './testing/forger.ts';
import { until } from './testing/organisation.ts';
import { furnishProcesses } from './testing/processes.ts';
import { coverageOf } from './verify-coverage.ts';
import { verifyLive } from './verify.ts';
import { removeFolder } from '../testing/folder.ts';

/** Every column of every table takes minutes; without it one column, or one way, of every other table of a register, and all of the others. */
const full = process.env['AIMWELL_FULL'] === '1';

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let owner: pg.Client;
let keys: string;
let key: LogKey;
let first: Uint8Array;
let held = '';
let heldSize = 0;
let tables: string[] = [];
const organisation = () => built.ours.organisation.id;

const sequencing = async (): Promise<Sequencer> => {
  const sequencer = startSequencer({ connection: built.house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
  await until(async () => (await owner.query<{ n: string }>('select count(*) as n from trail_pending')).rows[0]?.n === '0');
  return sequencer;
};
const context = () => createContext({ actor: systemActor, organisation: built.ours.organisation, now: new Date() });
const inside = <T>(work: Parameters<typeof built.house.database.inOrganisation<T>>[1]) =>
  built.house.database.inOrganisation(organisation(), work);
const rename = (name: string) =>
  inside(async (tx) => {
    const before = await loadRow(tx, systems, built.ours.ids['systems'] ?? '');
    await writeRecords(tx, context(), systems, [{ before, set: { name } }], { command: 'patch' });
  });

/** Something of everything that is evidence, before the checkpoint that the verifier holds. */
const furnishMore = async () => {
  const id = built.ours.ids['systems'] ?? '';
  for (let n = 0; n < 3; n += 1) await inside((tx) => addCommentTo(tx, context(), systems, id, `Comment ${n}`));
  await inside((tx) => changeOrganisation(tx, context(), { name: 'Renamed', settings: { shareConformityWithAuditors: true } }));
  for (const name of ['one', 'two']) {
    const { view } = await inside((tx) => createInvitation(tx, context(), { email: `${name}@example.org`, name, roles: ['reader'] }));
    if (name === 'two') await inside((tx) => revokeInvitation(tx, context(), view.id));
    await inside((tx) => createToken(tx, context(), { name, role: 'reader', days: 5 }));
  }
  // The newer of two to one address ends the older.
  for (const name of ['three', 'three again'])
    await inside((tx) => createInvitation(tx, context(), { email: 'three@example.org', name, roles: ['reader'] }));
  const account = { id: newId(), name: 'Role holder', email: 'holder@example.org' };
  await owner.query('insert into identity."user" (id, name, email) values ($1, $2, $3)', [account.id, account.name, account.email]);
  const { membershipId } = await inside((tx) => addMember(tx, context(), { account, roles: ['administrator'] }));
  await inside((tx) =>
    changeMember(tx, { ...context(), actor: { ...systemActor, roles: ['administrator'] } }, membershipId, {
      roles: ['administrator', 'aims_manager'],
    }),
  );
  const stored = await built.house.files.put(organisation(), bytesOf('evidence'), 1000);
  await inside(async (tx) => {
    await tx.query(
      sql`insert into files (organization_id, sha256, size, type) values (${organisation()}::uuid, ${stored.sha256}, 8, 'text/plain')`,
    );
    const before = await loadRow(tx, evidence, built.ours.ids['evidence'] ?? '');
    const set = { kind: 'file', fileName: 'e.txt', fileType: 'text/plain', fileSize: 8, sha256: stored.sha256 };
    await writeRecords(tx, context(), evidence, [{ before, set }], { command: 'upload', file: { name: 'e.txt', sha256: stored.sha256 } });
  });
  // Past 256 leaves a subtree is kept for proofs.
  const line = { register: 'organisation', record: null, version: null, command: 'note', actor: null, request: null };
  await inside((tx) =>
    appendToTrail(
      tx,
      Array.from({ length: 300 }, (_, n) => ({ ...line, entry: newId(), time: new Date().toISOString(), payload: { n } })),
    ),
  );
  await inside(async (tx) => {
    const [member] = await tx.query<{ id: string }>(
      sql`select person_id as id from memberships where organization_id = ${organisation()}::uuid and 'aims_manager' = any(roles)`,
    );
    await furnishProcesses(tx, context(), { ...built.ours.ids, people: member?.id ?? '' });
  });
  await checkOrganisation(built.house.guard, { organisationId: organisation(), cause: 'demand', context: null });
};
async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

beforeAll(async () => {
  built = await createFurnishedHouse();
  owner = new pg.Client(built.owner);
  owner.on('error', () => {});
  await owner.connect();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  const sequencer = await sequencing();
  first = (await owner.query<{ public_key: Buffer }>('select public_key from trail_keys')).rows[0]?.public_key ?? new Uint8Array();
  await rotateLogKey(keys, built.house.migrated.sequencer, new Date());
  await furnishMore();
  for (let n = 0; n < 5; n += 1) await rename(`System ${n}`);
  await sequencer.stop();
  await (await sequencing()).stop();
  const { rows } = await owner.query<{ note: string; size: string }>(
    'select note, size from trail_checkpoints where organization_id = $1 order by size desc limit 1',
    [organisation()],
  );
  held = rows[0]?.note ?? '';
  heldSize = Number(rows[0]?.size);
  await rename('Later');
  await (await sequencing()).stop();
  await rename('Waiting');
  const pool = new pg.Pool(built.house.migrated.sequencer);
  const opened = await openLogKey(keys, pool, new Date());
  await pool.end();
  if (opened === null) throw new Error('expected the key of the log');
  key = opened;
  await prepare();
});
afterAll(async () => {
  await owner.end();
  await built.close();
  await removeFolder(keys);
});

/** A superuser may drop every rule of the database first: none of them is what the verifier rests on. */
const prepare = async () => {
  await owner.query('set session_replication_role = replica');
  const found = await owner.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = 'public' order by 1",
  );
  tables = found.rows.map(({ name }) => name);
  const rules = await owner.query<{ table: string; name: string }>(
    "select conrelid::regclass::text as table, conname as name from pg_constraint where contype in ('c', 'f', 'u', 'p') and connamespace = 'public'::regnamespace order by contype = 'p'",
  );
  for (const { table, name } of rules.rows) await owner.query(`alter table ${table} drop constraint if exists "${name}" cascade`);
  const unique = await owner.query<{ name: string }>(
    "select indexrelid::regclass::text as name from pg_index where indisunique and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)",
  );
  for (const { name } of unique.rows) await owner.query(`drop index ${name}`);
  await owner.query('create schema kept');
  for (const table of tables) await owner.query(`create table kept.${table} as table public.${table}`);
};

const verify = () =>
  // The bare store, as the guard reads it: the other one tells the trail of what it finds damaged.
  verifyLive({ ...built.house.guard, organisationId: organisation(), keys: [first], against: held });
/** What is found has to come from what was done last: whatever stayed behind would be found for ever after. */
const expectUndone = async () => expect((await verify()).faults).toEqual([]);

/** Does as superuser what nobody should, looks, and undoes it. */
const tampered = async (touched: readonly string[], statements: readonly (string | (() => Promise<unknown>))[]) => {
  try {
    for (const statement of statements)
      await (typeof statement === 'string' ? owner.query(statement.replaceAll(':org', `'${organisation()}'`)) : statement());
    return await verify();
  } finally {
    for (const table of touched) {
      const columns = await columnsOf(table);
      const list = columns.map(({ name }) => `"${name}"`).join(', ');
      await owner.query(`delete from public.${table}; insert into public.${table} (${list}) select ${list} from kept.${table}`);
    }
  }
};

interface Column {
  readonly name: string;
  readonly type: string;
}
const columnsOf = async (table: string): Promise<Column[]> =>
  (
    await owner.query<Column>(
      "select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
      [`public.${table}`],
    )
  ).rows;

/** Another value than the one that stands there, whatever it is. */
const other = ({ name, type }: Column): string => {
  const column = `"${name}"`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'integer' || type === 'bigint') return `coalesce(${column}, 0) + 1`;
  if (type === 'boolean') return `${column} is not true`;
  if (type === 'date') return `coalesce(${column}, date '2020-01-01') + 1`;
  if (type.startsWith('timestamp'))
    return `case when ${column} is null or not isfinite(${column}) then timestamptz '2020-01-01' else ${column} + interval '1 day' end`;
  if (type === 'bytea')
    return `case when length(${column}) = 0 then '\\x00'::bytea else set_byte(${column}, 0, get_byte(${column}, 0) # 1) end`;
  if (type === 'jsonb') return `jsonb_build_object('other', ${column})`;
  if (type === 'text[]') return `${column} || array['other']`;
  if (type === 'uuid[]') return `${column} || array[gen_random_uuid()]`;
  return `coalesce(${column}, '') || 'x'`;
};

const tenantOf = (table: string) => (table === 'organizations' ? 'id' : table === 'trail_keys' ? "':org'" : 'organization_id');
/** One row of the organisation, the same every time: of the trail one before the checkpoint held. */
const oneOf = (table: string) => {
  const mine = table === 'trail_keys' ? 'true' : `${tenantOf(table)} = :org`;
  const entry = ['trail_entries', 'trail_payloads'].includes(table)
    ? ` and ${table === 'trail_entries' ? 'id' : 'entry_id'} = (select entry_id from trail_leaves where organization_id = :org and seq = 20)`
    : table === 'trail_leaves'
      ? ' and seq = 20'
      : '';
  return `ctid = (select ctid from public.${table} where ${mine}${entry} order by ${table === 'trail_checkpoints' ? 'size' : 'ctid'} limit 1)`;
};

const isOfRegister = (table: string) =>
  registers.some(({ table: one }) => table === one || table === `${one}_history` || table.startsWith(`${one}__`));

describe('every table of the database', () => {
  it('is verified by something, or is no evidence for a reason', () => {
    expect(tables.filter((table) => coverageOf(table) === undefined)).toEqual([]);
    expect(tables.length).toBeGreaterThan(80);
  });

  it('has something to tamper with, where it is evidence', async () => {
    const empty: string[] = [];
    for (const table of verified()) {
      const { rowCount } = await owner.query(`select 1 from ${table} where ${oneOf(table)}`.replaceAll(':org', `'${organisation()}'`));
      if (rowCount === 0) empty.push(table);
    }
    expect(empty).toEqual([]);
  });

  it('and what the product wrote verifies', async () => {
    const found = await verify();
    expect(found).toMatchObject({ faults: [], from: null, notAnchored: 1, against: heldSize });
    expect(found.entries).toBe(heldSize + 1);
  });
});

const verified = () =>
  tables.filter((table) => {
    const coverage = coverageOf(table);
    return coverage !== undefined && 'verified' in coverage;
  });

describe('as superuser', () => {
  it('a changed column of any table is found', { timeout: 1_200_000 }, async () => {
    const unseen: string[] = [];
    for (const [place, table] of verified().entries()) {
      const coverage = coverageOf(table);
      const except = coverage !== undefined && 'verified' in coverage ? (coverage.except ?? {}) : {};
      const columns = (await columnsOf(table)).filter(({ name }) => !(name in except));
      const some = full || !isOfRegister(table) ? columns : place % 2 === 0 ? [columns[(place * 7 + 3) % columns.length] as Column] : [];
      for (const column of some) {
        const found = await tampered([table], [`update public.${table} set "${column.name}" = ${other(column)} where ${oneOf(table)}`]);
        if (found.faults.length === 0) unseen.push(`${table}.${column.name}`);
      }
    }
    expect(unseen).toEqual([]);
    await expectUndone();
  });

  it('the same change in a record and its history is found', { timeout: 1_200_000 }, async () => {
    const unseen: string[] = [];
    for (const [place, register] of registers.entries()) {
      const columns = (await columnsOf(register.table)).filter(({ name }) => !['organization_id', 'id', 'version'].includes(name));
      const some = full ? columns : [columns[(place * 5) % columns.length] as Column];
      for (const column of some) {
        const id = built.ours.ids[register.name];
        const set = `"${column.name}" = ${other(column)} where organization_id = :org and id = '${id}'`;
        const newest = `update public.${register.table} set ${set}`;
        const twin = `update public.${register.table}_history h set "${column.name}" = r."${column.name}" from public.${register.table} r where r.organization_id = h.organization_id and r.id = h.id and r.id = '${id}' and r.version = h.version`;
        const found = await tampered([register.table, `${register.table}_history`], [newest, twin]);
        if (found.faults.length === 0) unseen.push(`${register.table}.${column.name}`);
      }
    }
    expect(unseen).toEqual([]);
    await expectUndone();
  });

  it('a row deleted, a row put in, two rows in each other’s place, and an emptied table are found', { timeout: 1_200_000 }, async () => {
    const unseen: string[] = [];
    for (const [place, table] of verified().entries()) {
      const coverage = coverageOf(table);
      const ignored = coverage !== undefined && 'verified' in coverage ? (coverage.ignored ?? {}) : {};
      const ways = Object.entries(waysOf(table, await columnsOf(table))).filter(([way]) => !(way in ignored));
      const some = full || !isOfRegister(table) ? ways : place % 2 === 1 ? [ways[place % ways.length] as [string, string]] : [];
      for (const [way, statement] of some) {
        const found = await tampered([table], [statement]);
        if (found.faults.length === 0) unseen.push(`${table}: ${way}`);
      }
    }
    expect(unseen).toEqual([]);
    await expectUndone();
  });
});

it.each([
  [
    'bound to one process more',
    "insert into process_gates select organization_id, register, command, 'yearly' from process_gates where map_key = 'called'",
    '"yearly" is there; no entry says so',
  ],
  [
    'bound to one process less',
    "delete from process_gates where organization_id = :org and map_key = 'called'",
    '"called" is not there; its newest entry says that it is bound',
  ],
])('a command %s is found', async (_how, statement, says) => {
  const found = await tampered(['process_gates'], [statement]);
  expect(found.faults.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
});

it('a timer that is put off for good is found, though its seal leaves that out', async () => {
  const found = await tampered(
    ['process_subscriptions'],
    ["update process_subscriptions set held_until = 'infinity' where organization_id = :org and due is not null"],
  );
  expect(found.faults.map(({ message }) => message)).toEqual([
    expect.stringContaining('the timer at t is put off, though the run is not suspended'),
  ]);
});

it.each([
  ['postponed', "due = due + interval '10 years'", 'what starts its runs differ'],
  ['put off', "held_until = 'infinity'", 'its start at y is put off'],
  ['taken out', 'due = null', 'what starts its runs differ'],
])('a yearly start that is %s is found', async (_how, change, says) => {
  const found = await tampered(['process_starts'], [`update process_starts set ${change} where organization_id = :org and kind = 'timer'`]);
  expect(found.faults.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
});

it.each([
  ['asks another register', "set register = 'systems'"],
  ['is named otherwise', "set node = 'low'"],
])('a start by a condition that %s is found', async (_how, change) => {
  const found = await tampered(
    ['process_starts'],
    [`update process_starts ${change} where organization_id = :org and kind = 'conditional'`],
  );
  expect(found.faults.map(({ message }) => message)).toEqual([expect.stringContaining('what starts its runs differ')]);
});

describe('who rewrites everything and hashes it again', () => {
  const forgedTables = [
    'trail_entries',
    'trail_payloads',
    'trail_leaves',
    'trail_nodes',
    'trail_checkpoints',
    'systems',
    'systems_history',
  ];

  /** Says something else from one version of the system on, in record, history, payload and envelope alike. */
  const forge = async (version: number) => {
    const id = built.ours.ids['systems'];
    await owner.query('update systems_history set name = $3 where organization_id = $1 and id = $2 and version = $4', [
      organisation(),
      id,
      'Forged',
      version,
    ]);
    await owner.query('update systems set name = $3 where organization_id = $1 and id = $2 and version = $4', [
      organisation(),
      id,
      'Forged',
      version,
    ]);
    const { rows } = await owner.query<{ id: string; envelope: string; salt: Buffer; payload: Buffer }>(
      "select e.id, e.envelope, p.salt, p.payload from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id where e.organization_id = $1 and e.register = 'systems' and e.record_id = $2 and e.version = $3",
      [organisation(), id, version],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('expected the entry of that version');
    const payload = Buffer.from(row.payload.toString('utf8').replace(/"name":"[^"]*"/, '"name":"Forged"'));
    await say(row.id, payload, row.envelope.replace(payloadDigest(row.salt, row.payload), payloadDigest(row.salt, payload)));
  };
  const say = async (entry: string, payload: Buffer | null, envelope: string) => {
    if (payload !== null)
      await owner.query('update trail_payloads set payload = $3 where organization_id = $1 and entry_id = $2', [
        organisation(),
        entry,
        payload,
      ]);
    await owner.query('update trail_entries set envelope = $3 where organization_id = $1 and id = $2', [organisation(), entry, envelope]);
  };
  const versions = async () =>
    Number(
      (await owner.query<{ version: number }>('select version from systems where organization_id = $1', [organisation()])).rows[0]?.version,
    );

  it('with another key is found by whoever holds the key', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
    const found = await tampered(
      [...forgedTables, 'trail_keys'],
      [
        () => forge(3),
        async () => {
          await owner.query('delete from trail_keys');
          const pool = new pg.Pool(built.owner);
          const other = await openLogKey(elsewhere, pool, new Date());
          await pool.end();
          if (other === null) throw new Error('expected a fresh key');
          await forgeLog(owner, organisation(), other);
        },
      ],
    );
    await removeFolder(elsewhere);
    expect(found.faults.filter(({ message }) => message.includes('does not verify')).length).toBeGreaterThan(1);
  });

  it('with the stolen key is found by whoever holds a checkpoint, from the first entry on: nothing before it is vouched for', async () => {
    const found = await tampered(forgedTables, [() => forge(3), () => forgeLog(owner, organisation(), key)]);
    expect(found).toMatchObject({ from: 0, against: heldSize });
    expect(found.faults).toHaveLength(1);
  });

  it('with the stolen key and after the checkpoint held is not found; the answer says how far the checkpoint reaches', async () => {
    const later = (await versions()) - 1;
    const found = await tampered(forgedTables, [() => forge(later), () => forgeLog(owner, organisation(), key)]);
    expect(found).toMatchObject({ faults: [], from: null, against: heldSize, notAnchored: 1 });
    expect(found.entries).toBeGreaterThan(heldSize);
  });

  it('into bytes that nobody can read is found too, and the verifier does not stumble', async () => {
    const at = async (seq: number) =>
      (
        await owner.query<{ entry_id: string }>('select entry_id from trail_leaves where organization_id = $1 and seq = $2', [
          organisation(),
          seq,
        ])
      ).rows[0]?.entry_id ?? '';
    for (const envelope of ['no JSON', '', '[]', 'null', '{"v":1}', `{"digest":"${'0'.repeat(64)}"}`]) {
      const found = await tampered(forgedTables, [
        async () => say(await at(20), Buffer.from([0xff, 0xfe, 0x7b]), envelope),
        () => forgeLog(owner, organisation(), key),
      ]);
      expect(found.from, envelope).toBe(0);
    }
    const all = await tampered(forgedTables, [
      async () => {
        const { rows } = await owner.query<{ id: string; envelope: string; salt: Buffer; payload: Buffer }>(
          'select e.id, e.envelope, p.salt, p.payload from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id where e.organization_id = $1',
          [organisation()],
        );
        for (const { id, envelope, salt, payload } of rows) {
          const bytes = Buffer.from([0xff, 0xfe, 0x7b]);
          await say(id, bytes, envelope.replace(payloadDigest(salt, payload), payloadDigest(salt, bytes)));
        }
      },
      () => forgeLog(owner, organisation(), key),
    ]);
    expect(all.from).toBe(0);
  });

  it('a record forged with its history, past the trail, is named', async () => {
    const id = built.ours.ids['systems'];
    const found = await tampered(
      ['systems', 'systems_history'],
      [`delete from systems where id = '${id}'`, `delete from systems_history where id = '${id}'`],
    );
    expect(found.faults.some(({ message }) => message.includes(`systems ${id}: version 1 has an entry and is not in its history`))).toBe(
      true,
    );
  });
});

describe('the end cut off', () => {
  const trail = ['trail_leaves', 'trail_entries', 'trail_payloads', 'trail_checkpoints', 'trail_pending', 'systems', 'systems_history'];
  const cut = (size: number) => [
    `delete from systems_history where organization_id = :org and entry_id in (select entry_id from trail_leaves where organization_id = :org and seq >= ${size})`,
    `delete from systems_history where organization_id = :org and entry_id in (select entry_id from trail_pending where organization_id = :org)`,
    'update systems s set name = h.name, version = h.version, updated_at = h.updated_at from systems_history h where h.organization_id = s.organization_id and h.id = s.id and h.version = (select max(version) from systems_history where id = s.id)',
    `delete from trail_payloads where organization_id = :org and entry_id in (select entry_id from trail_leaves where organization_id = :org and seq >= ${size} union select entry_id from trail_pending where organization_id = :org)`,
    `delete from trail_entries where organization_id = :org and id in (select entry_id from trail_leaves where organization_id = :org and seq >= ${size} union select entry_id from trail_pending where organization_id = :org)`,
    `delete from trail_leaves where organization_id = :org and seq >= ${size}`,
    `delete from trail_checkpoints where organization_id = :org and size > ${size}`,
    'delete from trail_pending where organization_id = :org',
  ];

  it('within what the checkpoint held covers is found, however neatly', async () => {
    const found = await tampered(trail, cut(heldSize - 1));
    expect(found.faults.map(({ message }) => message).join('\n')).toContain(`a signed checkpoint covers ${heldSize}`);
  });

  it('after it is not: nobody but a later checkpoint can tell', async () => {
    expect(await tampered(trail, cut(heldSize))).toMatchObject({ faults: [], notAnchored: 0, entries: heldSize, against: heldSize });
  });
});

/** Ways to tamper with the rows of a table, each as one statement. */
const waysOf = (table: string, columns: readonly Column[]): Readonly<Record<string, string>> => {
  const mine = table === 'trail_keys' ? 'true' : `${tenantOf(table)} = :org`;
  const list = columns.map(({ name }) => `"${name}"`).join(', ');
  const identity = columns.find(({ name }) =>
    ['id', 'entry_id', 'sha256', 'value', 'seq', 'size', 'index', 'line', 'evidence_id', 'command'].includes(name),
  ) as Column;
  const fresh = columns.map((column) =>
    column !== identity
      ? `"${column.name}"`
      : column.type === 'bigint'
        ? `(select max("${column.name}") + 1 from public.${table})`
        : column.type === 'text'
          ? "repeat('ab', 32)"
          : other(column),
  );
  const two = `(select ctid from public.${table} where ${mine} order by ctid limit 2)`;
  return {
    delete: `delete from public.${table} where ${oneOf(table)}`,
    empty: `delete from public.${table} where ${mine}`,
    ...(table === 'organizations'
      ? {}
      : { insert: `insert into public.${table} (${list}) select ${fresh.join(', ')} from public.${table} where ${oneOf(table)}` }),
    // Of a single row nothing can be reordered.
    ...([
      'comments',
      'api_tokens',
      'invitations',
      'trail_entries',
      'trail_payloads',
      'trail_leaves',
      'trail_checkpoints',
      'trail_keys',
      'process_maps',
      'process_versions',
      'process_instances',
      'process_tasks',
      'process_incidents',
      'process_happenings',
      'process_deviations',
    ].includes(table)
      ? {
          swap: `update public.${table} t set "${identity.name}" = (select o."${identity.name}" from public.${table} o where o.ctid = any(array${two}) and o.ctid <> t.ctid) where t.ctid = any(array${two})`,
        }
      : {}),
  };
};
