import { createHash, hash } from 'node:crypto';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSpool, type Spool } from './spool.ts';
import { createZip } from './zip-writer.ts';

/** A pack that is being written: a ZIP archive with the sums of what is in it. */
export interface Pack {
  /** Adds a part that MANIFEST names. */
  add(name: string, content: Uint8Array | string, mode?: number): Promise<void>;
  /** Adds a file of which size, checksum and hash are known; MANIFEST names it. */
  addStream(name: string, known: Known, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes MANIFEST, after which nothing more is added to it; answers its SHA-256 in hex. */
  closeManifest(): Promise<string>;
  /** Adds a part that comes after MANIFEST. */
  addAfter(name: string, content: Uint8Array | string): Promise<void>;
  /** Writes SHA256SUMS and the directory, and gives the file its name. Size and SHA-256 of the archive. */
  finish(): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** A file beside the pack for what is written later; gone when the pack is done or given up. */
  spool(name: string): Promise<Spool>;
  /** Takes everything away that is not a whole pack. */
  giveUp(): Promise<void>;
}

export interface Known {
  readonly size: number;
  readonly crc32: number;
  readonly sha256: string;
}

/** Begins a pack in `file`; half of one never bears that name. */
export const beginPack = async (file: string, at: Date): Promise<Pack> => {
  const part = `${file}.part`;
  const beside = await mkdtemp(path.join(tmpdir(), 'aimwell-pack-'));
  const spools: Spool[] = [];
  const spool = async (name: string) => {
    const opened = await openSpool(path.join(beside, name));
    spools.push(opened);
    return opened;
  };
  const [manifest, sums, directory] = [await spool('manifest'), await spool('sums'), await spool('directory')];
  const output = await open(part, 'w', 0o600);
  const whole = createHash('sha256');
  const zip = createZip(
    async (bytes) => {
      whole.update(bytes);
      await output.appendFile(bytes);
    },
    directory,
    at,
  );
  const bytesOf = (content: Uint8Array | string) => (typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  const clean = async () => {
    await Promise.all(spools.map((each) => each.close().catch(() => undefined)));
    await rm(beside, { recursive: true, force: true });
  };
  return {
    spool,
    add: async (name, content, mode) => {
      const bytes = bytesOf(content);
      const line = `${hash('sha256', bytes)}  ${name}\n`;
      await Promise.all([zip.add(name, bytes, mode), sums.append(line), manifest.append(line)]);
    },
    addStream: async (name, known, content) => {
      const line = `${known.sha256}  ${name}\n`;
      await Promise.all([zip.addStream(name, known, content), sums.append(line), manifest.append(line)]);
    },
    closeManifest: async () => {
      const sha256 = manifest.sha256();
      await zip.addStream('MANIFEST', { size: manifest.size(), crc32: manifest.crc32() }, manifest.read());
      await sums.append(`${sha256}  MANIFEST\n`);
      return sha256;
    },
    addAfter: async (name, content) => {
      const bytes = bytesOf(content);
      await Promise.all([zip.add(name, bytes), sums.append(`${hash('sha256', bytes)}  ${name}\n`)]);
    },
    finish: async () => {
      await zip.addStream('SHA256SUMS', { size: sums.size(), crc32: sums.crc32() }, sums.read());
      const bytes = await zip.finish();
      await output.sync();
      await output.close();
      await rename(part, file);
      await clean();
      return { bytes, sha256: whole.digest('hex') };
    },
    giveUp: async () => {
      await output.close().catch(() => undefined);
      await rm(part, { force: true });
      await clean();
    },
  };
};
