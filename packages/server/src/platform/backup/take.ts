import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { syncDirectory } from '../database/embedded/files.ts';
import type { FileStore } from '../files/store.ts';
import { INSTALLATION } from '../trail/installation.ts';
import { KeyHead, kinds, type LeftOut, type Manifest, type Summary, type TableHead } from './content.ts';
import { createFrameWriter, type FrameWriter } from './frames.ts';
import type { OnBytes } from './reading.ts';
import { writeManifest, writeSection, writeSummary } from './sections.ts';
import { copyOut, listSequences, listTables, steady } from './tables.ts';

export interface TakeInput {
  /** The owner's connection: it alone sees all organisations. */
  readonly owner: pg.ClientConfig;
  readonly files: FileStore;
  /** Where keys and the ledger of erasures lie. */
  readonly dataDirectory: string;
  /** The backup to write. It has this name only once it is whole. */
  readonly file: string;
  readonly id: string;
  readonly now: Date;
  readonly product: string;
  readonly passphrase: string | null;
  readonly withKeys: boolean;
  /** Bytes written so far; the total is not known before the end and said as 0. */
  readonly onBytes?: OnBytes;
}

export interface Taken {
  readonly id: string;
  readonly bytes: number;
  readonly manifest: Manifest;
  readonly summary: Summary;
}

const PAGE = 1000;

/**
 * Writes everything that the installation holds into one file: all tables as of one moment, the files that they name, keys and
 * the ledger of erasures. The server goes on meanwhile. The file appears whole or not at all.
 */
export const takeBackup = async (input: TakeInput): Promise<Taken> => {
  const part = `${input.file}.part`;
  await mkdir(path.dirname(path.resolve(input.file)), { recursive: true });
  const handle = await open(part, 'w', 0o600);
  try {
    const taken = await write(input, handle);
    await handle.sync();
    await handle.close();
    await rename(part, input.file);
    await syncDirectory(path.dirname(path.resolve(input.file)));
    return taken;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
};

const write = async (input: TakeInput, handle: FileHandle): Promise<Taken> => {
  const client = new pg.Client(input.owner);
  // A connection that dies is told by the statement that needs it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(steady);
    await client.query('set idle_in_transaction_session_timeout = 0');
    await client.query('begin transaction isolation level repeatable read, read only');
    const tables = await listTables(client);
    const manifest = await describe(client, input, tables);
    const frames = await createFrameWriter(handle, input.id, input.passphrase);
    const writer: FrameWriter = {
      size: frames.size,
      write: async (kind, data, last) => {
        await frames.write(kind, data, last);
        input.onBytes?.(frames.size(), 0);
      },
    };
    await writeManifest(writer, manifest);
    const organisations = manifest.organisations.map(({ id }) => id);
    let rows = 0;
    for (const table of tables) {
      const head = { schema: table.schema, name: table.name };
      rows += (await writeSection(writer, kinds.table, head, (append) => copyOut(client, table, append))).rows ?? 0;
    }
    const files = await writeFiles(client, input.files, organisations, writer);
    const keys = input.withKeys ? await writeKeys(path.join(input.dataDirectory, 'keys'), writer) : 0;
    await writeLedger(path.join(input.dataDirectory, 'erasures.jsonl'), writer);
    const { leftOut, ...counted } = files;
    const summary = { tables: tables.length, rows, ...counted, keys, leftOut };
    await writeSummary(writer, summary);
    return { id: input.id, bytes: writer.size(), manifest, summary };
  } finally {
    await client.end().catch(() => undefined);
  }
};

const describe = async (client: pg.Client, { now, product, withKeys }: TakeInput, tables: readonly TableHead[]): Promise<Manifest> => {
  const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations order by name',
  );
  const { rows: found } = await client.query<{ id: string; slug: string; name: string }>(
    'select id, slug, name from organizations order by id',
  );
  const organisations: Manifest['organisations'] = [];
  for (const organisation of found) organisations.push({ ...organisation, checkpoint: await newestCheckpoint(client, organisation.id) });
  const { rows: server } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return {
    product,
    takenAt: now.toISOString(),
    postgres: server[0]?.version ?? 'unknown',
    migrations,
    organisations,
    installation: await newestCheckpoint(client, INSTALLATION),
    sequences: await listSequences(client),
    tables: tables.map(({ schema, name, columns }) => ({ schema, name, columns: [...columns] })),
    withKeys,
  };
};

const newestCheckpoint = async (client: pg.Client, organisation: string): Promise<Manifest['installation']> => {
  const { rows } = await client.query<{ size: string; root: Buffer; note: string }>(
    'select size, root, note from trail_checkpoints where organization_id = $1 order by size desc limit 1',
    [organisation],
  );
  const [newest] = rows;
  return newest === undefined ? null : { size: Number(newest.size), root: newest.root.toString('hex'), note: newest.note };
};

interface Written {
  files: number;
  fileBytes: number;
  leftOut: LeftOut[];
}

/** The bytes of the files that the snapshot names; those that cannot be had are named, and the rest goes on. */
const writeFiles = async (client: pg.Client, store: FileStore, organisations: readonly string[], writer: FrameWriter): Promise<Written> => {
  const written: Written = { files: 0, fileBytes: 0, leftOut: [] };
  for (const organisation of organisations) {
    for (let after = ''; ;) {
      // Bytes that were deleted under a rule of retention are not missed.
      const { rows } = await client.query<{ sha256: string; size: string }>(
        `select sha256, size from files where organization_id = $1 and sha256 > $2 and purged_at is null order by sha256 limit ${PAGE}`,
        [organisation, after],
      );
      for (const { sha256, size } of rows) await writeFile(store, { organisation, sha256, size: Number(size) }, writer, written);
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.sha256 ?? '';
    }
  }
  return written;
};

const writeFile = async (
  store: FileStore,
  head: { readonly organisation: string; readonly sha256: string; readonly size: number },
  writer: FrameWriter,
  written: Written,
): Promise<void> => {
  const { organisation, sha256 } = head;
  const bytes = await store.get(organisation, sha256).catch(() => null);
  if (bytes === null) {
    written.leftOut.push({ organisation, sha256, reason: 'missing' });
    return;
  }
  const end = await writeSection(writer, kinds.file, head, (append) => append(bytes as AsyncIterable<Uint8Array> & NodeJS.ReadableStream));
  written.files += 1;
  written.fileBytes += end.bytes;
  if (end.sha256 !== sha256) written.leftOut.push({ organisation, sha256, reason: 'damaged' });
};

const writeKeys = async (folder: string, writer: FrameWriter): Promise<number> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => KeyHead.safeParse({ name }).success).toSorted();
  for (const name of names) await writeSection(writer, kinds.key, { name }, (append) => append(createReadStream(path.join(folder, name))));
  return names.length;
};

/** What was erased must stay erased: the list of erasures travels with the backup and is repeated after it. */
const writeLedger = async (file: string, writer: FrameWriter): Promise<void> => {
  const handle = await open(file).catch(() => null);
  if (handle === null) return;
  await writeSection(writer, kinds.ledger, {}, (append) => append(handle.createReadStream()));
};
