import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionTo, readPidFile, type Address } from './address.ts';
import { programPath, type Binaries } from './binaries.ts';
import { EXTERNAL_SERVER, StartError } from './errors.ts';
import type { Layout } from './files.ts';
import { asIdentity, type Identity } from './identity.ts';
import { ask, type Answer } from './questions.ts';
import { cleanEnvironment, run } from './run.ts';

export type Plan = {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly address: Address;
  readonly password: string;
  /** False only for throw-away servers of tests: nothing is forced to disk. */
  readonly durable: boolean;
  readonly log: (line: string) => void;
};

export type Launched = Answer & { readonly child: ChildProcess };

/** Processes of another server still hold the data directory, whatever its postmaster.pid says. */
export class LockedElsewhere extends Error {}

// Recovery after a crash can take minutes; the server says it is alive meanwhile, so patience costs nothing.
const READY_WITHIN_MS = 10 * 60_000;
const FIRST_POLL_MS = 15;
const LONGEST_POLL_MS = 200;

/** After a crash one call syncs the file system in place of a thousand files; from Linux 5.8 on it reports each error. */
function canSyncAtOnce(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 8));
}

const settings = ({ address, durable }: Plan): string[] =>
  [
    ...(process.platform === 'win32'
      ? ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
      : ['listen_addresses=', `unix_socket_directories=${address.host}`, 'unix_socket_permissions=0700']),
    `port=${address.port}`,
    'max_connections=60',
    'shared_buffers=128MB',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'logging_collector=off',
    'log_destination=stderr',
    'log_line_prefix=%m [%p] ',
    'ssl=off',
    'password_encryption=scram-sha-256',
    ...(canSyncAtOnce() ? ['recovery_init_sync_method=syncfs'] : []),
    ...(durable
      ? ['fsync=on', 'full_page_writes=on']
      : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200']),
  ].flatMap((setting) => ['-c', setting]);

/**
 * Starts PostgreSQL once and waits until a connection is answered. Throws StartError with the server's own last
 * words when it ends before that.
 */
export async function launchOnce(plan: Plan): Promise<Launched> {
  const from = (await stat(plan.layout.log).catch(() => undefined))?.size ?? 0;
  const child = await spawnPostmaster(plan);
  const ended = new Promise<undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
  });
  try {
    const deadline = performance.now() + READY_WITHIN_MS;
    // Each unanswered question leaves a line in the server's log, so a long recovery is asked ever more seldom.
    for (let pause = FIRST_POLL_MS; performance.now() < deadline; pause = Math.min(pause * 1.2, LONGEST_POLL_MS)) {
      const answer = await Promise.race([answerOf(child, plan), ended]);
      if (child.exitCode === LOCKED_ELSEWHERE) throw new LockedElsewhere();
      if (!isAlive(child)) throw await explain(plan.layout, from, child.pid);
      if (answer !== undefined) return { ...answer, child };
      await Promise.race([sleep(pause), ended]);
    }
    throw new StartError(
      'START_FAILED',
      'PostgreSQL did not answer within ten minutes.',
      `Read ${plan.layout.log}, or ${EXTERNAL_SERVER}.`,
    );
  } catch (error) {
    await endPostmaster(child, plan);
    throw error;
  }
}

async function answerOf(child: ChildProcess, plan: Plan): Promise<Answer | undefined> {
  // An older server may still answer at this address; it is ours when the data directory names our child.
  if ((await readPidFile(plan.layout))?.pid !== child.pid) return undefined;
  return ask(connectionTo(plan.address, plan.password, 'postgres'));
}

async function spawnPostmaster(plan: Plan): Promise<ChildProcess> {
  const postgres = [programPath(plan.binaries.native, 'postgres'), '-D', plan.layout.cluster, ...settings(plan)];
  const [program = '', ...args] = [...(await lockPrefix(plan.layout)), ...(await tiePrefix()), ...postgres];
  const command = asIdentity(plan.identity, program, args);
  const output = openSync(plan.layout.log, 'a', 0o600);
  const { uid, gid } = command;
  // Detached: Ctrl-C in a terminal must reach the application first, which stops the server after its own work.
  const child = spawn(command.program, command.args, {
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  child.on('error', (error) => plan.log(`PostgreSQL could not be started: ${error.message}`));
  child.unref();
  closeSync(output);
  return child;
}

/** The kernel ends PostgreSQL when we die, even by kill -9, so that no server is left without an owner. */
async function tiePrefix(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const { ok } = await run({ program: 'setpriv', args: ['--pdeathsig', 'INT', 'true'] });
  return ok ? ['setpriv', '--pdeathsig', 'INT'] : [];
}

// Chosen apart from PostgreSQL's own exit codes (1, 2 and 3).
const LOCKED_ELSEWHERE = 75;

/**
 * A lock on the data directory that PostgreSQL and all its processes inherit. It also holds between containers that
 * share a volume, where neither process numbers nor shared memory would tell that another server is alive.
 */
async function lockPrefix(layout: Layout): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const { output } = await run({ program: 'flock', args: ['--help'] });
  return output.includes('--no-fork')
    ? ['flock', '--nonblock', '--no-fork', '--conflict-exit-code', String(LOCKED_ELSEWHERE), layout.cluster]
    : [];
}

export const isAlive = (child: ChildProcess): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function explain(layout: Layout, from: number, pid: number | undefined): Promise<StartError> {
  const handle = await open(layout.log, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, from).finally(() => handle.close());
  // A server that is just ending writes to the same log: only lines of our child, or of no server at all, count.
  const lines = buffer
    .toString('utf8', 0, bytesRead)
    .trim()
    .split('\n')
    .filter((line) => line.includes(` [${pid}] `) || !/ \[\d+\] /.test(line));
  const telling = lines.findLast((line) => /FATAL|PANIC|cannot|could not|denied/.test(line)) ?? lines.at(-1) ?? '';
  const words = telling.replace(/^.*?(FATAL|PANIC):\s*/, '');
  return new StartError(
    'START_FAILED',
    `PostgreSQL did not start: ${words === '' ? 'it ended without a word' : words}.`,
    `Read ${layout.log}, mend what it names, or ${EXTERNAL_SERVER}.`,
  );
}

/** Ends PostgreSQL: open transactions are rolled back; what was confirmed is kept, also when it must be ended hard. */
export async function endPostmaster(child: ChildProcess, plan: Pick<Plan, 'layout' | 'binaries' | 'identity'>): Promise<void> {
  if (!isAlive(child)) return;
  const ended = new Promise<true>((resolve) => void child.once('exit', () => resolve(true)));
  // The child keeps us alive until it has ended; the time limits must not keep us longer.
  child.ref();
  const within = (ms: number): Promise<boolean> => Promise.race([ended, sleep(ms, false, { ref: false })]);
  if (process.platform === 'win32') {
    // Windows knows no SIGINT between processes; pg_ctl has its own way to ask.
    await run(
      asIdentity(plan.identity, programPath(plan.binaries.native, 'pg_ctl'), ['stop', '-D', plan.layout.cluster, '-m', 'fast', '-w']),
    );
  } else {
    child.kill('SIGINT');
  }
  if (await within(20_000)) return;
  child.kill('SIGQUIT');
  if (await within(5_000)) return;
  child.kill('SIGKILL');
  await ended;
}
