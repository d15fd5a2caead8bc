import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openEmbedded, type EmbeddedServer } from './launch.ts';
import { withClient } from './questions.ts';
import { removeFolder } from '../../testing/folder.ts';

/** A new directory for one test, removed after it. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'aimwell-launch-'));
  onTestFinished(async () => {
    chmodSync(directory, 0o700);
    await removeFolder(directory);
  });
  return directory;
}

/** Opens the data directory with everything forced to disk, as in use, and stops it after the test. */
export async function opened(dataDirectory: string): Promise<EmbeddedServer> {
  const server = await openEmbedded({ dataDirectory });
  onTestFinished(() => server.stop());
  return server;
}

/** Asks one question whose answer is one row. */
export const one = <Row extends object>(server: Pick<EmbeddedServer, 'connection'>, sql: string): Promise<Row> =>
  withClient(server.connection, async (client) => (await client.query<Row>(sql)).rows[0] as Row);

/** The process number in postmaster.pid, or undefined. */
export function postmasterPid(dataDirectory: string): number | undefined {
  const file = path.join(dataDirectory, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

export type OtherProcess = { readonly child: ChildProcess; readonly connection: EmbeddedServer['connection']; readonly attached: boolean };

const OWNER = `
  const { openEmbedded } = await import(process.argv[1]);
  const server = await openEmbedded({ dataDirectory: process.argv[2] });
  console.log(JSON.stringify({ connection: server.connection, attached: server.attached }));
  setInterval(() => undefined, 1000);
`;

/** Another Node process that opens the data directory and keeps it until it is killed; its server then ends by itself, a moment later. */
export async function otherProcess(dataDirectory: string): Promise<OtherProcess> {
  const launch = new URL('launch.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', OWNER, launch, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let opening: Omit<OtherProcess, 'child'> | undefined;
  onTestFinished(async () => {
    const ended = child.exitCode ?? child.signalCode ?? once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const pid = opening?.attached === false ? postmasterPid(dataDirectory) : undefined;
    if (pid !== undefined) await eventually(() => !isRunning(pid));
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new Error('the other process ended before it was ready')));
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
  });
  opening = JSON.parse(line) as Omit<OtherProcess, 'child'>;
  return { child, ...opening };
}

/** Waits until something holds; fails after a minute, which a busy machine may need. */
export async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error('expected it to hold within a minute');
}

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
