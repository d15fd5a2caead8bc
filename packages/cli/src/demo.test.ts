import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (...args: string[]) => aimwell(args, { AIMWELL_DATA: folder, AIMWELL_DEMO_PASSWORD: 'a lamp beside nine rivers' });
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-demo-'));
});
afterAll(() => removeFolder(folder));

it('loads the demonstration once, plainly marked, with accounts for every role', async () => {
  const begun = performance.now();
  const first = await run('demo', 'load', '--json');
  expect(first.code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(60_000);
  const told = JSON.parse(first.out) as { loaded: boolean; password: string; accounts: { role: string }[] };
  expect(told).toMatchObject({ loaded: true, password: 'a lamp beside nine rivers', organisation: { slug: 'techserve' } });
  expect(told.accounts).toHaveLength(10);
  expect(JSON.parse((await run('org', 'show', 'techserve', '--json')).out)).toMatchObject({ demo: true });
  const again = await run('demo', 'load', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ loaded: false, password: null, accounts: [] });
});

it('shows a management system under way: much judged, much met, findings with their records', async () => {
  const view = JSON.parse((await run('check', '--org', 'techserve', '--format', 'json')).out) as ConformityView;
  expect(view.coverage.met).toBeGreaterThan(20);
  // The risk found after the plan, the log that failed its test, the policy that is late.
  expect(view.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R027', 'R033', 'R045']));
  expect(view.findings.every(({ severity }) => severity !== 'major')).toBe(true);
});

it('dates each decision as it happened, in months that have passed', async () => {
  const { rows } = JSON.parse((await run('export', 'soa-versions', '--org', 'techserve', '--format', 'json')).out) as {
    rows: { state: string; approvedOn: string | null }[];
  };
  expect(rows.map(({ state }) => state)).toEqual(['approved', 'draft']);
  const thisMonth = new Date().toISOString().slice(0, 7);
  expect((rows[0]?.approvedOn ?? '9').slice(0, 7) < thisMonth).toBe(true);
});

it('prints the Statement of Applicability as PDF', async () => {
  const file = path.join(folder, 'soa.pdf');
  expect(await run('report', 'soa', '--org', 'techserve', '-o', file)).toMatchObject({ code: 0 });
  expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
});
