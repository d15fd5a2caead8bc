import type { ClientConfig } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's connection to the PostgreSQL of this test run. */
    postgres: ClientConfig;
  }
}

/** The superuser's connection to the PostgreSQL of this test run: one throw-away server, or AIMWELL_TEST_DATABASE_URL. */
export const testConnection = (): ClientConfig => inject('postgres');
