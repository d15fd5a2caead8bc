import { Client } from 'pg';
import { expect, it } from 'vitest';
import { testConnection } from './postgres.ts';

it('gives each test a PostgreSQL of 15 or later that the superuser can enter', async () => {
  const client = new Client(testConnection());
  await client.connect();
  const { rows } = await client.query<{ version: number; superuser: boolean }>(
    `select current_setting('server_version_num')::int as version, usesuper as superuser from pg_user where usename = current_user`,
  );
  await client.end();
  expect(rows).toEqual([{ version: expect.any(Number), superuser: true }]);
  expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000);
});
