import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

/** A server of its own process, which a test may kill. */
export interface ServerProcess {
  readonly url: string;
  /** Milliseconds from spawn until it answered. */
  readonly readyMs: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Place {
  readonly data: string;
  readonly port: number;
  /** Null runs the embedded PostgreSQL of the data directory. */
  readonly databaseUrl: string | null;
}

/** Starts a server and waits until it listens; tries again while what a killed one left is still in the way. */
export const startProcess = async (place: Place, children: Set<ChildProcess>): Promise<ServerProcess> => {
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./server-process.ts', import.meta.url))], {
      env: environmentOf(place),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    const ready = new Promise<boolean>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && resolve(true));
      void gone.then(() => resolve(false));
    });
    if (await ready) {
      const end = (signal: NodeJS.Signals) => async () => {
        child.kill(signal);
        await gone;
        children.delete(child);
      };
      return { url: `http://127.0.0.1:${place.port}`, readyMs: performance.now() - started, kill: end('SIGKILL'), stop: end('SIGTERM') };
    }
    if (attempt === 5) throw new Error(`the server did not start: ${said.slice(0, 2000)}`);
    await sleep(200);
  }
};

const environmentOf = ({ data, port, databaseUrl }: Place): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  AIMWELL_DATA: data,
  PORT: String(port),
  ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
});

/** A port that nobody used a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('expected a port'))));
    });
  });

/** The address of a database as DATABASE_URL takes it, a socket included. */
export const urlOf = (connection: pg.ClientConfig): string => {
  if (connection.connectionString !== undefined) return connection.connectionString;
  const url = new URL('postgres://localhost');
  url.username = connection.user ?? '';
  url.password = typeof connection.password === 'string' ? encodeURIComponent(connection.password) : '';
  url.pathname = `/${connection.database ?? ''}`;
  if (connection.host?.startsWith('/') === true) url.search = new URLSearchParams({ host: connection.host }).toString();
  else url.hostname = connection.host ?? 'localhost';
  url.port = String(connection.port ?? 5432);
  return url.href;
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
