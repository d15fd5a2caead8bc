import { crc32 } from 'node:zlib';
import type { Spool } from './spool.ts';
import { centralHeader, endRecords, localHeader } from './zip-format.ts';

export interface ZipWriter {
  add(name: string, content: Uint8Array, mode?: number): Promise<void>;
  /** Content of which size and checksum are known beforehand; throws when it is another. */
  addStream(name: string, known: { readonly size: number; readonly crc32: number }, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the directory; answers the size of the archive. */
  finish(): Promise<number>;
}

const AT_ONCE = 256 * 1024;

/**
 * Writes a ZIP archive from front to back, everything stored as it is. The directory is kept in `spool` until the end, so that
 * memory stays the same however many entries there are. All entries bear the same time, so that equal content makes equal bytes.
 */
export const createZip = (write: (bytes: Uint8Array) => Promise<void>, spool: Spool, at: Date): ZipWriter => {
  let position = 0;
  let entries = 0;
  // Small parts are gathered: a write each would take longer than all else.
  let waiting: Uint8Array[] = [];
  let gathered = 0;
  const flush = async () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    gathered = 0;
    if (bytes.length > 0) await write(bytes);
  };
  const put = async (bytes: Uint8Array) => {
    waiting.push(bytes);
    gathered += bytes.length;
    position += bytes.length;
    if (gathered >= AT_ONCE) await flush();
  };
  const begin = async (name: string, known: { size: number; crc32: number }, mode: number) => {
    await spool.append(centralHeader({ name, ...known, offset: position }, at, mode));
    entries += 1;
    await put(localHeader({ name, ...known }, at));
  };
  return {
    add: async (name, content, mode = 0o644) => {
      await begin(name, { size: content.length, crc32: crc32(content) }, mode);
      await put(content);
    },
    addStream: async (name, known, content) => {
      await begin(name, known, 0o644);
      let [size, sum] = [0, 0];
      for await (const part of content) {
        size += part.length;
        sum = crc32(part, sum);
        await put(part);
      }
      if (size !== known.size || sum !== known.crc32) throw new Error(`expected ${name} to stay as it was while it was packed`);
    },
    finish: async () => {
      const offset = position;
      for await (const part of spool.read()) await put(part);
      await put(endRecords(entries, position - offset, offset));
      await flush();
      return position;
    },
  };
};
