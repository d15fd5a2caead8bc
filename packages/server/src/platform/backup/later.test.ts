import { rm } from 'node:fs/promises';
import path from 'node:path';
import { people } from '@aimwell/contract/roles/people';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHouse } from '../../compose.ts';
import { createContext } from '../context.ts';
import { listMigrations, migrate } from '../database/migrate.ts';
import { erasePersonFrom } from '../erasure/erase.ts';
import { ledgerOf, rememberErasures } from '../erasure/ledger.ts';
import { createDirectoryStore } from '../files/store.ts';
import { systemActor } from '../identity/founding.ts';
import { logInstallation } from '../identity/log.ts';
import { newId } from '../ids.ts';
import { writeRecords } from '../register/write.ts';
import { asOwner } from './target.ts';
import { takeBackup } from './take.ts';
import { INSTALLATION } from '../trail/installation.ts';
import { addFile, anchor, createAnchoredHouse, createTarget, take } from './testing/house.ts';

let built: Awaited<ReturnType<typeof createAnchoredHouse>>;
beforeAll(async () => {
  built = await createAnchoredHouse();
});
afterAll(() => built.close());
const place = (name: string) => path.join(built.house.config.dataDirectory, name);

it('erases again who was erased after the backup, and the log still verifies', async () => {
  const { house, ours } = built;
  const context = createContext({ actor: systemActor, organisation: ours.organisation, now: new Date() });
  const name = 'Reader who leaves';
  const [leaver] = await house.database.inOrganisation(ours.organisation.id, (tx) =>
    writeRecords(tx, context, people, [{ before: null, set: { name, email: 'reader.who.leaves@example.org' } }], { command: 'create' }),
  );
  await anchor(house);
  const backup = place('before-erasure.backup');
  const taken = await take(house, backup);
  await house.database.inOrganisation(ours.organisation.id, (tx) =>
    erasePersonFrom(tx, context, leaver?.id ?? '', { reason: 'Asked for', exceptSignatures: false, leaveDuties: false }),
  );
  await rememberErasures(house.database, ledgerOf(house.config.dataDirectory));

  const target = await createTarget(house.config);
  const restored = await target.restore(backup, { erasures: ledgerOf(house.config.dataDirectory) });
  expect(restored).toMatchObject({ faults: [], erasures: { repeated: 1 } });
  const root = taken.manifest.organisations.find(({ id }) => id === ours.organisation.id)?.checkpoint?.root;
  expect(restored.organisations.find(({ slug }) => slug === 'ours')?.root).toBe(root);
  const again = await openHouse(target.config);
  const names = await again.database.inOrganisation(ours.organisation.id, (tx) =>
    tx.query<{ name: string }>(
      sql`select name from people where id = ${leaver?.id}::uuid union all select name from people_history where id = ${leaver?.id}::uuid`,
    ),
  );
  expect(new Set(names.map((row) => row.name))).toEqual(new Set(['[erased]']));
  await again.close();
  await target.drop();
});

it('writes the restore into the trail of each organisation, ends sessions and lets nobody lead', async () => {
  const owner = new pg.Client(built.owner);
  await owner.connect();
  await owner.query(
    `insert into identity."user" (id, name, email) values ('00000000-0000-7000-8000-000000000001', 'Reader', 'session@example.org')`,
  );
  await owner.query(
    `insert into identity.session (id, "expiresAt", token, "updatedAt", "userId") values ('00000000-0000-7000-8000-000000000002', now() + interval '1 day', 't1', now(), '00000000-0000-7000-8000-000000000001')`,
  );
  await logInstallation(built.house, { kind: 'signed-in', network: '192.0.2.1' });
  await anchor(built.house);
  const before = await owner.query<{ epoch: string }>('select epoch from trail_lease');
  const taken = await take(built.house, place('sessions.backup'));
  await owner.end();
  const target = await createTarget(built.house.config);
  await target.restore(place('sessions.backup'));
  await asOwner(target.asSuperuser, async (client) => {
    expect((await client.query('select 1 from identity.session')).rowCount).toBe(0);
    const { rows: lease } = await client.query<{ epoch: string; holder: string | null }>('select epoch, holder from trail_lease');
    expect(lease).toEqual([{ epoch: String(Number(before.rows[0]?.epoch) + 1), holder: null }]);
    const { rows: told } = await client.query<{ organization_id: string; said: { backup: string; root: string } }>(
      `select e.organization_id, convert_from(p.payload, 'UTF8')::json as said from trail_entries e
       join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id where e.command = 'restore' order by e.organization_id = '${INSTALLATION}', 1`,
    );
    expect(told).toEqual([
      ...taken.manifest.organisations.map(({ id, checkpoint }) => ({
        organization_id: id,
        said: expect.objectContaining({ backup: taken.id, root: checkpoint?.root }),
      })),
      { organization_id: INSTALLATION, said: expect.objectContaining({ backup: taken.id }) },
    ]);
    expect(taken.manifest.installation).toMatchObject({ size: expect.any(Number), root: expect.any(String) });
  });
  await target.drop();
});

it('names a file that is gone, and a restore says so again', async () => {
  const sha256 = await addFile(built.house, built.ours.organisation.id, Buffer.from('will be gone'));
  const bytes = place(`files/${built.ours.organisation.id}/${sha256.slice(0, 2)}/${sha256}`);
  await rm(bytes);
  const taken = await take(built.house, place('gone.backup'));
  expect(taken.summary.leftOut).toEqual([{ organisation: built.ours.organisation.id, sha256, reason: 'missing' }]);
  const target = await createTarget(built.house.config);
  const restored = await target.restore(place('gone.backup'));
  expect(restored.faults).toEqual([]);
  expect(restored.inspection.summary.leftOut).toHaveLength(1);
  await target.drop();
  await addFile(built.house, built.theirs.organisation.id, Buffer.from('other'));
});

it('keeps out what has no keys, and says that they are missing', async () => {
  const taken = await take(built.house, place('keyless.backup'), { withKeys: false });
  expect(taken).toMatchObject({ manifest: { withKeys: false }, summary: { keys: 0 } });
});

it('takes a backup of an older schema to that of this release', async () => {
  const source = await createTarget(built.house.config);
  const target = await createTarget(built.house.config);
  const all = (await listMigrations()).map(({ name }) => name);
  const older = all.slice(0, -1);
  await migrate(source.asSuperuser, { only: new Set(older) });
  // Somebody who has no organisation yet: what an organisation needs is written in the schema of this release.
  await asOwner(source.asSuperuser, (client) =>
    client.query(`insert into identity."user" (id, name, email) values ($1, 'Reader', 'older@example.org')`, [newId()]),
  );
  const file = place('older.backup');
  const taken = await takeBackup({
    owner: source.asSuperuser,
    files: createDirectoryStore(place('none')),
    dataDirectory: place('none'),
    file,
    id: newId(),
    now: new Date(),
    product: 'older',
    passphrase: null,
    withKeys: true,
  });
  expect(taken.manifest.migrations.map(({ name }) => name)).toEqual(older);
  expect(await target.restore(file)).toMatchObject({ faults: [], organisations: [] });
  await asOwner(target.asSuperuser, async (client) => {
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name');
    expect(rows.map(({ name }) => name)).toEqual(all);
    expect((await client.query(`select 1 from identity."user" where email = 'older@example.org'`)).rowCount).toBe(1);
  });
  await source.drop();
  await target.drop();
});
