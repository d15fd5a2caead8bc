import { hash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBehind } from './write-behind.ts';
import { removeFolder } from '../testing/folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-write-'));
});
afterAll(() => removeFolder(folder));

const bytes = Buffer.concat(Array.from({ length: 120_000 }, (_, index) => hash('sha256', String(index), 'buffer')));

const written = async (size: number, change: (handle: FileHandle) => FileHandle = (handle) => handle) => {
  const file = path.join(folder, `of-${size}`);
  const handle = await open(file, 'w');
  try {
    const writer = writeBehind(change(handle));
    for (let at = 0; at < bytes.length; at += size) await writer.add(bytes.subarray(at, at + size));
    await writer.end();
  } finally {
    await handle.close();
  }
  return readFile(file);
};

it.each([997, 65_536, 1_048_576, 5_000_000])('writes what it was given, in pieces of %i bytes', async (size) => {
  expect((await written(size)).equals(bytes)).toBe(true);
});

it('goes on where a disk took fewer bytes than it was given', async () => {
  const sparing = (handle: FileHandle) =>
    ({
      writev: (chunks: Uint8Array[]) => handle.writev([(chunks[0] ?? new Uint8Array()).subarray(0, 40_001)]),
      sync: () => handle.sync(),
      datasync: () => handle.datasync(),
    }) as unknown as FileHandle;
  expect((await written(65_000, sparing)).equals(bytes)).toBe(true);
});

it.each(['writev', 'sync'] as const)('tells when %s fails, instead of calling it written', async (name) => {
  const failing = (handle: FileHandle) =>
    ({
      writev: (chunks: Uint8Array[]) => handle.writev(chunks),
      sync: () => handle.sync(),
      datasync: () => handle.datasync(),
      [name]: () => Promise.reject(new Error('no space')),
    }) as unknown as FileHandle;
  await expect(written(65_536, failing)).rejects.toThrow('no space');
});

it('ends with an empty file when nothing came', async () => {
  const file = path.join(folder, 'empty');
  const handle = await open(file, 'w');
  await writeBehind(handle).end();
  await handle.close();
  expect((await readFile(file)).length).toBe(0);
});
