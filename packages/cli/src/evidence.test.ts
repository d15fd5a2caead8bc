import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  aimwell(args, { AIMWELL_DATA: path.join(folder, 'data'), ...env });
const file = async (name: string, text: string): Promise<string> => {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-evidence-'));
  expect(await run(['org', 'create', 'Acme', '--slug', 'acme'])).toMatchObject({ code: 0 });
});
afterAll(() => removeFolder(folder));

const junit = '<testsuite name="unit"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>';

describe('evidence add on this machine', () => {
  it('adds a file once, says what it says, and adds nothing the second time', async () => {
    const results = await file('results.xml', junit);
    const args = ['evidence', 'add', results, '--org', 'acme', '--proves', 'A.6.2.4', '--proves', '9.1'];
    const first = await run(args);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(
      /^EVD-0001 results\.xml\nSHA-256 [0-9a-f]{64}\nRead as junit by unit: failed 1, passed 1, tests 2, suites 1\n$/,
    );
    const again = await run([...args, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({
      created: false,
      recognised: 'junit',
      evidence: { identifier: 'EVD-0001', source: 'api' },
    });
    expect((await run(['evidence', 'sweep', '--org', 'acme'])).out).toContain('0 files that nothing names');
  });

  it('refuses what is broken, or proves nothing known, with 1 and the reason', async () => {
    const torn = await run(['evidence', 'add', await file('torn.xml', junit.slice(0, -4)), '--org', 'acme']);
    expect([torn.code, torn.out]).toEqual([1, '']);
    expect(torn.err).toMatch(/^file: expected whole XML, got a tag that does not end\. /);
    const lost = await run(['evidence', 'add', await file('a.txt', 'a'), '--org', 'acme', '--proves', 'A.6.2']);
    expect(lost).toMatchObject({ code: 1, err: expect.stringMatching(/^proves: expected a control .* got "A\.6\.2"/) });
  });

  it.each([
    { name: 'a file there is not', args: ['/no/such'], says: /Name a file/ },
    { name: 'a folder', args: ['/tmp'], says: /is not a file/ },
    { name: 'a server without a token', args: [process.execPath, '--url', 'https://aimwell.example.org'], says: /only with a token/ },
    { name: 'a token without a server', args: [process.execPath, '--token', 'aim_x'], says: /no server/ },
  ])('cannot run with $name', async ({ args, says }) => {
    const ran = await run(['evidence', 'add', ...args, '--org', 'acme']);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(says);
  });
});

describe('evidence add to a server', () => {
  it('repeats one request under one key while the server is away, and never follows it elsewhere', async () => {
    const keys: unknown[] = [];
    const server = createServer((request, answer) => {
      keys.push([request.headers['idempotency-key'], request.headers.authorization, request.url]);
      request.resume().on('end', () => {
        if (keys.length === 1) answer.writeHead(503).end();
        else if (keys.length === 2)
          answer.writeHead(200, { 'content-type': 'application/json' }).end(
            JSON.stringify({
              created: true,
              recognised: null,
              evidence: { identifier: 'EVD-0007', title: 'a.txt', sha256: 'ab', summary: null },
            }),
          );
        else answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ['evidence', 'add', await file('a.txt', 'a'), '--org', 'acme', '--url', url];
    const ran = await run(args, { AIMWELL_TOKEN: 'aim_secret' });
    expect(ran).toMatchObject({ code: 0, out: 'EVD-0007 a.txt\nSHA-256 ab\n' });
    expect(keys[0]).toEqual(keys[1]);
    expect(keys[0]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), 'Bearer aim_secret', '/api/v1/orgs/acme/evidence/collect']);
    expect((await run(args, { AIMWELL_TOKEN: 'aim_secret' })).code).toBe(2);
    server.close();
  });
});
