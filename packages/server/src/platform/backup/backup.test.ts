import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { systems } from '@aimwell/contract/systems/systems';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse } from '../../compose.ts';
import { createContext } from '../context.ts';
import { systemActor } from '../identity/founding.ts';
import { loadRow } from '../register/read.ts';
import { writeRecords } from '../register/write.ts';
import { verifyLive } from '../trail/verify.ts';
import { inspectBackup } from './reading.ts';
import { addFile, anchor, createAnchoredHouse, createTarget, sumsOf, take } from './testing/house.ts';

let built: Awaited<ReturnType<typeof createAnchoredHouse>>;
let file: string;
let source: Awaited<ReturnType<typeof take>>;
const place = (name: string) => path.join(built.house.config.dataDirectory, name);
const ours = () => built.ours.organisation.id;

const verify = (house: typeof built.house, organisationId: string, against: string | null = null) =>
  verifyLive({ database: house.database, files: house.files, organisationId, keys: null, against });

const rename = (name: string) =>
  built.house.database.inOrganisation(ours(), async (tx) => {
    const context = createContext({ actor: systemActor, organisation: built.ours.organisation, now: new Date() });
    const before = await loadRow(tx, systems, built.ours.ids['systems'] ?? '', { lock: true });
    await writeRecords(tx, context, systems, [{ before, set: { name } }], { command: 'patch' });
  });

beforeAll(async () => {
  built = await createAnchoredHouse();
  file = place('good.backup');
  source = await take(built.house, file);
});
afterAll(() => built.close());

describe('a backup', () => {
  it('holds the rows of every table, the files and the keys, and can be read by its owner only', async () => {
    const { manifest, summary } = await inspectBackup({ file, passphrase: null });
    const tables = Object.entries(await sumsOf(built.owner));
    expect(manifest.tables.map(({ schema, name }) => `${schema}.${name.replaceAll(/^(user)$/g, '"$1"')}`).toSorted()).toEqual(
      tables.map(([name]) => name).toSorted(),
    );
    expect(summary.rows).toBe(tables.reduce((sum, [, said]) => sum + Number(said.split(' ')[0]), 0));
    expect(summary).toMatchObject({ files: 3, fileBytes: 2_500_003, keys: (await readdir(place('keys'))).length, leftOut: [] });
    expect(manifest.organisations.map(({ checkpoint }) => checkpoint?.size)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(source.bytes).toBe((await readFile(file)).length);
  });

  it('leaves nothing behind that is not whole', async () => {
    const broken = take(built.house, place('broken.backup'), {
      files: { ...built.house.files, get: () => Promise.resolve(Readable.from(failing())) },
    });
    await expect(broken).rejects.toThrow('the disk went away');
    expect(await readdir(built.house.config.dataDirectory)).not.toEqual(expect.arrayContaining([expect.stringContaining('broken')]));
  });

  it('names the files that it could not read, and takes the rest', async () => {
    const sha256 = await addFile(built.house, ours(), Buffer.from('will be damaged'));
    const bytes = path.join(built.house.config.dataDirectory, 'files', ours(), sha256.slice(0, 2), sha256);
    const before = await readFile(bytes);
    await writeFile(bytes, 'is now damaged');
    const taken = await take(built.house, place('left-out.backup'));
    expect(taken.summary.leftOut).toEqual([{ organisation: ours(), sha256, reason: 'damaged' }]);
    const target = await createTarget(built.house.config);
    const restored = await target.restore(place('left-out.backup'));
    expect(restored.faults).toEqual([]);
    await target.drop();
    await writeFile(bytes, before);
  });
});

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from('begun');
  throw new Error('the disk went away');
}

describe.each([{ passphrase: null }, { passphrase: 'seven rivers beside a lamp' }])(
  'a restore, passphrase $passphrase',
  ({ passphrase }) => {
    it('gives the same rows, files, roots and keys, and the trail goes on', async () => {
      const backup = place(`round-${passphrase === null ? 'plain' : 'sealed'}.backup`);
      const before = await sumsOf(built.owner);
      const taken = await take(built.house, backup, { passphrase });
      const target = await createTarget(built.house.config);
      const restored = await target.restore(backup, { passphrase });
      expect(restored).toMatchObject({ faults: [], aside: null });
      const house = await openHouse(target.config);
      const after = await sumsOf(house.opened.owner);
      const differing = Object.keys(before).filter((name) => before[name] !== after[name]);
      // The restore's own entry waits with its payload, and nobody leads.
      expect(differing.toSorted()).toEqual(['public.trail_lease', 'public.trail_payloads', 'public.trail_pending']);
      for (const [index, { id, checkpoint }] of taken.manifest.organisations.entries()) {
        expect(await verify(house, id, checkpoint?.note ?? null)).toMatchObject({ faults: [], notAnchored: 1, against: checkpoint?.size });
        expect(restored.organisations[index]).toMatchObject({ entries: checkpoint?.size, root: checkpoint?.root });
      }
      expect(await readdir(path.join(target.config.dataDirectory, 'keys'))).toEqual(await readdir(place('keys')));
      await anchor(house);
      const [first] = taken.manifest.organisations;
      // The log after the restore begins with the log of the backup.
      expect(await verify(house, first?.id ?? '', first?.checkpoint?.note ?? null)).toMatchObject({ faults: [], notAnchored: 0 });
      await house.close();
      await target.drop();
    });
  },
);

