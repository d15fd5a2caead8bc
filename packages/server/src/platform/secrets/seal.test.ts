import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSealer } from './seal.ts';
import { removeFolder } from '../testing/folder.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'aimwell-seal-'));
});
afterAll(() => removeFolder(directory));

it('opens what it sealed, here and on a server beside it that began at the same moment', async () => {
  const keys = path.join(directory, 'keys');
  const servers = Array.from({ length: 8 }, () => createSealer(keys));
  const sealed = await Promise.all(servers.map((one, n) => one.seal(`secret ${n}`, 'webhook of acme')));
  for (const [n, text] of sealed.entries()) {
    expect(text).not.toContain('secret');
    for (const one of servers) expect(await one.open(text, 'webhook of acme')).toBe(`secret ${n}`);
  }
  expect(await readdir(keys)).toEqual(['sealing.key']);
  expect((await stat(path.join(keys, 'sealing.key'))).mode & 0o777).toBe(0o600);
});

it('opens nothing for another purpose, with another key, or after a change', async () => {
  const sealer = createSealer(path.join(directory, 'keys'));
  const sealed = await sealer.seal('secret', 'webhook of acme');
  await expect(sealer.open(sealed, 'webhook of theirs')).rejects.toThrow('set it anew');
  await expect(createSealer(path.join(directory, 'other')).open(sealed, 'webhook of acme')).rejects.toThrow('set it anew');
  // In the middle: the last character may hold bits that no byte takes.
  const middle = sealed.length >> 1;
  const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
  await expect(sealer.open(changed, 'webhook of acme')).rejects.toThrow('set it anew');
  await expect(sealer.open('', 'webhook of acme')).rejects.toThrow('set it anew');
});
