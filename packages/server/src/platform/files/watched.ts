import type { FileStore } from './store.ts';

/** A store that tells when bytes that somebody asked for are not what their name says. Whoever serves asks `isIntact` first. */
export const watchedStore = (store: FileStore, noticed: (organisationId: string, sha256: string) => Promise<void>): FileStore => ({
  ...store,
  isIntact: async (organisationId, sha256) => {
    const intact = await store.isIntact(organisationId, sha256);
    if (!intact)
      // The file is refused whether or not this can be written down.
      await noticed(organisationId, sha256).catch((error: Error) =>
        process.stderr.write(`${JSON.stringify({ level: 'error', work: 'damaged file', sha256, message: error.message })}\n`),
      );
    return intact;
  },
});
