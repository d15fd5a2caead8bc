import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

const bin = fileURLToPath(new URL('../bin/aimwell.js', import.meta.url));
let folder = '';
let port = '';
const started: ChildProcess[] = [];

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(typeof address === 'object' && address !== null ? address.port : 0);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-start-'));
  port = await freePort();
});
afterAll(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await removeFolder(folder);
});

const settings = () => ({ AIMWELL_DATA: folder, PORT: port });

/** Starts the server and waits for its line; answers what it said until then. */
const start = async (): Promise<{ readonly child: ChildProcess; readonly said: string }> => {
  const { DATABASE_URL: _url, npm_lifecycle_event: _event, ...clean } = process.env;
  const child = spawn(process.execPath, [bin, 'start', '--no-web'], {
    env: { ...clean, ...settings() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (;;) {
    if (said.includes('Aimwell is ready at')) return { child, said };
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const ended = async (child: ChildProcess) =>
  (child.exitCode === null && child.signalCode === null ? ((await once(child, 'exit')) as [number | null]) : [child.exitCode])[0];

it('starts, says where, lets commands in, refuses a second start, and ends cleanly', async () => {
  const { child, said } = await start();
  expect(said).toMatch(new RegExp(`First start\\. Make the first administrator here, once: http://127\\.0\\.0\\.1:${port}/setup#setup_`));
  expect(said).toContain(`Aimwell is ready at http://127.0.0.1:${port}\n`);
  expect(await aimwell(['org', 'create', 'Beside', '--slug', 'beside'], settings())).toMatchObject({ code: 0 });
  expect(await aimwell(['start', '--no-web'], settings())).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^Aimwell already runs at .*\n$/),
  });
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
});

it('starts again after kill -9 and has kept what was there', async () => {
  const first = await start();
  first.child.kill('SIGKILL');
  await ended(first.child);
  const second = await start();
  expect(await aimwell(['org', 'show', 'beside'], settings())).toMatchObject({ code: 0 });
  second.child.kill('SIGINT');
  expect(await ended(second.child)).toBe(0);
});

it('says in one sentence that the port is taken', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi')).listen(Number(port), '127.0.0.1');
  await once(other, 'listening');
  const ran = await aimwell(['start', '--no-web'], settings());
  other.close();
  expect(ran).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is used by another program\. End that program, or set PORT to a free port\.\n$/),
  });
});
