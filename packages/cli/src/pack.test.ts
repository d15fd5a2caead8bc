import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openZip } from '@aimwell/server/platform/pack/zip-reader';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (...args: string[]): Promise<Ran> => aimwell(args, { AIMWELL_DATA: path.join(folder, 'data') });
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-pack-command-'));
  expect((await run('org', 'create', 'Acme', '--slug', 'acme')).code).toBe(0);
  // The key that an auditor was given, by another way than the pack.
  const rotated = await run('rotate-log-key');
  await writeFile(at('key.pem'), rotated.out);
}, 60_000);
afterAll(() => removeFolder(folder));

it('makes a pack without a server, and verifies it with the key from elsewhere', async () => {
  const made = await run('pack', '--org', 'acme', '-o', at('first.zip'), '--json');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(made.out)).toMatchObject({ file: at('first.zip'), scope: 'all', timeStamped: false });
  const verified = await run('verify', at('first.zip'), '--key', at('key.pem'));
  expect(verified).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/first.zip: verifies\.\n\d+ entries proven under a checkpoint of \d+/),
  });
  expect(verified.out).toContain('name one with --against');
  expect(await run('verify', at('first.zip'))).toMatchObject({
    code: 2,
    out: expect.stringContaining('unanchored, since no key was given'),
  });
}, 60_000);

it('holds a later pack against the checkpoint of an earlier one, and says where it does not begin with it', async () => {
  const first = await openZip(at('first.zip'));
  const part = first.parts.get('checkpoint');
  if (part === undefined) throw new Error('expected a checkpoint');
  await writeFile(at('first.checkpoint'), await first.read(part));
  await first.close();
  expect((await run('pack', '--org', 'acme', '-o', at('second.zip'))).code).toBe(0);
  const agreed = await run('verify', at('second.zip'), '--key', at('key.pem'), '--against', at('first.checkpoint'));
  expect(agreed).toMatchObject({
    code: 0,
    out: expect.stringMatching(/The log begins with the \d+ entries that the older checkpoint signs/),
  });
  const other = await aimwell(['org', 'create', 'Acme', '--slug', 'acme'], { AIMWELL_DATA: at('other') });
  expect(other.code).toBe(0);
  expect((await aimwell(['pack', '--org', 'acme', '-o', at('other.zip')], { AIMWELL_DATA: at('other') })).code).toBe(0);
  const differing = await run('verify', at('other.zip'), '--key', at('key.pem'), '--against', at('first.checkpoint'));
  expect(differing).toMatchObject({
    code: 1,
    out: expect.stringMatching(/The checkpoint: expected a signature[\s\S]*older checkpoint is of another log/),
  });
}, 90_000);

it('refuses what it cannot pack or verify, in one sentence', async () => {
  expect(await run('pack', '--org', 'acme', '--scope', 'audit:AUD-0001', '-o', at('none.zip'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no register of audits yet'),
  });
  expect(await run('pack', '--org', 'acme', '--scope', 'soa', '-o', at('none.zip'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no Statement of Applicability'),
  });
  await writeFile(at('text.zip'), 'this is a text and not an archive of any kind');
  expect(await run('verify', at('text.zip'), '--key', at('key.pem'))).toMatchObject({
    code: 1,
    out: expect.stringContaining('expected a ZIP archive'),
  });
  expect(await run('verify', at('missing.zip'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('Name a file or folder that exists'),
  });
}, 60_000);
