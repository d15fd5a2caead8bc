import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory } from '../database/embedded/files.ts';
import { ProblemError } from '../errors.ts';
import { writeBehind } from './write-behind.ts';

/** Bytes that have come whole and are not in the store yet. */
export interface Incoming {
  readonly sha256: string;
  readonly size: number;
  /** The first 4,100 bytes at most. */
  readonly head: Uint8Array;
  read(): Promise<Uint8Array>;
}

/** Files by content. Directory now; the shape fits an object store: put if absent, get (a range), list, delete. */
export interface FileStore {
  /**
   * Streams in, hashes on the way, and answers only after the bytes are on the disk. `inspect` sees them before: what it
   * throws leaves nothing behind.
   */
  put(
    organisationId: string,
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    inspect?: (file: Incoming) => Promise<void>,
  ): Promise<{ sha256: string; size: number; head: Uint8Array }>;
  has(organisationId: string, sha256: string): Promise<boolean>;
  get(organisationId: string, sha256: string, range?: { start: number; end: number }): Promise<NodeJS.ReadableStream>;
  /** True when the bytes still hash to their name; a damaged file is never served. */
  isIntact(organisationId: string, sha256: string): Promise<boolean>;
  list(organisationId: string): Promise<string[]>;
  /** Deletes the bytes; nothing happens where there are none. */
  remove(organisationId: string, sha256: string): Promise<void>;
  /** Deletes the bytes unless somebody has put them since; true when they are gone. */
  removeUntouched(organisationId: string, sha256: string, since: Date): Promise<boolean>;
  /** Deletes what senders left half-way and nobody has written to since; answers how many. */
  removeUnfinished(organisationId: string, since: Date): Promise<number>;
}

const isHash = /^[0-9a-f]{64}$/;

/** Keeps files below `<root>/<organisation>/<first two hex digits>/<hash>`. */
export const createDirectoryStore = (root: string): FileStore => {
  const place = (organisationId: string, sha256: string) => {
    if (!isHash.test(sha256)) throw new Error('expected a SHA-256 in hex');
    return path.join(root, organisationId, sha256.slice(0, 2), sha256);
  };
  return {
    put: async (organisationId, source, maxBytes, inspect) => {
      const incoming = path.join(root, organisationId, 'incoming');
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const temporary = path.join(incoming, randomBytes(12).toString('hex'));
      const handle = await open(temporary, 'wx', 0o600);
      const writer = writeBehind(handle);
      const hash = createHash('sha256');
      let size = 0;
      let head: Uint8Array = new Uint8Array();
      let sha256 = '';
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > maxBytes)
            throw new ProblemError('TOO_LARGE', { detail: `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB.` });
          if (head.length < 4100) head = Buffer.concat([head, chunk]).subarray(0, 4100);
          hash.update(chunk);
          await writer.add(chunk);
        }
        await writer.end();
        sha256 = hash.digest('hex');
        await inspect?.({ sha256, size, head, read: () => readFile(temporary) });
      } catch (error) {
        await handle.close();
        await rm(temporary, { force: true });
        throw error;
      }
      await handle.close();
      const target = place(organisationId, sha256);
      const folder = path.dirname(target);
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      // The name is the content, so a file that is already there is this one, or a damaged one that these bytes mend. Taking
      // its place costs no reading, and tells whoever clears away that it is wanted now.
      await rename(temporary, target);
      // A folder that is new stands in the one above it.
      const last = made === undefined ? folder : path.dirname(made);
      for (let at = folder; ; at = path.dirname(at)) {
        await syncDirectory(at);
        if (at === last) break;
      }
      return { sha256, size, head };
    },
    get: async (organisationId, sha256, range) => {
      const file = place(organisationId, sha256);
      await stat(file);
      return createReadStream(file, range === undefined ? {} : { start: range.start, end: range.end });
    },
    has: (organisationId, sha256) => isThere(place(organisationId, sha256)),
    isIntact: async (organisationId, sha256) => {
      const hash = createHash('sha256');
      try {
        for await (const chunk of createReadStream(place(organisationId, sha256))) hash.update(chunk as Uint8Array);
      } catch {
        return false;
      }
      return hash.digest('hex') === sha256;
    },
    list: async (organisationId) => {
      const base = path.join(root, organisationId);
      const found: string[] = [];
      for (const folder of await readdir(base).catch(() => []))
        if (folder !== 'incoming') found.push(...(await readdir(path.join(base, folder))));
      return found.filter((name) => isHash.test(name)).toSorted();
    },
    remove: (organisationId, sha256) => rm(place(organisationId, sha256), { force: true }),
    removeUntouched: async (organisationId, sha256, since) => {
      const file = place(organisationId, sha256);
      if ((await ageOf(file)) >= since.getTime()) return false;
      // Taken aside first and looked at again: a sender who touches it in between finds it back, or puts his own bytes.
      const aside = path.join(root, organisationId, 'incoming', randomBytes(12).toString('hex'));
      await mkdir(path.dirname(aside), { recursive: true, mode: 0o700 });
      if (!(await rename(file, aside).then(yes, no))) return false;
      if ((await ageOf(aside)) >= since.getTime()) {
        await rename(aside, file);
        return false;
      }
      await rm(aside);
      return true;
    },
    removeUnfinished: async (organisationId, since) => {
      const folder = path.join(root, organisationId, 'incoming');
      const old: string[] = [];
      for (const name of await readdir(folder).catch(() => []))
        if ((await ageOf(path.join(folder, name))) < since.getTime()) old.push(path.join(folder, name));
      await Promise.all(old.map((file) => rm(file, { force: true })));
      return old.length;
    },
  };
};

const yes = () => true;
const no = () => false;
const isThere = (file: string): Promise<boolean> => access(file).then(yes, no);

/** Milliseconds since 1970 of the last touch; what is not there counts as touched just now, so that nobody removes it. */
const ageOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
