import { hash } from 'node:crypto';
import { cp, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openSpool } from '../spool.ts';
import { createZip } from '../zip-writer.ts';
import { AFTER_MANIFEST, isRotation } from '../names.ts';

/** A copy of an unpacked pack in somebody else's hands. */
export interface Tampered {
  readonly folder: string;
  read(name: string): Promise<Buffer>;
  write(name: string, content: string | Uint8Array): Promise<void>;
  edit(name: string, change: (text: string) => string): Promise<void>;
  remove(name: string): Promise<void>;
  list(): Promise<string[]>;
  /** Makes MANIFEST agree with the files, as whoever altered them would. */
  rewriteManifest(): Promise<void>;
  rewriteSums(): Promise<void>;
  /** The folder as an archive. */
  zip(): Promise<string>;
}

const after = new Set<string>(AFTER_MANIFEST);

export const copyOf = async (original: string, folder: string): Promise<Tampered> => {
  await cp(original, folder, { recursive: true });
  const at = (name: string) => path.join(folder, name);
  const list = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .toSorted();
  const sums = async (names: readonly string[]) =>
    (await Promise.all(names.map(async (name) => `${hash('sha256', await readFile(at(name)))}  ${name}\n`))).join('');
  const write = async (name: string, content: string | Uint8Array) => {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  };
  return {
    folder,
    list,
    write,
    read: (name) => readFile(at(name)),
    edit: async (name, change) => {
      const text = await readFile(at(name), 'latin1');
      const changed = change(text);
      if (changed === text) throw new Error(`expected ${name} to change`);
      await writeFile(at(name), changed, 'latin1');
    },
    remove: (name) => rm(at(name)),
    rewriteManifest: async () =>
      write('MANIFEST', await sums((await list()).filter((name) => !after.has(name) && !isRotation(name) && !name.startsWith('proofs/')))),
    rewriteSums: async () => write('SHA256SUMS', await sums((await list()).filter((name) => name !== 'SHA256SUMS'))),
    zip: async () => {
      const [file, beside] = [`${folder}.zip`, `${folder}.spool`];
      const output = await open(file, 'w');
      const spool = await openSpool(beside);
      const zip = createZip((bytes) => output.appendFile(bytes), spool, new Date(0));
      for (const name of await list()) await zip.add(name, await readFile(at(name)));
      await zip.finish();
      await Promise.all([output.close(), spool.close()]);
      await rm(beside);
      return file;
    },
  };
};
