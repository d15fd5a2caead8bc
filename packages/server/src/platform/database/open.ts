import type { ClientConfig } from 'pg';
import { openEmbedded } from './embedded/launch.ts';
import { checkExternal } from './external.ts';

export interface OpenedDatabase {
  /** Connection of the owner: for migrations, backup and nothing else. */
  readonly owner: ClientConfig;
  readonly kind: 'embedded' | 'external';
  /** Another process runs the embedded server; it goes on when we end. */
  readonly attached: boolean;
  readonly version: string;
  stop(): Promise<void>;
}

/** The PostgreSQL of DATABASE_URL, or the embedded one of the data directory (started, or attached to). */
export const openDatabase = async (config: {
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
}): Promise<OpenedDatabase> => {
  if (config.databaseUrl !== null) {
    const { version } = await checkExternal(config.databaseUrl);
    return { owner: { connectionString: config.databaseUrl }, kind: 'external', attached: false, version, stop: async () => {} };
  }
  const server = await openEmbedded({ dataDirectory: config.dataDirectory });
  return { owner: server.connection, kind: 'embedded', attached: server.attached, version: server.version, stop: () => server.stop() };
};
