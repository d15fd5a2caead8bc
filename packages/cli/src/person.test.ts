import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (args: readonly string[], input?: string): Promise<Ran> => aimwell(args, { AIMWELL_DATA: folder }, input);
const erase = (...more: string[]) => run(['person', 'erase', 'PER-0001', '--org', 'acme', ...more]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-person-'));
  await run(['org', 'create', 'Acme', '--slug', 'acme']);
  const made = await run(
    [
      'user',
      'create',
      '--org',
      'acme',
      '--email',
      'aims@acme.example',
      '--name',
      'AIMS manager',
      '--role',
      'administrator',
      '--password-stdin',
    ],
    'kettle orbit walnut\n',
  );
  expect(made.code).toBe(0);
});
afterAll(() => removeFolder(folder));

it('says what would go and what stands against it, with exit code 1', async () => {
  const seen = await erase('--preview');
  expect(seen.code).toBe(1);
  expect(seen.out).toMatch(/^PER-0001 AIMS manager\nGoes: \d+ payloads/);
  expect(seen.out).toMatch(/Stands against it: expected a person without access, got the only administrator\. Make somebody else/);
});

it('erases nobody without a reason, nor against what stands against it', async () => {
  expect(await erase()).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^No reason/) });
  expect(await erase('--reason', 'Asked for')).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/the only administrator/) });
  const nobody = await run(['person', 'erase', 'PER-0999', '--org', 'acme', '--reason', 'Asked for']);
  expect(nobody).toMatchObject({ code: 2, err: expect.stringMatching(/^Nobody here is called PER-0999/) });
});

it('erases, writes the ledger, and the second time does nothing', async () => {
  const table = path.join(folder, 'people.csv');
  await writeFile(table, 'Name,E-mail\nFormer tester,tester@acme.example\n');
  expect((await run(['import', 'people', table, '--org', 'acme'])).code).toBe(0);
  const args = ['person', 'erase', 'PER-0002', '--org', 'acme', '--reason', 'Asked for'];
  expect(await run(args)).toMatchObject({ code: 0, out: expect.stringMatching(/^Erased: \d+ payloads? emptied/) });
  expect((await readFile(path.join(folder, 'erasures.jsonl'), 'utf8')).split('\n')).toHaveLength(2);
  expect(await run(args)).toMatchObject({ code: 0, out: expect.stringMatching(/^Erased on \d{4}-\d\d-\d\d already; nothing was done/) });
  expect((await run(['export', 'people', '--org', 'acme', '--format', 'csv', '-o', path.join(folder, 'out.csv')])).code).toBe(0);
  expect(await readFile(path.join(folder, 'out.csv'), 'utf8')).not.toMatch(/tester/);
});
