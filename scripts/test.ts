import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './chromium.ts';

/**
 * `npm test`: checks, core, server on a real PostgreSQL, journeys in a real Chromium. Ends with the line
 * "N passed, N failed" (and ", N skipped"). Arguments go to the test runner and leave the checks out.
 */
const root = new URL('../', import.meta.url).pathname;
const say = (line: string) => process.stdout.write(`${line}\n`);

const run = (script: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

const chosen = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'aimwell-results-'));
const file = path.join(folder, 'results.json');
let passed = 0;
let failed = 0;
let skipped = 0;

if (chosen.length === 0) {
  if ((await run(['scripts/check.ts'])) === 0) passed += 1;
  else failed += 1;
}
const needsBrowser = chosen.length === 0 || chosen.some((one) => one.includes('journey'));
const chromium = needsBrowser ? await findChromium(say) : '';
if (needsBrowser && (await run(['node_modules/vite/bin/vite.js', 'build', 'packages/web', '--logLevel', 'warn'])) !== 0) failed += 1;
const code = await run(
  ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile=${file}`, ...chosen],
  { ...process.env, CHROMIUM_PATH: chromium, NO_COLOR: '1' },
);
try {
  const results = JSON.parse(await readFile(file, 'utf8')) as Results;
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  skipped += results.numPendingTests;
  // A file that could not even be read has no failed test to count.
  if (results.numFailedTests === 0 && (!results.success || code !== 0)) failed += Math.max(1, results.numFailedTestSuites);
} catch {
  failed += 1;
}
await rm(folder, { recursive: true, force: true });
say(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 ? 0 : 1;
