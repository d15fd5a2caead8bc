import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (...args: string[]): Promise<Ran> => aimwell(args, { AIMWELL_DATA: path.join(folder, 'data') });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-verify-'));
  expect((await run('org', 'create', 'Acme', '--slug', 'acme')).code).toBe(0);
});
afterAll(() => removeFolder(folder));

it('says what verifies, what is not anchored, and what cannot be known', async () => {
  const ran = await run('verify', '--live', '--org', 'acme');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^Acme: verifies\.\n0 entries under 0 checkpoints, [1-9]\d* not anchored;/);
  expect(ran.out).toContain('name a key from elsewhere with --key');
  expect(ran.out).toContain('name one with --against');
});

it('takes the key from a file, also several, and ends with 2 and one sentence where there is none in it', async () => {
  const [first, second, none] = ['first.pem', 'second.pem', 'none.pem'].map((name) => path.join(folder, name)) as [string, string, string];
  for (const file of [first, second]) {
    const rotated = await run('rotate-log-key');
    expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n$/) });
    await writeFile(file, rotated.out);
  }
  await writeFile(none, 'nothing');
  const found = await run('verify', '--live', '--org', 'acme', '--key', first, second, '--json');
  expect(JSON.parse(found.out)).toMatchObject({ faults: [], keyFromOutside: true, against: null });
  expect(await run('verify', '--live', '--org', 'acme', '--key', none)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/holds no Ed25519 public key/),
  });
  expect(await run('verify', '--org', 'acme')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/[Aa]dd --live/) });
});

it('ends with 2 where a file holds no checkpoint: nothing was held against anything', async () => {
  const file = path.join(folder, 'other.checkpoint');
  await writeFile(file, 'nothing');
  expect(await run('verify', '--live', '--org', 'acme', '--against', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds no checkpoint: expected an empty line between text and signatures'),
  });
});

it('ends with 1 where a checkpoint does not fit', async () => {
  const file = path.join(folder, 'stranger.checkpoint');
  await writeFile(file, `aimwell/log\n2\n${Buffer.alloc(32).toString('base64')}\n\n— aimwell/log ${Buffer.alloc(68).toString('base64')}\n`);
  const ran = await run('verify', '--live', '--org', 'acme', '--against', file);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('The checkpoint held:');
});

it('takes all organisations when none is named, one after the other', async () => {
  expect((await run('org', 'create', 'Second', '--slug', 'second')).code).toBe(0);
  const listed = await run('org', 'list', '--json');
  expect((JSON.parse(listed.out) as { slug: string }[]).map(({ slug }) => slug)).toEqual(['acme', 'second']);
  expect((await run('org', 'list')).out).toMatch(/^acme +[0-9a-f-]{36} +Acme\nsecond +[0-9a-f-]{36} +Second\n$/);
  const ran = await run('verify', '--live');
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^Acme: verifies\.\n[^]*^Second: verifies\.\n[^]*^Installation: verifies\.\n/m);
  const found = JSON.parse((await run('verify', '--live', '--json')).out) as { organisation: { slug: string }; faults: unknown[] }[];
  expect(found.map(({ organisation, faults }) => [organisation.slug, faults])).toEqual([
    ['acme', []],
    ['second', []],
    ['installation', []],
  ]);
  expect(await run('verify', '--live', '--org', 'Installation')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Installation: verifies\.\n/),
  });
  const file = path.join(folder, 'any.checkpoint');
  await writeFile(file, 'nothing');
  expect(await run('verify', '--live', '--against', file)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/belongs to one organisation/),
  });
});
