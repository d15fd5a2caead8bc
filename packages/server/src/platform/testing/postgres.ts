import type { ClientConfig } from 'pg';
import { inject } from 'vitest';

/** The superuser's connection, as a test run hands it to its tests. */
export type TestPostgres = ClientConfig;

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's connection to the PostgreSQL of this test run. */
    postgres: TestPostgres;
  }
}

/** The superuser's connection to the PostgreSQL of this test run: one throw-away server, or AIMWELL_TEST_DATABASE_URL. */
export const testConnection = (): TestPostgres => inject('postgres');
