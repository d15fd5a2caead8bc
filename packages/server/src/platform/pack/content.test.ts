import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { noOpenssl3 } from '../trail/testing/time-stamp-authority.ts';
import { publicKeyPem } from '../trail/signing.ts';
import { newestCheckpoint } from './anchor.ts';
import { createPackingHouse, put, runScript, unzip } from './testing/packing.ts';
import { copyOf } from './testing/tamper.ts';
import { verifyPack } from './verify.ts';

const script = fileURLToPath(new URL('verify.sh', import.meta.url));

it('publishes the script in the guide, letter by letter', async () => {
  const guide = await readFile(new URL('../../../../../docs/guide/audit-pack.md', import.meta.url), 'utf8');
  const [, published] = /```sh\n(#!\/bin\/sh\n[\s\S]*?)```\n/.exec(guide) ?? [];
  expect(published).toBe(await readFile(script, 'utf8'));
});

describe('what a pack holds', () => {
  let house: Awaited<ReturnType<typeof createPackingHouse>>;
  let keys: Uint8Array[] = [];
  let evidence: string[] = [];
  beforeAll(async () => {
    house = await createPackingHouse();
    evidence = await house.addEvidence(6, (index) => (index === 5 ? 'result 4\n' : `result ${index}\n`));
    await house.pack();
    keys = [await house.publicKey()];
  }, 60_000);
  afterAll(() => house.close());

  const tell = (register: string, payload: unknown) =>
    house.test.database.inOrganisation(house.organisation.id, (tx) =>
      appendToTrail(tx, [
        {
          entry: newId(),
          register,
          record: null,
          version: null,
          command: 'comment',
          actor: null,
          time: new Date().toISOString(),
          request: null,
          payload,
        },
      ]),
    );
  const asOwner = async (text: string, values: unknown[]) => {
    const client = new pg.Client(house.test.owner);
    await client.connect();
    await client.query(text, values);
    await client.end();
  };
  const holds = async (file: string) => ({
    ours: await verifyPack({ file, keys, against: null }),
    folder: await unzip(file, path.join(house.folder, newId())),
  });
  const byScript = async (folder: string) => {
    if (noOpenssl3() !== null) return 0;
    const ended = await runScript(script, [folder, await put(house.folder, 'key.pem', publicKeyPem(keys[0] ?? new Uint8Array()))]);
    return ended.code === 0 ? 0 : ended.out;
  };

  it('is each file once, whatever it is called, and what every entry said on a page', async () => {
    const { file, made } = await house.pack();
    expect(made).toMatchObject({ files: 5, leftOut: 0 });
    const { folder } = await holds(file);
    const page = await readFile(path.join(folder, 'pages/0001.html'), 'utf8');
    expect(page).toContain('Evidence 3');
    expect(page).toMatch(/href="\.\.\/evidence\/[0-9a-f]{16}-Test_result_3\.txt"/);
    expect(page).not.toMatch(/<script|https?:/);
    expect(await byScript(folder)).toBe(0);
  });

  it('shows what was said as text, never as a page of its own', async () => {
    await tell('organisation', { text: '<img src=x onerror=alert(1)>"&' });
    const { folder } = await holds((await house.pack()).file);
    expect(await readFile(path.join(folder, 'pages/0001.html'), 'utf8')).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });

  it('lists what is left out with the reason: erased, withheld, gone, deleted by rule, damaged', async () => {
    await tell('invitations', { email: 'somebody@example.org' });
    const files = await house.test.database.inOrganisation(house.organisation.id, (tx) =>
      tx.query<{ sha256: string }>(sql`select sha256 from files where organization_id = ${tx.organisationId}::uuid order by created_at`),
    );
    const [gone, damaged, purged] = files.map(({ sha256 }) => sha256);
    const place = (sha256 = '') => path.join(house.folder, 'files', house.organisation.id, sha256.slice(0, 2), sha256);
    await rm(place(gone));
    await rm(place(purged));
    await asOwner('update files set purged_at = now(), purged_by = (select entry_id from evidence_history limit 1) where sha256 = $1', [
      purged,
    ]);
    await writeFile(place(damaged), 'something else');
    await asOwner(
      "update trail_payloads p set salt = '', payload = '', erased_by = p.entry_id from trail_entries e where e.id = p.entry_id and e.record_id = $1",
      [evidence[2]],
    );
    const { file, made } = await house.pack();
    expect(made).toMatchObject({ leftOut: 5, files: 2 });
    const { ours, folder } = await holds(file);
    expect(ours).toMatchObject({ faults: [], leftOut: 5 });
    expect(await byScript(folder)).toBe(0);
    const said = await readFile(path.join(folder, 'LEFT-OUT'), 'utf8');
    expect(said).toMatch(new RegExp(`evidence/${gone}\t.*missing, and no rule deleted it`));
    expect(said).toMatch(new RegExp(`evidence/${purged}\t.*deleted by the rule`));
    expect(said).toMatch(new RegExp(`evidence/${damaged}\t.*does not match its SHA-256`));
    expect(said).toMatch(/payloads\/\d+\terased .*recorded by entry/);
    expect(said).toMatch(/payloads\/\d+\tnames the addresses/);
    expect(await readFile(path.join(folder, 'pages/0001.html'), 'utf8')).not.toContain('somebody@example.org');
    // What is not listed must be there.
    const kept = path.join(folder, 'LEFT-OUT');
    await writeFile(kept, said.split('\n').slice(1).join('\n'));
    expect(await byScript(folder)).not.toBe(0);
  });

  it('ends where the moment asked for ends, under a checkpoint of now', async () => {
    const before = await house.test.database.inOrganisation(house.organisation.id, newestCheckpoint);
    const moment = new Date().toISOString();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    await tell('organisation', { text: 'later' });
    const { file, made } = await house.pack({ asOf: moment });
    expect(made.entries).toBe(before?.size);
    expect(made.checkpointSize).toBeGreaterThan(made.entries);
    expect((await holds(file)).ours).toMatchObject({ faults: [], entries: made.entries });
  });

  it('tells whether the log of an older checkpoint is its beginning, or that it cannot know', async () => {
    const older = await house.test.database.inOrganisation(house.organisation.id, newestCheckpoint);
    await tell('organisation', { text: 'more' });
    const { file } = await house.pack();
    const against = older?.note ?? '';
    expect(await verifyPack({ file, keys, against })).toMatchObject({ faults: [], against: { size: older?.size, outcome: 'agrees' } });
    const { database } = house.test;
    const newest = await database.inOrganisation(house.organisation.id, newestCheckpoint);
    const later = { size: (newest?.size ?? 0) + 1 };
    await tell('organisation', { text: 'after the pack' });
    await house.pack();
    const next = await database.inOrganisation(house.organisation.id, newestCheckpoint);
    expect(next?.size).toBeGreaterThan(later.size - 1);
    expect(await verifyPack({ file, keys, against: next?.note ?? '' })).toMatchObject({ faults: [], against: { outcome: 'unknown' } });
    expect(await verifyPack({ file, keys, against: 'nothing' })).toMatchObject({
      faults: [{ message: expect.stringContaining('The older checkpoint') }],
    });
  });

  it('names the entry that is not in a pack of everything, also where it was left out before MANIFEST was made', async () => {
    const { file, made } = await house.pack();
    expect(await verifyPack({ file, keys, against: null })).toMatchObject({ scope: { name: 'all', size: made.entries } });
    const copy = await copyOf(await unzip(file, path.join(house.folder, 'whole')), path.join(house.folder, 'omitted'));
    for (const name of ['records/000003.json', 'payloads/000003', 'proofs/000003.tlog-proof']) await copy.remove(name);
    const script3 = 'entry 000003 is not in the pack';
    await copy.rewriteManifest();
    await copy.rewriteSums();
    const pem = await put(house.folder, 'whole.pem', publicKeyPem(keys[0] ?? new Uint8Array()));
    expect((await runScript(script, [copy.folder, pem])).out).toContain(script3);
    const found = await verifyPack({ file: await copy.zip(), keys, against: null });
    expect(found.faults.map(({ message }) => message)).toContainEqual(expect.stringContaining('Entry 000003 is not in the pack'));
    expect(found.from).toBe(3);
  });
});
