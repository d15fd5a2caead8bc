import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError } from '../errors.ts';

/** Files by content. Directory now; the shape fits an object store: put if absent, get (a range), list. */
export interface FileStore {
  /** Streams in, hashes on the way, and answers only after the bytes are on the disk. */
  put(
    organisationId: string,
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<{ sha256: string; size: number; head: Uint8Array }>;
  get(organisationId: string, sha256: string, range?: { start: number; end: number }): Promise<NodeJS.ReadableStream>;
  /** True when the bytes still hash to their name; a damaged file is never served. */
  isIntact(organisationId: string, sha256: string): Promise<boolean>;
  list(organisationId: string): Promise<string[]>;
}

const isHash = /^[0-9a-f]{64}$/;

/** Keeps files below `<root>/<organisation>/<first two hex digits>/<hash>`. */
export const createDirectoryStore = (root: string): FileStore => {
  const place = (organisationId: string, sha256: string) => {
    if (!isHash.test(sha256)) throw new Error('expected a SHA-256 in hex');
    return path.join(root, organisationId, sha256.slice(0, 2), sha256);
  };
  return {
    put: async (organisationId, source, maxBytes) => {
      const incoming = path.join(root, organisationId, 'incoming');
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const temporary = path.join(incoming, randomBytes(12).toString('hex'));
      const handle = await open(temporary, 'wx', 0o600);
      const hash = createHash('sha256');
      let size = 0;
      let head: Uint8Array = new Uint8Array();
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > maxBytes)
            throw new ProblemError('TOO_LARGE', { detail: `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB.` });
          if (head.length < 4100) head = Buffer.concat([head, chunk]).subarray(0, 4100);
          hash.update(chunk);
          await handle.appendFile(chunk);
        }
        await handle.sync();
      } catch (error) {
        await handle.close();
        await rm(temporary, { force: true });
        throw error;
      }
      await handle.close();
      const sha256 = hash.digest('hex');
      const target = place(organisationId, sha256);
      const folder = path.dirname(target);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The name is the content, so a file that is already there is this one.
      if (
        await access(target).then(
          () => true,
          () => false,
        )
      )
        await rm(temporary);
      else await rename(temporary, target);
      const directory = await open(folder);
      await directory.sync();
      await directory.close();
      return { sha256, size, head };
    },
    get: async (organisationId, sha256, range) => {
      const file = place(organisationId, sha256);
      await stat(file);
      return createReadStream(file, range === undefined ? {} : { start: range.start, end: range.end });
    },
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
  };
};
