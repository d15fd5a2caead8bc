import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * `npm run check`: types, lint, format, architecture, dead code, side by side. Every check runs even when one fails, so that
 * one look shows everything. Exit code 1 when any fails.
 */
const run = promisify(execFile);
const bin = (name: string) => new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;

interface Check {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly wrong?: (output: string) => string | null;
}

const checks: readonly Check[] = [
  {
    name: 'types',
    command: 'tsc',
    arguments: ['-b', 'packages/core', 'packages/contract', 'packages/server', 'packages/web', 'packages/cli'],
  },
  { name: 'types of tests and scripts', command: 'tsc', arguments: ['-p', 'tsconfig.json'] },
  { name: 'lint', command: 'oxlint', arguments: ['--deny-warnings', '.'] },
  { name: 'format', command: 'oxfmt', arguments: ['--check', 'packages', 'journeys', 'benchmarks', 'scripts'] },
  {
    name: 'architecture',
    command: 'depcruise',
    arguments: [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'packages/core/src',
      'packages/contract/src',
      'packages/server/src',
      'packages/web/src',
      'packages/cli/src',
    ],
    // With the wrong compiler beside it the tool passes after reading nothing, so the number of modules is part of the answer.
    wrong: (output) =>
      Number(/\((\d+) modules/.exec(output)?.[1] ?? 0) < 200 ? `expected more than 200 modules to be read: ${output}` : null,
  },
  { name: 'dead code', command: 'knip', arguments: ['--no-progress'] },
  {
    name: 'no telemetry package',
    command: 'npm',
    arguments: ['ls', '@ibm/telemetry-js', '--all', '--parseable'],
    wrong: (output) => (output.includes('telemetry-js') ? 'expected @ibm/telemetry-js to be absent' : null),
  },
];

const outcome = async (check: Check): Promise<string | null> => {
  try {
    const { stdout } = await run(check.command === 'npm' ? 'npm' : bin(check.command), [...check.arguments], { maxBuffer: 50_000_000 });
    return check.wrong?.(stdout) ?? null;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    // npm ls exits 1 when it finds nothing, which is what we hope for.
    if (check.command === 'npm') return check.wrong?.(stdout ?? '') ?? null;
    return `${stdout ?? ''}${stderr ?? ''}` || String(error);
  }
};

const only = process.argv.slice(2);
let failed = 0;
for (const check of checks.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const started = performance.now();
  const wrong = await outcome(check);
  if (wrong !== null) failed += 1;
  process.stdout.write(
    `${wrong === null ? 'ok  ' : 'FAIL'} ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n${wrong === null ? '' : `${wrong.slice(-12_000)}\n`}`,
  );
}
process.exitCode = failed === 0 ? 0 : 1;
