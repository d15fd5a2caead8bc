import { type FileHandle, open } from 'node:fs/promises';
import { isPackPath } from './names.ts';
import { FULL16, FULL32, LENGTH, SIGNATURE, ZIP64 } from './zip-format.ts';

/** The archive is not one that the product writes: cut off, altered, or made to do harm. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

export interface ZipPart {
  readonly path: string;
  readonly size: number;
  /** Where its content begins. */
  readonly start: number;
}

export interface ZipReader {
  /** Every part by its path, in the order of the archive. */
  readonly parts: ReadonlyMap<string, ZipPart>;
  /** The bytes of a small part; refused above `most`. */
  read(part: ZipPart, most?: number): Promise<Buffer>;
  stream(part: ZipPart): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const AT_ONCE = 1 << 18;
const MOST_DIRECTORY = 1 << 30;
const MOST_PART = 64 * 1_048_576;

const bytesAt = async (handle: FileHandle, at: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length);
  for (let have = 0; have < length;) {
    const { bytesRead } = await handle.read(bytes, have, length - have, at + have);
    if (bytesRead === 0) throw new ZipError('expected a whole archive, got one that is cut off');
    have += bytesRead;
  }
  return bytes;
};

const big = (bytes: Buffer, at: number): number => {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw new ZipError('expected sizes that an archive can have');
  return value;
};

interface Directory {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
}

/** Where the directory lies. Packs bear no comment, so the end stands at the end. */
const findDirectory = async (handle: FileHandle, length: number): Promise<Directory> => {
  if (length < LENGTH.end) throw new ZipError('expected a ZIP archive, got a file that is too short');
  const end = await bytesAt(handle, length - LENGTH.end, LENGTH.end);
  if (end.readUInt32LE(0) !== SIGNATURE.end) throw new ZipError('expected a ZIP archive as it was handed out, got a file with another end');
  const short = { entries: end.readUInt16LE(10), size: end.readUInt32LE(12), offset: end.readUInt32LE(16), ends: length - LENGTH.end };
  const wide = short.entries === FULL16 || short.size === FULL32 || short.offset === FULL32;
  const found = wide ? await findDirectory64(handle, length) : short;
  if (found.offset + found.size !== found.ends || found.size > MOST_DIRECTORY)
    throw new ZipError('expected the directory to end where the archive ends');
  return found;
};

const findDirectory64 = async (handle: FileHandle, length: number): Promise<Directory & { ends: number }> => {
  const at = length - LENGTH.end - LENGTH.locator64 - LENGTH.end64;
  if (at < 0) throw new ZipError('expected a whole archive, got one that is cut off');
  const end64 = await bytesAt(handle, at, LENGTH.end64);
  if (end64.readUInt32LE(0) !== SIGNATURE.end64) throw new ZipError('expected a ZIP64 archive with its end');
  return { entries: big(end64, 32), size: big(end64, 40), offset: big(end64, 48), ends: at };
};

interface Listed {
  readonly path: string;
  readonly size: number;
  readonly offset: number;
}

/** One line of the directory, strictly: stored, plain name, no tricks that another tool could read differently. */
const readListed = (directory: Buffer, at: number): { readonly listed: Listed; readonly next: number } => {
  if (at + LENGTH.central > directory.length || directory.readUInt32LE(at) !== SIGNATURE.central)
    throw new ZipError('expected a whole directory');
  const [nameLength, extraLength, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [number, number, number];
  const next = at + LENGTH.central + nameLength + extraLength + comment;
  if (next > directory.length) throw new ZipError('expected a whole directory');
  const path = directory.toString('utf8', at + LENGTH.central, at + LENGTH.central + nameLength);
  if (!isPackPath(path)) throw new ZipError(`expected a path that a pack may hold, got ${JSON.stringify(path.slice(0, 120))}`);
  if (directory.readUInt16LE(at + 10) !== 0) throw new ZipError(`expected ${path} stored as it is, got it compressed`);
  const numbers = {
    packed: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    offset: directory.readUInt32LE(at + 42),
  };
  const extra = directory.subarray(at + LENGTH.central + nameLength, next - comment);
  const wide = Object.values(numbers).some((number) => number === FULL32) && extra.length >= 4 && extra.readUInt16LE(0) === ZIP64;
  let place = 4;
  const full = (number: number): number => {
    if (number !== FULL32 || !wide || place + 8 > extra.length) return number;
    place += 8;
    return big(extra, place - 8);
  };
  // In the order in which the extra field holds them: unpacked, packed, offset.
  const size = full(numbers.size);
  if (full(numbers.packed) !== size) throw new ZipError(`expected ${path} to be as large as it says`);
  return { listed: { path, size, offset: full(numbers.offset) }, next };
};

/**
 * Opens an archive for reading at any place. Only what packs are is taken: stored parts with plain names, each named once, one
 * after the other without gaps, local headers that say the same as the directory. So no path leads out of a folder, nothing
 * unpacks to more than it is, and no two tools read different contents from it.
 * @throws ZipError with the reason
 */
export const openZip = async (file: string): Promise<ZipReader> => {
  const handle = await open(file, 'r');
  try {
    const { size: length } = await handle.stat();
    const { entries, size, offset } = await findDirectory(handle, length);
    const directory = await bytesAt(handle, offset, size);
    const parts = new Map<string, ZipPart>();
    let [at, expected] = [0, 0];
    while (at < directory.length) {
      const { listed, next } = readListed(directory, at);
      if (parts.has(listed.path)) throw new ZipError(`expected each path once, got ${listed.path} twice`);
      if (listed.offset !== expected || expected + LENGTH.local > offset)
        throw new ZipError(`expected ${listed.path} where the part before it ends`);
      const start = await contentOf(handle, listed);
      expected = start + listed.size;
      if (expected > offset) throw new ZipError('expected a whole archive, got one that is cut off');
      parts.set(listed.path, { path: listed.path, size: listed.size, start });
      at = next;
    }
    if (parts.size !== entries || expected !== offset)
      throw new ZipError('expected nothing in the archive beside what its directory names');
    return readerOf(handle, parts);
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** Where the content of a part begins; its local header must bear the same name. */
const contentOf = async (handle: FileHandle, { path, offset }: Listed): Promise<number> => {
  const name = Buffer.from(path, 'utf8');
  const header = await bytesAt(handle, offset, LENGTH.local + name.length);
  if (header.readUInt32LE(0) !== SIGNATURE.local || header.readUInt16LE(8) !== 0) throw new ZipError(`expected ${path} stored as it is`);
  if (header.readUInt16LE(26) !== name.length || !header.subarray(LENGTH.local).equals(name))
    throw new ZipError(`expected ${path}, got a part that calls itself something else`);
  return offset + header.length + header.readUInt16LE(28);
};

const readerOf = (handle: FileHandle, parts: ReadonlyMap<string, ZipPart>): ZipReader => ({
  parts,
  read: async (part, most = MOST_PART) => {
    if (part.size > most) throw new ZipError(`expected ${part.path} to have at most ${most} bytes, got ${part.size}`);
    return bytesAt(handle, part.start, part.size);
  },
  stream: async function* ({ start, size }) {
    for (let at = 0; at < size; at += AT_ONCE) yield await bytesAt(handle, start + at, Math.min(AT_ONCE, size - at));
  },
  close: () => handle.close(),
});
