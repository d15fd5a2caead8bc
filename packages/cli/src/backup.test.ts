import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp, openHouse } from '@aimwell/server/compose';
import { readConfig } from '@aimwell/server/platform/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const at = (name: string) => path.join(folder, name);
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  aimwell(args, { AIMWELL_DATA: at('data'), ...env });
const password = 'a lamp beside nine rivers';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-backup-'));
  expect(await run(['demo', 'load'], { AIMWELL_DEMO_PASSWORD: password })).toMatchObject({ code: 0 });
  expect(await run(['backup', '-o', at('demo.backup')])).toMatchObject({ code: 0 });
});
afterAll(() => removeFolder(folder));

describe('backup', () => {
  it('says loudly that an unsealed one holds the keys, and nothing of it when sealed', async () => {
    const plain = await run(['backup', '-o', at('plain.backup'), '--json']);
    expect(JSON.parse(plain.out)).toMatchObject({ sealed: false, leftOut: [] });
    expect(plain.err).toMatch(/not sealed: whoever reads it/);
    const sealed = await run(['backup', '-o', at('sealed.backup')], { AIMWELL_BACKUP_PASSPHRASE: 'seven rivers beside a lamp' });
    expect(sealed.out).not.toMatch(/not sealed/);
    expect((await readFile(at('sealed.backup'))).includes('techserve')).toBe(false);
    expect((await readFile(at('plain.backup'))).includes('techserve')).toBe(true);
    expect((await stat(at('plain.backup'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a short passphrase, and to keep some of a file', async () => {
    expect(await run(['backup', '-o', at('x.backup')], { AIMWELL_BACKUP_PASSPHRASE: 'short' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('at least 12'),
    });
    expect(await run(['backup', '-o', at('x.backup'), '--keep', '2'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name a folder'),
    });
  });

  it('keeps so many of the newest in a folder, and touches nothing else there', async () => {
    await run(['backup', '-o', at('kept/')]);
    for (const name of ['aimwell-20250101T000000Z.backup', 'aimwell-20250102T000000Z.backup', 'mine.backup'])
      await writeFile(at(`kept/${name}`), '');
    const ran = await run(['backup', '-o', at('kept/'), '--keep', '2', '--json']);
    expect((JSON.parse(ran.out) as { removed: string[] }).removed).toContain('aimwell-20250101T000000Z.backup');
    const names = await readdir(at('kept'));
    expect(names).toContain('mine.backup');
    expect(names.filter((name) => name.startsWith('aimwell-'))).toHaveLength(2);
  });
});

describe('restore', () => {
  it('checks a backup without writing anything', async () => {
    expect(await run(['restore', at('demo.backup'), '--verify-only', '--into', at('nowhere')])).toMatchObject({
      code: 0,
      out: expect.stringContaining('The backup is whole'),
    });
    await expect(stat(at('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await run(['restore', at('absent.backup'), '--verify-only'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name a file'),
    });
    await writeFile(at('other'), 'something else');
    expect(await run(['restore', at('other'), '--verify-only'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^This file is no backup/),
    });
  });

  it('refuses a folder that is in use or holds something, and moves that aside when told to', async () => {
    expect(await run(['restore', at('demo.backup')])).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
    const ran = await run(['restore', at('demo.backup'), '--force']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/Restored and verified.*no longer prefixes/s) });
    expect((await readdir(folder)).filter((name) => name.startsWith('data.before-restore-'))).toHaveLength(1);
    const marks = await readdir(at('data'));
    expect(marks).toContain('restored.json');
    expect(marks).not.toContain('restore-unfinished.json');
  });

  it('gives a house into which people sign in', async () => {
    expect(await run(['restore', at('demo.backup'), '--into', at('other-data')])).toMatchObject({ code: 0 });
    const house = await openHouse(readConfig({ AIMWELL_DATA: at('other-data') }));
    const app = await buildApp(house);
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { origin: house.config.publicUrl },
      payload: { email: 'aims-manager@techserve.example', password },
    });
    expect(answer.statusCode).toBe(200);
    await app.close();
    await house.close();
  });

  it('killed in the middle, leaves nothing that starts, and can be repeated', async () => {
    const into = at('killed');
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../bin/aimwell.js', import.meta.url)), 'restore', at('demo.backup'), '--into', into],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const gone = new Promise((resolve) => child.on('close', resolve));
    for await (const line of child.stderr) if (String(line).includes('Loading')) break;
    child.kill('SIGKILL');
    await gone;
    const start = await run(['start', '--no-web'], { AIMWELL_DATA: into, PORT: '5204' });
    expect(start).toMatchObject({
      code: 2,
      err: expect.stringMatching(/was begun and not found good\. Run npx aimwell restore again with --force/),
    });
    expect(await run(['org', 'create', 'Acme'], { AIMWELL_DATA: into })).toMatchObject({ code: 2 });
    expect(await run(['restore', at('demo.backup'), '--into', into])).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
    expect(await run(['restore', at('demo.backup'), '--into', into, '--force'])).toMatchObject({ code: 0 });
    expect(await run(['verify', '--live', '--org', 'techserve'], { AIMWELL_DATA: into })).toMatchObject({ code: 0 });
  });
});
