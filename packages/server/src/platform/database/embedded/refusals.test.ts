import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinaries } from './binaries.ts';
import { eventually, opened, postmasterPid, temporaryDirectory } from './fixture.ts';
import { openEmbedded } from './launch.ts';

const isRoot = process.getuid?.() === 0;

const refusal = (dataDirectory: string): Promise<unknown> =>
  openEmbedded({ dataDirectory }).then(
    async (server) => {
      await server.stop();
      return 'it started';
    },
    (error: unknown) => error,
  );

describe('a start is refused in one sentence with a remedy', () => {
  it('when another major version wrote the data, which stays as it is', async () => {
    const data = await temporaryDirectory();
    await mkdir(path.join(data, 'postgres'), { mode: 0o700 });
    await writeFile(path.join(data, 'postgres', 'PG_VERSION'), '17\n');
    await writeFile(path.join(data, 'postgres-password'), 'secret', { mode: 0o600 });
    expect(await refusal(data)).toMatchObject({
      code: 'WRONG_MAJOR',
      message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18/),
      remedy: expect.stringContaining('aimwell export'),
    });
    expect(await readFile(path.join(data, 'postgres', 'PG_VERSION'), 'utf8')).toBe('17\n');
  });

  it('when the directory holds something else', async () => {
    const data = await temporaryDirectory();
    await mkdir(path.join(data, 'postgres'), { mode: 0o700 });
    await writeFile(path.join(data, 'postgres', 'letter.txt'), 'mine');
    expect(await refusal(data)).toMatchObject({ code: 'NOT_A_DATABASE' });
    expect(await readFile(path.join(data, 'postgres', 'letter.txt'), 'utf8')).toBe('mine');
  });

  it('when the data directory is below a file', async () => {
    const data = path.join(await temporaryDirectory(), 'file');
    await writeFile(data, '');
    expect(await refusal(path.join(data, 'data'))).toMatchObject({
      code: 'DATA_NOT_WRITABLE',
      message: expect.stringContaining(data),
      remedy: expect.stringContaining('AIMWELL_DATA'),
    });
  });

  it.skipIf(isRoot)('when the data directory cannot be written', async () => {
    const data = await temporaryDirectory();
    await chmod(data, 0o500);
    expect(await refusal(data)).toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  });

  it.runIf(isRoot && process.platform === 'linux')('when the data directory is on something read-only', async () => {
    expect(await refusal('/proc/aimwell')).toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  });

  it.each([
    { name: 'is missing', change: (file: string) => rm(file) },
    { name: 'belongs to another database', change: (file: string) => writeFile(file, 'another') },
  ])('when the password file $name, and no server stays behind', async ({ change }) => {
    const data = await temporaryDirectory();
    await (await opened(data)).stop();
    await change(path.join(data, 'postgres-password'));
    expect(await refusal(data)).toMatchObject({ code: 'PASSWORD_MISSING' });
    expect(postmasterPid(data)).toBeUndefined();
  });

  it.runIf(process.platform === 'linux')(
    'when another server holds the directory in a way only the system can tell, as in another container',
    async () => {
      const data = await temporaryDirectory();
      await (await opened(data)).stop();
      const holder = spawn('flock', ['--no-fork', path.join(data, 'postgres'), 'sleep', '60'], { stdio: 'ignore' });
      onTestFinished(() => void holder.kill());
      await eventually(() => spawnSync('flock', ['-n', path.join(data, 'postgres'), 'true']).status !== 0);
      await writeFile(path.join(data, 'postgres', 'postmaster.pid'), `${process.pid}\n`);
      expect(await refusal(data)).toMatchObject({ code: 'STILL_RUNNING', message: expect.stringContaining(data) });
      expect(postmasterPid(data)).toBe(process.pid);
    },
  );

  it("with the server's own words when the configuration is broken", async () => {
    const data = await temporaryDirectory();
    await (await opened(data)).stop();
    await writeFile(path.join(data, 'postgres', 'postgresql.auto.conf'), 'nonsense without a sign\n');
    expect(await refusal(data)).toMatchObject({
      code: 'START_FAILED',
      message: expect.stringContaining('postgresql.auto.conf'),
      remedy: expect.stringContaining('postgres.log'),
    });
  });
});

describe('the programs', () => {
  it.each(['linux-riscv64', 'win32-arm64', 'freebsd-x64'])('do not exist for %s, and the message names the way out', async (platform) => {
    await expect(findBinaries(platform)).rejects.toMatchObject({
      code: 'UNSUPPORTED_PLATFORM',
      remedy: expect.stringContaining('DATABASE_URL'),
    });
  });

  it('may have been left out of the installation', async () => {
    const elsewhere = pathToFileURL(path.join(await temporaryDirectory(), 'module.js')).href;
    await expect(findBinaries(undefined, elsewhere)).rejects.toMatchObject({
      code: 'BINARIES_MISSING',
      remedy: expect.stringContaining('npm ci'),
    });
  });
});
