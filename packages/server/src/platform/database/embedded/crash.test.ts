import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, isRunning, one, opened, otherProcess, postmasterPid, temporaryDirectory } from './fixture.ts';
import { withClient } from './questions.ts';

type Count = { readonly rows: number };

/** Inserts rows until the connection breaks, and lets `kill` know once some are confirmed: a busy machine takes its time. */
const insertUntilItBreaks = async (connection: { connection: Parameters<typeof withClient>[0] }, kill: () => unknown): Promise<number> => {
  let confirmed = 0;
  await withClient(connection.connection, async (client) => {
    for (;;) {
      await client.query('insert into confirmed default values');
      confirmed += 1;
      if (confirmed === 20) setTimeout(kill, 50);
    }
  }).catch(() => undefined);
  return confirmed;
};

describe('kill -9', () => {
  it('of PostgreSQL: it is started again at the same address with every confirmed row', async () => {
    const data = await temporaryDirectory();
    const server = await opened(data);
    await one(server, 'create table confirmed (id bigserial primary key)');
    // The crash ends every connection; it is the next question that must be answered.
    const confirmed = await insertUntilItBreaks(server, () => process.kill(postmasterPid(data) ?? 0, 'SIGKILL'));
    await eventually(() =>
      one(server, 'select 1').then(
        () => true,
        () => false,
      ),
    );
    const { rows } = await one<Count>(server, 'select count(*)::int as rows from confirmed');
    expect(confirmed).toBeGreaterThan(0);
    // One insert may have been written but not yet confirmed.
    expect([confirmed, confirmed + 1]).toContain(rows);
  });

  it('of Node: PostgreSQL follows it, and the next start has every confirmed row', async () => {
    const data = await temporaryDirectory();
    const owner = await otherProcess(data);
    await one(owner, 'create table confirmed (id bigserial primary key)');
    const pid = postmasterPid(data) ?? 0;
    const confirmed = await insertUntilItBreaks(owner, () => owner.child.kill('SIGKILL'));
    const begun = performance.now();
    const { rows } = await one<Count>(await opened(data), 'select count(*)::int as rows from confirmed');
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect([confirmed, confirmed + 1]).toContain(rows);
    await eventually(() => !isRunning(pid));
  });

  it('of both: the next start works', async () => {
    const data = await temporaryDirectory();
    const owner = await otherProcess(data);
    await one(owner, 'create table kept as select 42 as answer');
    owner.child.kill('SIGKILL');
    process.kill(postmasterPid(data) ?? 0, 'SIGKILL');
    expect(await one(await opened(data), 'select answer from kept')).toEqual({ answer: 42 });
  });

  it('of the owner: those who had attached get errors, and one of them may become the owner', async () => {
    const data = await temporaryDirectory();
    const owner = await otherProcess(data);
    const attached = await opened(data);
    owner.child.kill('SIGKILL');
    await eventually(() =>
      one(attached, 'select 1').then(
        () => false,
        () => true,
      ),
    );
    expect((await opened(data)).attached).toBe(false);
  });
});

describe('a postmaster.pid that a dead server left', () => {
  it('does not stop a start when its number now belongs to a living process of something else', async () => {
    const data = await temporaryDirectory();
    const first = await opened(data);
    await one(first, 'create table kept as select 42 as answer');
    const file = path.join(data, 'postgres', 'postmaster.pid');
    const stranger = spawn('sleep', ['60']);
    onTestFinished(() => void stranger.kill());
    const left = (await readFile(file, 'utf8')).split('\n').with(0, String(stranger.pid)).join('\n');
    await first.stop();
    await writeFile(file, left, { mode: 0o600 });
    const next = await opened(data);
    expect(await one(next, 'select answer from kept')).toEqual({ answer: 42 });
    expect(stranger.exitCode).toBeNull();
    expect(await readFile(`${file}.stale`, 'utf8')).toBe(left);
  });

  it('does not stop a start when its number belongs to nobody', async () => {
    const data = await temporaryDirectory();
    await (await opened(data)).stop();
    await writeFile(path.join(data, 'postgres', 'postmaster.pid'), '4194300\n', { mode: 0o600 });
    expect((await opened(data)).attached).toBe(false);
  });
});

it('ends a PostgreSQL of this directory that nobody owns, and starts', async () => {
  const data = await temporaryDirectory();
  await (await opened(data)).stop();
  const orphan = await startOrphan(data);
  expect((await opened(data)).attached).toBe(false);
  expect(postmasterPid(data)).not.toBe(orphan);
});

/** A server that was started around the launcher, as one is that outlives its owner where the kernel cannot tie it. */
async function startOrphan(data: string): Promise<number> {
  const { asIdentity, chooseIdentity } = await import('./identity.ts');
  const { findBinaries, programPath } = await import('./binaries.ts');
  const { native } = await findBinaries();
  const cluster = path.join(data, 'postgres');
  const { program, args } = asIdentity(await chooseIdentity(data), programPath(native, 'postgres'), [
    '-D',
    cluster,
    '-c',
    'listen_addresses=',
    '-c',
    `unix_socket_directories=${path.join(data, 'socket')}`,
  ]);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  onTestFinished(() => void child.kill('SIGQUIT'));
  await eventually(async () => (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).includes('ready'));
  return postmasterPid(data) ?? 0;
}
