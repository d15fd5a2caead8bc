import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { sql } from 'kysely';
import { createContext, type Organisation } from '../../context.ts';
import { createDirectoryStore } from '../../files/store.ts';
import { newId } from '../../ids.ts';
import { writeRecords } from '../../register/write.ts';
import { createTestDatabase } from '../../testing/template.ts';
import { rotateLogKey } from '../../trail/keys.ts';
import { startSequencer } from '../../trail/sequencer.ts';
import { bareOrganisation } from '../../trail/testing/organisation.ts';
import { makePack, type PackHouse, type PackOrder } from '../make.ts';
import { removeFolder } from '../../testing/folder.ts';

const run = promisify(execFile);

/** A database, a store and a sequencer, and one organisation to pack. */
export const createPackingHouse = async (given: { readonly tsaUrl?: string } = {}) => {
  const test = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'aimwell-packing-'));
  const files = createDirectoryStore(path.join(folder, 'files'));
  const start = () =>
    startSequencer({ connection: test.migrated.sequencer, keys: path.join(folder, 'keys'), now: () => new Date(), report: () => {} });
  let sequencer = start();
  /** Changes the key of the log, as the operator does. */
  const rotate = async () => {
    await sequencer.stop();
    await rotateLogKey(path.join(folder, 'keys'), test.migrated.sequencer, new Date());
    sequencer = start();
  };
  const id = await bareOrganisation(test, 'acme');
  const organisation: Organisation = { id, slug: 'acme', name: 'Acme', timeZone: 'UTC', demo: false, settings: {} };
  const context = () => createContext({ actor: { kind: 'system', personId: null, roles: [] }, organisation, now: new Date() });
  const house: PackHouse = {
    database: test.database,
    files,
    now: () => new Date(),
    tsaUrl: given.tsaUrl ?? null,
    reports: async function* () {
      yield { name: 'soa.pdf', bytes: Buffer.from('%PDF-1.7 a document') };
    },
    beside: async () => [],
  };
  /** Evidence with a file each, as an upload writes it. */
  const addEvidence = async (count: number, contentOf = (index: number) => `result ${index}\n`) => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const stored = await files.put(
        id,
        (async function* () {
          yield Buffer.from(contentOf(index));
        })(),
        1_000_000,
      );
      const name = `Test result – ${index}.txt`;
      const record = newId();
      ids.push(record);
      await test.database.inOrganisation(id, async (tx) => {
        await tx.query(
          sql`insert into files (organization_id, sha256, size, type) values (${id}::uuid, ${stored.sha256}, ${stored.size}, 'text/plain') on conflict do nothing`,
        );
        const set = {
          title: `Evidence ${index}`,
          collectedOn: '2026-01-15',
          kind: 'file',
          fileName: name,
          sha256: stored.sha256,
          controls: ['A.6.2.4'],
        };
        await writeRecords(tx, context(), evidence, [{ before: null, id: record, set }], {
          command: 'upload',
          file: { name, sha256: stored.sha256 },
        });
      });
    }
    return ids;
  };
  const pack = async (order: Partial<PackOrder> = {}) => {
    const file = order.file ?? path.join(folder, `${newId()}.zip`);
    return { file, made: await makePack(house, context(), { scope: 'all', ...order, file }) };
  };
  /** The key that signs, as the database publishes it. */
  const publicKey = async (): Promise<Uint8Array> => {
    const [row] = await test.database.inOrganisation(id, (tx) =>
      tx.query<{ public_key: Buffer }>(sql`select public_key from trail_keys where retired_at is null`),
    );
    if (row === undefined) throw new Error('expected a key');
    return row.public_key;
  };
  const close = async () => {
    await sequencer.stop();
    await test.drop();
    await removeFolder(folder);
  };
  return { test, folder, files, organisation, context, house, addEvidence, pack, publicKey, rotate, close };
};

/** The archive as files, by the tool that people have. */
export const unzip = async (file: string, into: string): Promise<string> => {
  await run('unzip', ['-q', file, '-d', into]);
  return into;
};

export interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs the published script by a shell (dash where it is there, since it takes nothing that POSIX has not). */
export const runScript = async (script: string, args: readonly string[], shell = 'sh'): Promise<Ended> => {
  try {
    const { stdout, stderr } = await run(shell, [script, ...args], { maxBuffer: 10_000_000 });
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
};

/** Writes a text into a file of a folder and answers its path. */
export const put = async (folder: string, name: string, text: string | Uint8Array): Promise<string> => {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
};
