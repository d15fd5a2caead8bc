import { chmod, chown, cp, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinaries, usableBinaries } from './binaries.ts';
import { one, opened, temporaryDirectory } from './fixture.ts';
import { rootCandidates } from './identity.ts';
import { removeFolder } from '../../testing/folder.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** The package as npm unpacks it: without the links between libraries. */
async function bareBinaries(): Promise<{ native: string; version: string }> {
  const { native, version } = await findBinaries();
  const copy = path.join(await temporaryDirectory(), 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(path.join(copy, 'lib'))) {
    const place = path.join(copy, 'lib', name);
    if ((await lstat(place)).isSymbolicLink()) await rm(place);
  }
  return { native: copy, version };
}

describe('the data directory', () => {
  it('may have a path too long for a socket, which then lives elsewhere', async () => {
    const data = path.join(await temporaryDirectory(), 'a'.repeat(60), 'b'.repeat(60));
    const server = await opened(data);
    onTestFinished(() => removeFolder(String(server.connection.host)));
    expect(String(server.connection.host).length).toBeLessThan(80);
    expect((await stat(String(server.connection.host))).mode & 0o777).toBe(0o700);
    expect(await one(server, 'select 1 as alive')).toEqual({ alive: 1 });
    expect((await opened(data)).attached).toBe(true);
  });

  it('may be below a directory that only its owner can enter', async () => {
    const closed = await temporaryDirectory();
    await chmod(closed, 0o700);
    expect(await one(await opened(path.join(closed, 'data')), 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('may have spaces, quotes and accents in its path, or come through a link', async () => {
    const data = path.join(await temporaryDirectory(), `a b'c"d é %20`);
    expect(await one(await opened(data), 'select 1 as alive')).toEqual({ alive: 1 });
  });
});

describe.runIf(isRoot && process.platform === 'linux')('as root', () => {
  it('runs PostgreSQL as the user to whom its files belong, and keeps to that', async () => {
    const data = await temporaryDirectory();
    await mkdir(path.join(data, 'postgres'));
    await chown(path.join(data, 'postgres'), NOBODY, NOBODY);
    await (await opened(data)).stop();
    expect(await one(await opened(data), 'select 1 as alive')).toEqual({ alive: 1 });
    expect((await stat(path.join(data, 'postgres', 'PG_VERSION'))).uid).toBe(NOBODY);
    expect((await stat(path.join(data, 'postgres-password'))).uid).toBe(0);
  });

  it('names the directory that this user may not enter', async () => {
    const closed = await temporaryDirectory();
    const data = path.join(closed, 'data');
    await mkdir(path.join(data, 'postgres'), { recursive: true });
    await chown(path.join(data, 'postgres'), NOBODY, NOBODY);
    await expect(opened(data)).rejects.toMatchObject({
      code: 'BLOCKED_DIRECTORY',
      message: expect.stringContaining(closed),
      remedy: expect.stringContaining(`chmod o+x ${closed}`),
    });
  });

  it('enters the closed directory of another user', async () => {
    const home = await temporaryDirectory();
    await chown(home, NOBODY, NOBODY);
    expect(await one(await opened(path.join(home, 'data')), 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('copies the programs beside the data when the package is closed to that user', async () => {
    const found = await bareBinaries();
    const runtime = path.join(await temporaryDirectory(), 'runtime');
    await chmod(path.dirname(runtime), 0o711);
    const usable = await usableBinaries(found, { kind: 'drop', uid: NOBODY, gid: NOBODY }, runtime);
    expect(usable.native).toBe(path.join(runtime, found.version));
  });
});

describe('the package of the programs', () => {
  it('gets its library links, which npm does not bring', async () => {
    const found = await bareBinaries();
    expect(await usableBinaries(found, { kind: 'self' }, '/nowhere')).toEqual(found);
    expect((await lstat(path.join(found.native, 'lib', 'libicui18n.so.60'))).isSymbolicLink()).toBe(true);
  });

  it.skipIf(isRoot)('is copied beside the data when it is read-only', async () => {
    const found = await bareBinaries();
    await chmod(path.join(found.native, 'lib'), 0o555);
    const runtime = path.join(await temporaryDirectory(), 'runtime');
    expect(await usableBinaries(found, { kind: 'self' }, runtime)).toEqual({
      native: path.join(runtime, found.version),
      version: found.version,
    });
    await chmod(path.join(found.native, 'lib'), 0o755);
  });

  it("is refused with the system's own words when it cannot run here", async () => {
    const found = await bareBinaries();
    await rm(path.join(found.native, 'lib', 'libssl.so.1.1'));
    const runtime = path.join(await temporaryDirectory(), 'runtime');
    await expect(usableBinaries(found, { kind: 'self' }, runtime)).rejects.toMatchObject({
      code: 'BINARIES_UNUSABLE',
      message: expect.stringContaining('libssl'),
      remedy: expect.stringContaining('DATABASE_URL'),
    });
  });
});

describe('the identities root may take', () => {
  const all = [
    { name: 'root', uid: 0, gid: 0 },
    { name: 'nobody', uid: NOBODY, gid: NOBODY },
    { name: 'postgres', uid: 70, gid: 70 },
    { name: 'member', uid: 1000, gid: 1000 },
  ];
  const drop = (uid: number) => ({ kind: 'drop', uid, gid: uid });

  it.runIf(process.platform === 'linux').each([
    {
      name: 'a namespace first, then the usual users',
      owner: undefined,
      closedBy: [],
      expected: [{ kind: 'namespace', uid: NOBODY, gid: NOBODY }, drop(70), drop(NOBODY)],
    },
    {
      name: 'the owner of a closed directory before the usual users',
      owner: 0,
      closedBy: [1000],
      expected: [{ kind: 'namespace', uid: NOBODY, gid: NOBODY }, drop(1000), drop(70), drop(NOBODY)],
    },
    { name: 'only the owner of existing files', owner: 70, closedBy: [1000], expected: [drop(70)] },
    { name: 'none when that owner is unknown to the system', owner: 4711, closedBy: [], expected: [] },
  ])('are $name', ({ owner, closedBy, expected }) => {
    expect(rootCandidates(all, owner, closedBy)).toEqual(expected);
  });
});
