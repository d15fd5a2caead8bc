import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Bytes kept on the disk until they are wanted: what grows with a pack must not grow in memory. */
export interface Spool {
  append(bytes: Uint8Array | string): Promise<void>;
  size(): number;
  crc32(): number;
  /** Hex SHA-256 of all that was appended. */
  sha256(): string;
  /** All that was appended, from the beginning. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const AT_ONCE = 256 * 1024;

/** A spool in a file of its own, which must not exist. */
export const openSpool = async (file: string): Promise<Spool> => {
  const handle: FileHandle = await open(file, 'wx+', 0o600);
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let inMemory = 0;
  let written = 0;
  let sum = 0;
  const flush = async () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    inMemory = 0;
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, written + at)).bytesWritten;
    written += bytes.length;
  };
  return {
    append: async (given) => {
      const bytes = typeof given === 'string' ? Buffer.from(given, 'utf8') : given;
      hash.update(bytes);
      sum = crc32(bytes, sum);
      waiting.push(bytes);
      inMemory += bytes.length;
      if (inMemory >= AT_ONCE) await flush();
    },
    size: () => written + inMemory,
    crc32: () => sum,
    sha256: () => hash.copy().digest('hex'),
    read: async function* () {
      await flush();
      for (let at = 0; at < written;) {
        const part = Buffer.alloc(Math.min(AT_ONCE, written - at));
        const { bytesRead } = await handle.read(part, 0, part.length, at);
        if (bytesRead === 0) return;
        at += bytesRead;
        yield part.subarray(0, bytesRead);
      }
    },
    close: () => handle.close(),
  };
};