describe('what stands against a restore', () => {
  it('refuses a place that holds something, and leaves it as it is', async () => {
    const target = await createTarget(built.house.config);
    await target.restore(file);
    await expect(target.restore(file)).rejects.toMatchObject({
      code: 'TARGET_NOT_EMPTY',
      message: expect.stringContaining('organisations'),
    });
    await expect(target.restore(file, { force: true })).rejects.toMatchObject({ code: 'TARGET_NOT_EMPTY' });
    const house = await openHouse(target.config);
    expect((await verify(house, ours())).faults).toEqual([]);
    // Somebody works in it.
    await expect(target.restore(file)).rejects.toMatchObject({ code: 'TARGET_IN_USE' });
    await house.close();
    await target.drop();
  });

  it('does not open a house whose restore did not verify, and takes it on when told to', async () => {
    const owner = new pg.Client(built.owner);
    await owner.connect();
    // The source itself was changed by hand: what is restored is the same, and must not pass for good.
    await owner.query('update systems set name = $1 where organization_id = $2', ['Changed by hand', ours()]);
    await take(built.house, place('forged.backup'));
    const target = await createTarget(built.house.config);
    await expect(target.restore(place('forged.backup'))).rejects.toMatchObject({
      code: 'DOES_NOT_VERIFY',
      message: expect.stringContaining('systems'),
    });
    await expect(openHouse(target.config)).rejects.toMatchObject({ code: 'RESTORE_UNFINISHED' });
    // Another server on the same database has a folder of its own.
    await expect(openHouse({ ...target.config, dataDirectory: `${target.config.dataDirectory}-2` })).rejects.toMatchObject({
      code: 'RESTORE_UNFINISHED',
    });
    await expect(target.restore(place('forged.backup'), { despiteFaults: true })).rejects.toMatchObject({ code: 'TARGET_NOT_EMPTY' });
    const restored = await target.restore(place('forged.backup'), { despiteFaults: true, force: true });
    expect(restored.faults).toEqual([expect.stringContaining('systems')]);
    const house = await openHouse(target.config);
    await house.close();
    await target.drop();
    await owner.query(
      'update systems s set name = h.name from systems_history h where h.organization_id = s.organization_id and h.id = s.id and h.version = s.version',
    );
    await owner.end();
    expect((await verify(built.house, ours())).faults).toEqual([]);
  });

  it('refuses a backup of a newer schema before anything is written', async () => {
    const owner = new pg.Client(built.owner);
    await owner.connect();
    await owner.query(`insert into schema_migrations (name, sha256) values ('9999_future.sql', repeat('0', 64))`);
    await take(built.house, place('newer.backup'));
    await owner.query(`delete from schema_migrations where name = '9999_future.sql'`);
    await owner.end();
    const target = await createTarget(built.house.config);
    await expect(target.restore(place('newer.backup'))).rejects.toMatchObject({
      code: 'NEWER',
      message: expect.stringContaining('9999_future'),
    });
    await expect(readdir(target.config.dataDirectory)).rejects.toMatchObject({ code: 'ENOENT' });
    await target.drop();
  });
});

describe('a backup while people write', () => {
  it('is of one moment: everything in it verifies', async () => {
    const ending = new AbortController();
    let written = 0;
    const write = async () => {
      while (!ending.signal.aborted) {
        await addFile(built.house, ours(), Buffer.from(`file ${(written += 1)}`));
        await rename(`Renamed ${written}`);
      }
    };
    const writers = Array.from({ length: 4 }, write);
    const busy = place('busy.backup');
    await take(built.house, busy);
    const during = written;
    ending.abort();
    await Promise.all(writers);
    expect(during).toBeGreaterThan(0);
    const target = await createTarget(built.house.config);
    expect((await target.restore(busy)).faults).toEqual([]);
    await target.drop();
  });
});
