import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../database/embedded/launch.ts';
import type { TestPostgres } from './postgres.ts';
import { removeFolder } from './folder.ts';

type Shared = { readonly connection: TestPostgres; close(): Promise<void> };

// Several projects name this file, and each may load its own copy of it: the run's one server is kept where all see it.
const KEY = Symbol.for('aimwell.test-server');
const run = globalThis as typeof globalThis & { [KEY]?: { users: number; server: Promise<Shared> } };

/** Gives every test of the run one throw-away PostgreSQL, or the server of AIMWELL_TEST_DATABASE_URL. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const shared = (run[KEY] ??= { users: 0, server: startShared() });
  shared.users += 1;
  project.provide('postgres', (await shared.server).connection);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete run[KEY];
    await (await shared.server).close();
  };
}

async function startShared(): Promise<Shared> {
  const url = process.env['AIMWELL_TEST_DATABASE_URL'];
  if (url !== undefined && url !== '') return { connection: { connectionString: url }, close: () => Promise.resolve() };
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'aimwell-test-'));
  const server = await openEmbedded({ dataDirectory, durable: false });
  return {
    connection: server.connection,
    close: async () => {
      await server.stop();
      await removeFolder(dataDirectory);
    },
  };
}
