import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientConfig } from 'pg';
import { SUPERUSER } from './cluster.ts';
import { StartError } from './errors.ts';
import type { Layout } from './files.ts';
import type { Identity } from './identity.ts';

export type Address = { readonly host: string; readonly port: number };

export const DATABASE = 'aimwell';
const PORT = 5432;
// sun_path without its closing zero byte.
const LONGEST_SOCKET = process.platform === 'darwin' ? 103 : 107;

/** Where a new server shall listen: a unix socket only we can reach; on Windows the loopback and a free port. */
export async function chooseAddress(layout: Layout, identity: Identity): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  const fitting = Buffer.byteLength(path.join(layout.socket, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET;
  const host = fitting ? layout.socket : shortPlace(layout.root);
  const owner = identity.kind === 'drop' ? identity : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  await mkdir(host, { mode: 0o700 }).catch(() => undefined);
  const found = await lstat(host);
  // Anyone may make a name in the shared temporary directory: only a real directory of our own is taken.
  if (!found.isDirectory() || (found.uid !== owner.uid && found.uid !== process.getuid?.()) || (found.mode & 0o022) !== 0) {
    throw new StartError(
      'BLOCKED_DIRECTORY',
      `The directory ${host} for PostgreSQL's socket belongs to someone else.`,
      'Remove it, or choose a shorter path for the data with AIMWELL_DATA.',
    );
  }
  if (found.uid !== owner.uid) await chown(host, owner.uid, owner.gid);
  return { host, port: PORT };
}

const shortPlace = (root: string): string =>
  path.join(tmpdir(), `aimwell-${createHash('sha256').update(`${process.getuid?.()} ${root}`).digest('hex').slice(0, 16)}`);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : PORT));
    });
  });
}

/** What postmaster.pid says about the server that wrote it: its process and, once it listens, where. */
export async function readPidFile(layout: Layout): Promise<{ readonly pid: number; readonly address: Address | undefined } | undefined> {
  const text = await readFile(path.join(layout.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = '', , , port = '', socketDirectory = '', listenAddress = ''] = text.split('\n').map((line) => line.trim());
  if (!/^\d+$/.test(pid)) return undefined;
  const host = socketDirectory === '' ? listenAddress : socketDirectory;
  return { pid: Number(pid), address: host === '' ? undefined : { host, port: Number(port) } };
}

/** The superuser's connection to one database of a server. TLS is off: the way never leaves the machine. */
export const connectionTo = (address: Address, password: string, database = DATABASE): ClientConfig => ({
  host: address.host,
  port: address.port,
  user: SUPERUSER,
  password,
  database,
  ssl: false,
});
