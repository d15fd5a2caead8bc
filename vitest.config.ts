import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Three projects with one runner: pure core, server on a real PostgreSQL, journeys in a real browser. */
export default defineConfig({
  test: {
    // The runner leaves one core free for itself, which on two cores is half of them. It has little to do; tests mostly wait for disks.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'core', include: ['packages/{core,contract}/src/**/*.test.ts', 'catalog/**/*.test.ts'], environment: 'node', testTimeout: 120_000 } },
      { test: { name: 'server', include: ['packages/{server,cli}/src/**/*.test.ts'], environment: 'node', testTimeout: 120_000, hookTimeout: 180_000, globalSetup: ['packages/server/src/platform/testing/global-setup.ts'] } },
      { test: { name: 'web', include: ['packages/web/src/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 120_000 } },
      { test: { name: 'journeys', include: ['journeys/**/*.test.ts'], environment: 'node', testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 20_000 } }, fileParallelism: false, globalSetup: ['packages/server/src/platform/testing/global-setup.ts'] } },
    ],
  },
});
