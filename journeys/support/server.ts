import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Aimwell as a newcomer starts it: the command itself, an empty data folder, its own embedded PostgreSQL. */
export interface RunningAimwell {
  readonly url: string;
  /** The one-time link of the first start, as the command printed it. */
  readonly setupLink: string;
  readonly stop: () => Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Waits for the line that says it is ready; rejects with everything it said when it ends before. */
const untilReady = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (/^Aimwell is ready at/mu.test(said)) resolve(said);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code) => reject(new Error(`Aimwell ended with ${String(code)} before it was ready:\n${said}`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

export const startAimwell = async (): Promise<RunningAimwell> => {
  const data = await mkdtemp(path.join(tmpdir(), 'aimwell-journey-'));
  const port = await freePort();
  const { DATABASE_URL: _external, AIMWELL_URL: _public, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(root, 'packages/cli/bin/aimwell.js'), 'start', '--no-web'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, PORT: String(port), HOST: '127.0.0.1', AIMWELL_DATA: data },
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended(child);
    await removeFolder(data);
  };
  try {
    const said = await untilReady(child);
    const setupLink = /https?:\S+setup\S*/u.exec(said)?.[0] ?? '';
    return { url: `http://127.0.0.1:${port}`, setupLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
