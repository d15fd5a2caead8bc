import { execFile } from 'node:child_process';
import { access, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';

const run = promisify(execFile);
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** Where pgbench is: on the PATH, or where Debian puts it; null where it is not installed. The embedded PostgreSQL comes without it. */
export const findPgbench = async (): Promise<string | null> => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => [] as string[]);
  for (const folder of [...versions.toSorted((a, b) => Number(b) - Number(a)).map((one) => path.join(debian, one, 'bin')), ...folders])
    if (await exists(path.join(folder, 'pgbench'))) return path.join(folder, 'pgbench');
  return null;
};

export interface Pgbench {
  readonly program: string;
  readonly connection: pg.ClientConfig;
  /** For its scripts; whoever made it removes it. */
  readonly folder: string;
}

interface Script {
  readonly name: string;
  readonly sql: string;
  readonly clients: number;
  /** Runs for so long, or each client so often. */
  readonly seconds?: number;
  readonly times?: number;
  /** `prepared`: each statement is planned once a connection. */
  readonly mode: 'simple' | 'prepared';
}

/** Runs a script; answers how many times a second it came to its end, connecting left out. Fails where a statement fails. */
export const perSecond = async (
  { program, connection, folder }: Pgbench,
  { name, sql, clients, seconds, times, mode }: Script,
): Promise<number> => {
  const file = path.join(folder, `${name}.sql`);
  await writeFile(file, sql);
  const { host, port, user, password, database } = connection;
  const { stdout } = await run(
    program,
    ['-n', '-f', file, '-M', mode, '-c', String(clients), '-j', String(Math.min(2, clients))].concat(
      seconds === undefined ? ['-t', String(times ?? 1)] : ['-T', String(seconds)],
      ['-h', String(host), '-p', String(port), '-U', String(user), String(database)],
    ),
    { env: { ...process.env, PGPASSWORD: String(password), PGOPTIONS: '-c timezone=UTC -c jit=off', LC_ALL: 'C' }, maxBuffer: 16_777_216 },
  );
  const found = /tps = ([\d.]+) \(without initial connection time\)/.exec(stdout)?.[1];
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0';
  if (found === undefined || failed !== '0') throw new Error(`expected pgbench to come to its end, got ${stdout.slice(0, 600)}`);
  return Number(found);
};
