import { open } from 'node:fs/promises';
import { FileHead, KeyHead, kinds, type LeftOut, type Manifest, type Summary, type TableHead } from './content.ts';
import { damaged } from './errors.ts';
import { openFrames } from './frames.ts';
import { type BackupReader, readSections, type Section } from './sections.ts';

/** A step of a long work: bytes done, and of how many. */
export type OnBytes = (done: number, total: number) => void;

export interface BackupSource {
  readonly file: string;
  readonly passphrase: string | null;
  readonly onBytes?: OnBytes;
}

/** Opens a backup for one pass over it. Every byte is checked before it is handed on. */
export const withBackup = async <T>(
  { file, passphrase, onBytes = () => {} }: BackupSource,
  work: (reader: BackupReader, about: { readonly id: string; readonly sealed: boolean; readonly bytes: number }) => Promise<T>,
): Promise<T> => {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const opened = await openFrames(handle, passphrase, (done) => onBytes(done, size));
    return await work(await readSections(opened.frames()), { id: opened.id, sealed: opened.sealed, bytes: size });
  } finally {
    await handle.close();
  }
};

export interface Inspection {
  readonly id: string;
  readonly sealed: boolean;
  readonly bytes: number;
  readonly manifest: Manifest;
  readonly summary: Summary;
}

export const isLeftOut = (leftOut: readonly LeftOut[], file: { readonly organisation: string; readonly sha256: string }): boolean =>
  leftOut.some(({ organisation, sha256 }) => organisation === file.organisation && sha256 === file.sha256);

/** Reads a backup from its first to its last byte and writes nothing. Throws BackupError when anything in it is not as it was written. */
export const inspectBackup = (source: BackupSource): Promise<Inspection> =>
  withBackup(source, async (reader, about) => {
    const counted = { tables: 0, rows: 0, files: 0, fileBytes: 0, keys: 0 };
    const differing: FileHead[] = [];
    for await (const section of reader.sections()) {
      for await (const _ of section.content);
      count(section, reader.manifest.tables, counted, differing);
    }
    const summary = reader.summary();
    const { leftOut, ...said } = summary;
    if (JSON.stringify(said) !== JSON.stringify(counted) || counted.tables !== reader.manifest.tables.length)
      throw damaged('it holds something else than its summary says');
    if (differing.some((file) => !isLeftOut(leftOut, file))) throw damaged('a file in it does not have the content of its name');
    return { ...about, manifest: reader.manifest, summary };
  });

const count = (
  section: Section,
  tables: readonly TableHead[],
  counted: { tables: number; rows: number; files: number; fileBytes: number; keys: number },
  differing: FileHead[],
): void => {
  const end = section.end();
  if (section.kind === kinds.table) {
    const { schema, name } = section.head as TableHead;
    const expected = tables[counted.tables];
    if (expected?.schema !== schema || expected.name !== name) throw damaged(`the table ${schema}.${name} is not where it belongs`);
    counted.tables += 1;
    counted.rows += end.rows ?? 0;
  } else if (section.kind === kinds.file) {
    const head = FileHead.parse(section.head);
    counted.files += 1;
    counted.fileBytes += end.bytes;
    if (head.sha256 !== end.sha256) differing.push(head);
  } else if (section.kind === kinds.key) {
    KeyHead.parse(section.head);
    counted.keys += 1;
  } else if (section.kind !== kinds.ledger) throw damaged(`a part of the kind "${section.kind}" is not known`);
};
