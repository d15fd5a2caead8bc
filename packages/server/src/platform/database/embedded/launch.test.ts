import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRunning, one, opened, otherProcess, postmasterPid, temporaryDirectory } from './fixture.ts';
import { openEmbedded } from './launch.ts';
import { assertDurable } from './questions.ts';
import { testConnection } from '../../testing/postgres.ts';

describe('a first start', () => {
  it('makes a database that keeps what it confirms and can be reached by its socket alone', async () => {
    const server = await opened(await temporaryDirectory());
    expect(server).toMatchObject({ attached: false, version: expect.stringMatching(/^18\./) });
    expect(
      await one(
        server,
        `select current_database() as database, current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
        current_setting('listen_addresses') as tcp, current_setting('unix_socket_permissions') as socket, current_setting('jit') as jit,
        current_setting('timezone') as zone, current_setting('max_connections') as connections, current_setting('shared_buffers') as buffers,
        (select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) as locale`,
      ),
    ).toEqual({
      database: 'aimwell',
      fsync: 'on',
      checksums: 'on',
      tcp: '',
      socket: '0700',
      jit: 'off',
      zone: 'UTC',
      connections: '60',
      buffers: '128MB',
      locale: 'b C.UTF-8',
    });
  });

  it('keeps password, log, socket and data from other users', async () => {
    const data = await temporaryDirectory();
    await opened(data);
    const mode = async (name: string): Promise<string> => ((await stat(path.join(data, name))).mode & 0o777).toString(8);
    expect([await mode('postgres-password'), await mode('postgres.log'), await mode('socket'), await mode('postgres')]).toEqual([
      '600',
      '600',
      '700',
      '700',
    ]);
  });

  it('lets nobody in without the password', async () => {
    const server = await opened(await temporaryDirectory());
    await expect(one({ connection: { ...server.connection, password: 'guess' } }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('stop and the next start', () => {
  it('ends the server, keeps the rows, and may be asked twice', async () => {
    const data = await temporaryDirectory();
    const first = await opened(data);
    await one(first, 'create table kept as select 42 as answer');
    const pid = postmasterPid(data) ?? 0;
    await Promise.all([first.stop(), first.stop()]);
    expect(isRunning(pid)).toBe(false);
    expect(postmasterPid(data)).toBeUndefined();
    expect(await one(await opened(data), 'select answer from kept')).toEqual({ answer: 42 });
  });

  it('ends open transactions without waiting for them', async () => {
    const data = await temporaryDirectory();
    const server = await opened(data);
    const waiting = one(server, 'select pg_sleep(60)').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begun = performance.now();
    await server.stop();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await waiting).toBeInstanceOf(Error);
  });
});

it('keeps fsync on, whatever someone wrote into the configuration', async () => {
  const data = await temporaryDirectory();
  await (await opened(data)).stop();
  await writeFile(path.join(data, 'postgres', 'postgresql.auto.conf'), "fsync = 'off'\n");
  expect(await one(await opened(data), `select current_setting('fsync') as fsync`)).toEqual({ fsync: 'on' });
});

it.skipIf(process.env['AIMWELL_TEST_DATABASE_URL'])('refuses a server that does not force its writes to disk', async () => {
  const server = await opened(await temporaryDirectory());
  await expect(assertDurable(server.connection)).resolves.toBeUndefined();
  await expect(assertDurable(testConnection())).rejects.toMatchObject({ code: 'UNSAFE_SETTINGS' });
});

describe('a second opening of the same directory', () => {
  it('attaches, and leaves the server running when it stops', async () => {
    const data = await temporaryDirectory();
    const owner = await opened(data);
    const second = await opened(data);
    expect(second).toMatchObject({ attached: true, version: owner.version });
    await second.stop();
    expect(await one(owner, 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('attaches from another process, also when both start at the same moment', async () => {
    const data = await temporaryDirectory();
    const all = await Promise.all([otherProcess(data), otherProcess(data), otherProcess(data)]);
    expect(all.filter(({ attached }) => attached)).toHaveLength(2);
    await Promise.all(all.map((each) => one(each, 'select 1')));
  });

  it('becomes the owner once the first has gone', async () => {
    const data = await temporaryDirectory();
    const first = await opened(data);
    const [, next] = await Promise.all([first.stop(), openEmbedded({ dataDirectory: data })]);
    // It either attached to the server in its last moment or waited for the place; both must end in a usable one.
    await next.stop();
    expect((await opened(data)).attached).toBe(false);
  });
});
