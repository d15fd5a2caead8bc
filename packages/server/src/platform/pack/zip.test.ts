import { mkdtemp, open, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpool } from './spool.ts';
import { centralHeader, endRecords, localHeader, type ZipEntry } from './zip-format.ts';
import { openZip } from './zip-reader.ts';
import { createZip } from './zip-writer.ts';
import { removeFolder } from '../testing/folder.ts';

let folder = '';
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-zip-'));
});
afterAll(() => removeFolder(folder));

const at = new Date('2026-03-31T12:00:00Z');
const next = () => path.join(folder, `${(made += 1)}`);

const zipOf = async (parts: readonly (readonly [string, Buffer])[]): Promise<string> => {
  const file = next();
  const output = await open(file, 'w');
  const spool = await openSpool(next());
  const zip = createZip((bytes) => output.appendFile(bytes), spool, at);
  for (const [name, content] of parts) await zip.add(name, content);
  await zip.finish();
  await Promise.all([output.close(), spool.close()]);
  return file;
};
const readAll = async (file: string): Promise<Record<string, string>> => {
  const zip = await openZip(file);
  const found: Record<string, string> = {};
  for (const part of zip.parts.values()) found[part.path] = (await zip.read(part)).toString();
  await zip.close();
  return found;
};

it('reads what it writes, beyond the 65,535 parts of a plain archive too', async () => {
  expect(
    await readAll(
      await zipOf([
        ['a/b.txt', Buffer.from('one')],
        ['c', Buffer.alloc(0)],
      ]),
    ),
  ).toEqual({ 'a/b.txt': 'one', c: '' });
  expect(await readAll(await zipOf([]))).toEqual({});
  const many = Array.from({ length: 66_000 }, (_, index): [string, Buffer] => [`p/${index}`, Buffer.from(String(index))]);
  const found = await readAll(await zipOf(many));
  expect(Object.keys(found)).toHaveLength(66_000);
  expect(found['p/65999']).toBe('65999');
}, 60_000);

it('writes sizes and places beyond 4 GB into the extra field', () => {
  const entry: ZipEntry = { name: 'large', crc32: 1, size: 5_000_000_000, offset: 6_000_000_000 };
  const header = centralHeader(entry, at, 0o644);
  const extra = header.subarray(46 + 5);
  expect([extra.readBigUInt64LE(4), extra.readBigUInt64LE(12), extra.readBigUInt64LE(20)]).toEqual([
    5_000_000_000n,
    5_000_000_000n,
    6_000_000_000n,
  ]);
  expect(localHeader(entry, at).readBigUInt64LE(30 + 5 + 4)).toBe(5_000_000_000n);
});

/** An archive put together by hand, part by part, as somebody else could. */
const forged = async (
  parts: readonly { local: string; central?: string; content: Buffer; method?: number; size?: number; gap?: Buffer }[],
): Promise<string> => {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { local, central = local, content, method = 0, size = content.length, gap = Buffer.alloc(0) } of parts) {
    const known = { crc32: crc32(content), size };
    const [head, line] = [
      localHeader({ name: local, ...known }, at),
      centralHeader({ name: central, ...known, offset: offset + gap.length }, at, 0o644),
    ];
    head.writeUInt16LE(method, 8);
    line.writeUInt16LE(method, 10);
    bodies.push(gap, head, content);
    directory.push(line);
    offset += gap.length + head.length + content.length;
  }
  const lines = Buffer.concat(directory);
  const file = next();
  await writeFile(file, Buffer.concat([...bodies, lines, endRecords(parts.length, lines.length, offset)]));
  return file;
};

describe('an archive made to do harm', () => {
  const content = Buffer.from('content');
  it.each<[string, Parameters<typeof forged>[0], RegExp]>([
    ['a path that leads out', [{ local: '../evil', content }], /a path that a pack may hold/],
    ['a path from the root', [{ local: '/etc/passwd', content }], /a path that a pack may hold/],
    ['a path with a backslash', [{ local: 'a\\b', content }], /a path that a pack may hold/],
    ['a hidden file', [{ local: 'a/.b', content }], /a path that a pack may hold/],
    [
      'the same path twice',
      [
        { local: 'a', content },
        { local: 'a', content },
      ],
      /a twice/,
    ],
    ['another name before the content', [{ local: 'b', central: 'a', content }], /calls itself something else/],
    ['compressed content', [{ local: 'a', content: deflateRawSync(Buffer.alloc(1_000_000)), method: 8 }], /stored as it is/],
    ['more content than there is', [{ local: 'a', content, size: 5_000_000 }], /cut off/],
    [
      'bytes between the parts',
      [
        { local: 'a', content },
        { local: 'b', content, gap: Buffer.from('hidden') },
      ],
      /where the part before it ends/,
    ],
  ])('with %s is refused', async (_name, parts, says) => {
    await expect(openZip(await forged(parts))).rejects.toThrow(says);
  });

  it('is refused when it is cut off, or has something behind its end', async () => {
    const whole = await forged([{ local: 'a', content }]);
    const bytes = await readFile(whole);
    for (const altered of [
      bytes.subarray(0, -1),
      bytes.subarray(20),
      Buffer.concat([bytes, Buffer.from('x')]),
      Buffer.from('PK'),
      Buffer.alloc(0),
    ]) {
      const file = next();
      await writeFile(file, altered);
      await expect(openZip(file)).rejects.toThrow(/expected/);
    }
    expect(await readAll(whole)).toEqual({ a: 'content' });
  });
});
