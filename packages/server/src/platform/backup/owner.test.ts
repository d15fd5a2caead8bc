import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openHouse } from '../../compose.ts';
import { createOrganisation } from '../identity/founding.ts';
import { testConnection } from '../testing/postgres.ts';
import { createTestDatabase } from '../testing/template.ts';
import { addFile, anchor, createTarget, OWNER_PASSWORD, sumsOf, take } from './testing/house.ts';
import { removeFolder } from '../testing/folder.ts';

const onServer = async (...statements: string[]) => {
  const client = new pg.Client(testConnection());
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

it('backs up and restores where the owner of the database is no superuser, as hosted databases have it', async () => {
  // The groups are of the whole server; the first database of a run makes them.
  await (await createTestDatabase()).drop();
  const role = `o_${randomBytes(6).toString('hex')}`;
  const groups = 'aimwell_app, aimwell_identity, aimwell_sequencer';
  await onServer(
    `create role ${role} login createrole bypassrls password '${OWNER_PASSWORD}'`,
    `grant ${groups} to ${role} with admin option`,
    `grant set on parameter app.tenant to ${role}`,
  );
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'aimwell-owner-'));
  const like = {
    host: '127.0.0.1',
    port: 4600,
    publicUrl: 'http://127.0.0.1:4600',
    smtpUrl: null,
    mailFrom: 'a@example.org',
    maxUploadBytes: 1e6,
    dataDirectory,
    databaseUrl: null,
  };
  const source = await createTarget(like, role);
  const target = await createTarget(like, role);
  const house = await openHouse(source.config);
  for (const slug of ['one', 'two']) {
    const organisation = await createOrganisation(house.identity.parts, { name: slug, slug });
    await addFile(house, organisation.id, Buffer.from(slug));
  }
  await anchor(house);
  const file = path.join(dataDirectory, 'b.backup');
  const taken = await take(house, file);
  expect(taken.manifest.organisations.map(({ slug }) => slug).toSorted()).toEqual(['one', 'two']);
  // Seen by the superuser: nothing is missing.
  const before = await sumsOf(source.asSuperuser);
  expect(taken.summary.rows).toBe(Object.values(before).reduce((sum, said) => sum + Number(said.split(' ')[0]), 0));
  await house.close();
  expect((await target.restore(file)).faults).toEqual([]);
  const after = await sumsOf(target.asSuperuser);
  expect(Object.keys(before).filter((name) => before[name] !== after[name])).toEqual([
    'public.trail_lease',
    'public.trail_payloads',
    'public.trail_pending',
  ]);
  await source.drop();
  await target.drop();
  await removeFolder(dataDirectory);
});
