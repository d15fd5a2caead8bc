import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (args: readonly string[]): Promise<Ran> => aimwell(args, { AIMWELL_DATA: path.join(folder, 'data') });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-as-of-'));
  expect(await run(['org', 'create', 'Acme', '--slug', 'acme'])).toMatchObject({ code: 0 });
  await writeFile(path.join(folder, 'systems.csv'), 'Name\nTriage Assistant\n');
  expect(await run(['import', 'systems', path.join(folder, 'systems.csv'), '--org', 'acme'])).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => removeFolder(folder));

it('exports, checks and prints what stood there before anything was recorded: nothing', async () => {
  const file = path.join(folder, 'then.csv');
  expect(await run(['export', 'systems', '--org', 'acme', '--as-of', '2026-01-31', '-o', file])).toMatchObject({ code: 0 });
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  expect((await run(['export', 'systems', '--org', 'acme'])).out).toContain('Triage Assistant');
  const checked = await run(['check', '--org', 'acme', '--as-of', '2026-01-31', '--json']);
  expect(JSON.parse(checked.out)).toMatchObject({ judgedOn: '2026-01-31' });
  const printed = await run(['report', 'scope', '--org', 'acme', '--as-of', '2026-01-31', '-o', path.join(folder, 'x.pdf')]);
  expect(printed.code).not.toBe(0);
  expect(printed.err).toMatch(/draft/);
});

it.each(['2999-01-01', 'yesterday', '2026-02-30'])('says what is wrong with %s and writes nothing', async (moment) => {
  for (const args of [['export', 'systems'], ['check'], ['report', 'risk-register', '-o', path.join(folder, 'no.pdf')]]) {
    const ran = await run([...args, '--org', 'acme', '--as-of', moment]);
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain(`got ${moment}`);
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ran.out).toBe('');
  }
});
