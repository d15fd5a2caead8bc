import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testConnection } from '../testing/postgres.ts';
import { accept, checkExternal } from './external.ts';

function testUrl(change: { password?: string; database?: string } = {}): string {
  const { connectionString, host = '', port, user = '', password, database } = testConnection();
  const url = new URL(connectionString ?? `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`);
  if (connectionString === undefined) url.password = String(password);
  if (change.password !== undefined) url.password = change.password;
  if (change.database !== undefined) url.pathname = `/${change.database}`;
  return url.href;
}

describe('the check of a DATABASE_URL', () => {
  it('accepts a server that answers and is new enough', async () => {
    expect(await checkExternal(testUrl())).toEqual({ version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it.each([
    { name: 'a wrong password', url: () => testUrl({ password: 'wrong-secret' }), code: 'REFUSED', remedy: /password/ },
    { name: 'a database that does not exist', url: () => testUrl({ database: 'absent' }), code: 'REFUSED', remedy: /createdb/ },
    {
      name: 'a port nobody listens on',
      url: () => 'postgres://a:wrong-secret@127.0.0.1:1/x',
      code: 'UNREACHABLE',
      remedy: /host and port/,
    },
    { name: 'another kind of address', url: () => 'mysql://a:wrong-secret@localhost/x', code: 'BAD_URL', remedy: /postgres:\/\// },
    { name: 'no address', url: () => 'nonsense', code: 'BAD_URL', remedy: /postgres:\/\// },
  ])('says what is wrong with $name and keeps the password to itself', async ({ url, code, remedy }) => {
    const error = await checkExternal(url()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StartError', code, remedy: expect.stringMatching(remedy) });
    expect(String(error)).not.toContain('wrong-secret');
  });

  it('names something that answers but is no PostgreSQL as unreachable', async () => {
    const server = createServer((socket) => socket.end('no'));
    const port = await new Promise<number>(
      (resolve) => void server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    await expect(checkExternal(`postgres://a:b@127.0.0.1:${port}/x`)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    server.close();
  });
});

it.each([
  { version: '15.0', number: 150_000 },
  { version: '18.4', number: 180_004 },
])('accepts version $version', ({ version, number }) => {
  expect(accept(version, number, 'db')).toEqual({ version });
});

it('refuses the version before the oldest one and names both', () => {
  expect(() => accept('14.22', 140_022, 'db')).toThrow(/version 14\.22; Aimwell needs 15/);
});
