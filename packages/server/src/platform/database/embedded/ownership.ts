import { createHmac } from 'node:crypto';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { systemCode } from './errors.ts';
import type { Layout } from './files.ts';

export type Ownership = { release(): Promise<void> };

/**
 * Takes the one ownership of a data directory, or returns undefined when a living process has it.
 * The operating system holds it and drops it at the holder's death, however that comes; nothing is left to clean up.
 */
export async function takeOwnership(layout: Layout, password: string): Promise<Ownership | undefined> {
  // Named after the directory itself, whatever path leads to it, and a secret, so that no other user can sit on the name.
  const { dev, ino } = await stat(layout.root);
  const name = `aimwell-${createHmac('sha256', password).update(`${dev} ${ino}`).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return bind(`\0${name}`);
  if (process.platform === 'win32') return bind(`\\\\.\\pipe\\${name}`);
  return lockFile(path.join(layout.root, 'postgres.lock'));
}

/** A bound abstract socket (Linux) or named pipe (Windows): no file, so it cannot be stale. */
function bind(address: string): Promise<Ownership | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.on('error', (error) => (systemCode(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen({ path: address, exclusive: true }, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => void server.close(() => done())) });
    });
  });
}

// BSD and macOS can open a file and lock it in one call; the lock ends with the process. Not in Node's constants.
const O_EXLOCK = 0x20;

async function lockFile(file: string): Promise<Ownership | undefined> {
  try {
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600);
    return { release: () => handle.close() };
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
