import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests of the server that hold something to a limit of seconds: they run one after another, with nothing beside them. */
const timed = [
  'packages/server/src/generated/hostile.test.ts',
  'packages/server/src/platform/database/embedded/{crash,launch}.test.ts',
  'packages/server/src/platform/reports/pdf.test.ts',
  'packages/server/src/platform/trail/sequencer.test.ts',
  'packages/server/src/soa/soa.test.ts',
];
const server = {
  environment: 'node' as const,
  testTimeout: 120_000,
  hookTimeout: 180_000,
  globalSetup: ['packages/server/src/platform/testing/global-setup.ts'],
};

/** Three kinds of tests with one runner: pure core, server on a real PostgreSQL, journeys in a real browser. */
export default defineConfig({
  test: {
    // The runner leaves one core free for itself, which on two cores is half of them. It has little to do; tests mostly wait for disks.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'core', include: ['packages/{core,contract}/src/**/*.test.ts', 'catalog/**/*.test.ts'], environment: 'node', testTimeout: 120_000 } },
      { test: { ...server, name: 'server', include: ['packages/{server,cli}/src/**/*.test.ts'], exclude: timed } },
      { test: { ...server, name: 'timed', include: timed, fileParallelism: false } },
      { test: { name: 'web', include: ['packages/web/src/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 120_000 } },
      { test: { name: 'journeys', include: ['journeys/**/*.test.ts'], environment: 'node', testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 20_000 } }, fileParallelism: false, globalSetup: ['packages/server/src/platform/testing/global-setup.ts'] } },
    ],
  },
});
