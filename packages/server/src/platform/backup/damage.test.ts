import { mkdtemp, open, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackupError } from './errors.ts';
import { CHUNK, createFrameWriter, openFrames } from './frames.ts';
import { inspectBackup } from './reading.ts';
import { createAnchoredHouse, createTarget, take } from './testing/house.ts';
import { removeFolder } from '../testing/folder.ts';

const passphrase = 'seven rivers beside a lamp';
const seed = Number(process.env['AIMWELL_SEED'] ?? Date.now() % 1_000_000);

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
const createRandom = (from: number) => {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

let folder: string;
let built: Awaited<ReturnType<typeof createAnchoredHouse>>;
const place = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-damage-'));
  built = await createAnchoredHouse();
  await take(built.house, place('plain'));
  await take(built.house, place('sealed'), { passphrase });
});
afterAll(async () => {
  await built.close();
  await removeFolder(folder);
});

const inspect = async (bytes: Uint8Array, secret: string | null): Promise<unknown> => {
  await writeFile(place('damaged'), bytes);
  return inspectBackup({ file: place('damaged'), passphrase: secret }).catch((error: unknown) => error);
};

const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe(`one bit flipped (seed ${seed})`, () => {
  it('is found at 200 random places', async () => {
    const good = await readFile(place('plain'));
    expect(await inspect(good, null)).not.toBeInstanceOf(Error);
    const random = createRandom(seed);
    for (let n = 0; n < 200; n += 1) {
      const bit = Math.floor(random() * good.length * 8);
      expect(await inspect(flipped(good, bit), null), `bit ${bit}`).toBeInstanceOf(BackupError);
    }
  });

  it('is found in a sealed backup', async () => {
    const good = await readFile(place('sealed'));
    expect(await inspect(good, passphrase)).not.toBeInstanceOf(Error);
    const random = createRandom(seed + 1);
    for (let n = 0; n < 10; n += 1) {
      const bit = Math.floor(random() * good.length * 8);
      expect(await inspect(flipped(good, bit), passphrase), `bit ${bit}`).toBeInstanceOf(BackupError);
    }
  });

  it('keeps a restore from writing anything', async () => {
    const good = await readFile(place('plain'));
    const random = createRandom(seed + 2);
    const target = await createTarget(built.house.config);
    for (let n = 0; n < 5; n += 1) {
      await writeFile(place('damaged'), flipped(good, Math.floor(random() * good.length * 8)));
      await expect(target.restore(place('damaged'))).rejects.toBeInstanceOf(BackupError);
      await expect(stat(target.config.dataDirectory)).rejects.toMatchObject({ code: 'ENOENT' });
    }
    // The place is as empty as before: the good one goes in.
    expect((await target.restore(place('plain'))).faults).toEqual([]);
    await target.drop();
  });
});

describe('a backup that is not whole', () => {
  it.each([{ name: 'plain' }, { name: 'sealed' }])('is refused wherever it ends ($name)', async ({ name }) => {
    const good = await readFile(place(name));
    const secret = name === 'sealed' ? passphrase : null;
    for (const length of [0, 10, good.indexOf(0x0a) + 1, Math.floor(good.length / 2), good.length - 32, good.length - 1])
      expect(await inspect(good.subarray(0, length), secret), `${length} bytes`).toBeInstanceOf(BackupError);
    expect(await inspect(Buffer.concat([good, Buffer.from('\0')]), secret)).toMatchObject({ code: 'DAMAGED' });
  });

  it('says which passphrase it needs, and that another is not the one', async () => {
    await expect(inspectBackup({ file: place('sealed'), passphrase: null })).rejects.toMatchObject({ code: 'PASSPHRASE_MISSING' });
    await expect(inspectBackup({ file: place('sealed'), passphrase: 'another one altogether' })).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });

  it('is told apart from a format to come, and from what is no backup', async () => {
    const good = await readFile(place('plain'), 'latin1');
    expect(await inspect(Buffer.from(good.replace('"version":1', '"version":2'), 'latin1'), null)).toMatchObject({ code: 'NEWER' });
    expect(await inspect(Buffer.from('PK\u0003\u0004 a zip'), null)).toMatchObject({ code: 'NOT_A_BACKUP' });
  });
});

describe.each([{ secret: null }, { secret: passphrase }])('the chunks of a file, passphrase $secret', ({ secret }) => {
  const write = async (id: string, length = 1000) => {
    const handle = await open(place('frames'), 'w');
    const writer = await createFrameWriter(handle, id, secret);
    const starts: number[] = [];
    for (const [index, letter] of ['a', 'b', 'c'].entries()) {
      starts.push(writer.size());
      await writer.write('D', Buffer.alloc(length, letter), index === 2);
    }
    await handle.close();
    return { bytes: await readFile(place('frames')), starts };
  };
  const read = async (bytes: Uint8Array): Promise<unknown> => {
    await writeFile(place('frames'), bytes);
    const handle = await open(place('frames'));
    try {
      const seen: string[] = [];
      for await (const { data } of (await openFrames(handle, secret)).frames()) seen.push(data.toString('latin1', 0, 1));
      return seen;
    } catch (error) {
      return error;
    } finally {
      await handle.close();
    }
  };

  it('can be neither swapped nor left out, nor taken from another backup', async () => {
    const { bytes, starts } = await write('one');
    const [a = 0, b = 0, c = 0] = starts;
    const [head, first, second, rest] = [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b, c), bytes.subarray(c)];
    expect(await read(Buffer.concat([head, first, second, rest]))).toEqual(['a', 'b', 'c']);
    expect(await read(Buffer.concat([head, second, first, rest]))).toBeInstanceOf(BackupError);
    expect(await read(Buffer.concat([head, first, rest]))).toBeInstanceOf(BackupError);
    expect(await read(Buffer.concat([head, first, first, second, rest]))).toBeInstanceOf(BackupError);
    const other = await write('two');
    expect(await read(Buffer.concat([head, other.bytes.subarray(a, b), second, rest]))).toBeInstanceOf(BackupError);
  });

  it.skipIf(secret !== null)('are bound in every bit: first line, lengths, sums, contents and end', async () => {
    const { bytes } = await write('one', 10);
    expect(await read(bytes)).toEqual(['a', 'b', 'c']);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) expect(await read(flipped(bytes, bit)), `bit ${bit}`).toBeInstanceOf(BackupError);
  });

  it('may not ask for more memory than a chunk needs', async () => {
    const { bytes, starts } = await write('one');
    bytes.writeUInt32BE(CHUNK * 17, starts[0] ?? 0);
    expect(await read(bytes)).toMatchObject({ code: 'DAMAGED', message: expect.stringContaining('length') });
  });
});
