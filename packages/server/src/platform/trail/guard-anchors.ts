import { createPublicKey } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { rawPublicKey } from './signing.ts';

/**
 * What the guard holds outside the database: the public halves of the signing keys in the keys folder, and the newest
 * checkpoint of each organisation that verified. Whoever can write the database alone cannot change either.
 */
export interface Anchors {
  /** Null when this server keeps no key; the database's own word is taken then. */
  keys(): Promise<Uint8Array[] | null>;
  held(organisationId: string): Promise<string | null>;
  hold(organisationId: string, note: string): Promise<void>;
}

/** Anchors below a data directory: `keys/` as the sequencer keeps it, `anchors/<organisation>.checkpoint`. */
export const openAnchors = (dataDirectory: string): Anchors => {
  const folder = path.join(dataDirectory, 'anchors');
  const keysFolder = path.join(dataDirectory, 'keys');
  const fileOf = (organisationId: string) => path.join(folder, `${organisationId}.checkpoint`);
  return {
    keys: async () => {
      const files = (await readdir(keysFolder).catch(() => [])).filter((name) => /^log-key-[0-9a-f]+\.pem$/.test(name));
      const keys = await Promise.all(files.map(async (name) => rawPublicKey(createPublicKey(await readFile(path.join(keysFolder, name))))));
      const found = keys.filter((key) => key !== null);
      return found.length === 0 ? null : found;
    },
    held: (organisationId) =>
      readFile(fileOf(organisationId), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    hold: async (organisationId, note) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const fresh = `${fileOf(organisationId)}.new`;
      const handle = await open(fresh, 'w', 0o600);
      await handle.writeFile(note);
      await handle.sync();
      await handle.close();
      await rename(fresh, fileOf(organisationId));
    },
  };
};
