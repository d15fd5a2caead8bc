import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { chooseAddress, connectionTo, DATABASE, readPidFile } from './address.ts';
import { findBinaries, usableBinaries } from './binaries.ts';
import { checkCluster, makeCluster } from './cluster.ts';
import { StartError } from './errors.ts';
import { giveTo, prepareLayout, readOrMakePassword, rotateLog, type Layout } from './files.ts';
import { chooseIdentity } from './identity.ts';
import { takeOwnership, type Ownership } from './ownership.ts';
import { ask, assertDurable, ensureDatabase } from './questions.ts';
import { supervise } from './supervise.ts';

export type EmbeddedServer = {
  /** The superuser's connection to the database `aimwell`, by unix socket (Windows: loopback). */
  readonly connection: ClientConfig;
  /** Another process owns the server; `stop` then leaves it running. */
  readonly attached: boolean;
  /** The server's version, such as `18.4`. */
  readonly version: string;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDirectory: string;
  readonly log?: (line: string) => void;
  /** Default true. False gives up safety against power cuts for speed: throw-away servers of tests only. */
  readonly durable?: boolean;
};

const OWNER_READY_WITHIN_MS = 60_000;

/** Starts, or attaches to, the PostgreSQL of a data directory. Throws StartError with one clear sentence and its remedy. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const layout = await prepareLayout(options.dataDirectory);
  const password = await readOrMakePassword(layout);
  const deadline = performance.now() + OWNER_READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const ownership = await takeOwnership(layout, password);
    if (ownership !== undefined) return own(layout, password, ownership, options);
    const attached = await attach(layout, password);
    if (attached !== undefined) return attached;
    // The owner is starting or ending: either it answers soon, or its place is free.
    await sleep(50);
  }
  throw new StartError(
    'OWNER_NOT_READY',
    `Another Aimwell process uses ${layout.root}, but its PostgreSQL does not answer.`,
    `Look at ${layout.log}, end that process and start again.`,
  );
}

async function own(layout: Layout, password: string, ownership: Ownership, options: EmbeddedOptions): Promise<EmbeddedServer> {
  try {
    const started = await start(layout, password, options);
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= started.stop().finally(() => ownership.release()));
    return { connection: connectionTo(started.address, password), attached: false, version: started.version, stop };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

async function start(layout: Layout, password: string, { log = () => undefined, durable = true }: EmbeddedOptions) {
  const found = await findBinaries();
  const exists = await checkCluster(layout, found);
  const identity = await chooseIdentity(layout.root);
  const binaries = await usableBinaries(found, identity, layout.runtime);
  if (!exists) {
    log('Making a new PostgreSQL database.');
    await makeCluster({ layout, binaries, identity, password, durable });
  }
  await giveTo(identity, layout.cluster);
  await rotateLog(layout);
  const address = await chooseAddress(layout, identity);
  const server = await supervise({ layout, binaries, identity, address, password, durable, log });
  try {
    const administration = connectionTo(address, password, 'postgres');
    if (durable) await assertDurable(administration);
    await ensureDatabase(administration, DATABASE);
    return { ...server, address };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function attach(layout: Layout, password: string): Promise<EmbeddedServer | undefined> {
  const found = await readPidFile(layout);
  if (found?.address === undefined) return undefined;
  const connection = connectionTo(found.address, password);
  const answer = await ask(connection);
  return answer === undefined ? undefined : { connection, attached: true, version: answer.version, stop: () => Promise.resolve() };
}
