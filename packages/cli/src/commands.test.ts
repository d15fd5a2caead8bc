import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

let folder = '';
const run = (args: readonly string[], input?: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  aimwell(args, { AIMWELL_DATA: path.join(folder, 'data'), ...env }, input);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-cli-'));
  const made = await run(['org', 'create', 'Acme', '--slug', 'acme', '--json']);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(made.out)).toMatchObject({ slug: 'acme', name: 'Acme' });
});
afterAll(() => removeFolder(folder));

const noTrace = (ran: Ran) => expect(ran.err).not.toMatch(/\n\s+at |node:internal/);

describe('what is mistyped', () => {
  it.each([
    { name: 'an unknown command', args: ['frobnicate'], says: /^Unknown command 'frobnicate'/ },
    { name: 'an unknown option', args: ['migrate', '--colour'], says: /^Unknown option '--colour'/ },
    { name: 'a missing option', args: ['check'], says: /^Required option '--org/ },
    {
      name: 'a role there is not',
      args: ['token', 'create', '--org', 'acme', '--role', 'king'],
      says: /king.*Expected one of administrator/,
    },
    { name: 'an organisation there is not', args: ['check', '--org', 'nobody'], says: /There is no organisation "nobody"/ },
    { name: 'a file there is not', args: ['import', 'systems', '/no/such.csv', '--org', 'acme'], says: /Name a file/ },
  ])('$name ends with 2 and one sentence', async ({ args, says }) => {
    const ran = await run(args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(says);
    expect(ran.out).toBe('');
    noTrace(ran);
  });

  it('every command has help with an example', async () => {
    const groups = [
      'start',
      'migrate',
      'org',
      'org create',
      'org list',
      'user',
      'user create',
      'token',
      'token create',
      'check',
      'import',
      'export',
      'report',
      'demo',
      'demo load',
      'doctor',
      'backup',
      'restore',
    ];
    for (const group of groups) {
      const ran = await run([...group.split(' '), '--help']);
      expect(ran, group).toMatchObject({ code: 0 });
      expect(ran.out, group).toMatch(/Examples?:\n {2}/);
    }
  });
});

describe('settings that cannot be right', () => {
  it('a database that does not answer is one sentence with its remedy', async () => {
    const ran = await run(['migrate'], '', { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none' });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/cannot be reached .*\. Start that server/);
    expect(ran.err).not.toContain('secret');
    noTrace(ran);
  });
});

describe('tokens and people', () => {
  it('a token stands alone on standard output and is listed without its secret', async () => {
    const ran = await run(['token', 'create', '--org', 'acme', '--role', 'reader', '--days', '3', '--name', 'Export']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^aim_[\w-]+\n$/);
    const list = await run(['token', 'list', '--org', 'acme', '--json']);
    expect(list.out).toContain('"Export"');
    expect(list.out).not.toContain(ran.out.trim());
  });

  it('refuses a token of two years with 1', async () => {
    expect(await run(['token', 'create', '--org', 'acme', '--role', 'reader', '--days', '730'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('expected 1 to 366 days'),
    });
  });

  it('makes a person, then a token that stands for that person', async () => {
    const args = [
      'user',
      'create',
      '--org',
      'acme',
      '--email',
      'aims@acme.example',
      '--name',
      'AIMS manager',
      '--role',
      'aims_manager,risk-manager',
      '--password-stdin',
      '--json',
    ];
    const made = await run(args, 'a lamp beside nine rivers\n');
    expect(made).toMatchObject({ code: 0 });
    const { personId, roles } = JSON.parse(made.out) as { personId: string; roles: string[] };
    expect(roles).toEqual(['aims_manager', 'risk_manager']);
    const token = await run(['token', 'create', '--org', 'acme', '--role', 'reader', '--for', 'AIMS@acme.example', '--json']);
    expect(JSON.parse(token.out)).toMatchObject({ personId, days: 30 });
    expect(await run(args, 'a lamp beside nine rivers\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('expected somebody without access'),
    });
  });

  it('refuses a short password, and one from nowhere', async () => {
    const args = ['user', 'create', '--org', 'acme', '--email', 'other@acme.example', '--name', 'Other', '--role', 'reader'];
    expect(await run([...args, '--password-stdin'], 'short\n')).toMatchObject({ code: 1, err: expect.stringContaining('12 characters') });
    expect(await run(args)).toMatchObject({ code: 2, err: expect.stringContaining('--password-stdin') });
  });
});

describe('check', () => {
  it('ends with 1 while there are findings, and says how much was judged', async () => {
    const ran = await run(['check', '--org', 'acme', '--format', 'json']);
    expect(ran.code).toBe(1);
    const { coverage, findings } = JSON.parse(ran.out) as { coverage: { total: number; ran: number }; findings: Record<string, unknown>[] };
    expect(coverage.total).toBe(138);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(Object.keys(finding)).toEqual(expect.arrayContaining(['rule', 'severity', 'basis', 'records', 'remedy']));
  });
});

describe('tables', () => {
  const rows = 'Use case,Department,Internal note,Our role\nSorting tickets,Support,old,provider\nForecast,Analytics,,developer\n';

  it('imports with a map laid over the guess, once, and exports what came in', async () => {
    const [file, map, back] = ['in.csv', 'map.json', 'back.csv'].map((name) => path.join(folder, name)) as [string, string, string];
    await writeFile(file, rows);
    await writeFile(map, JSON.stringify({ columns: { Department: 'provider', 'Internal note': null } }));
    const order = ['import', 'systems', file, '--org', 'acme', '--map', map, '--json'];
    const dry = JSON.parse((await run([...order, '--dry-run'])).out) as { result: null; counts: { rows: number } };
    expect(dry).toMatchObject({ result: null, counts: { rows: 2 } });
    const first = await run(order);
    expect(JSON.parse(first.out)).toMatchObject({ result: { created: 2, unchanged: 0 } });
    expect(first.err, 'a bar is for terminals only').toBe('');
    expect(JSON.parse((await run(order)).out)).toMatchObject({ result: { created: 0, unchanged: 2 } });
    expect(await run(['export', 'systems', '--org', 'acme', '-o', back])).toMatchObject({ code: 0, out: '' });
    const text = await readFile(back, 'utf8');
    expect(text).toMatch(/Sorting tickets/);
    expect(text).not.toContain('Internal note');
    const records = JSON.parse((await run(['export', 'systems', '--org', 'acme', '--format', 'json'])).out) as {
      rows: { name: string; provider: string }[];
    };
    expect(records.rows.map(({ name, provider }) => [name, provider])).toEqual([
      ['Sorting tickets', 'Support'],
      ['Forecast', 'Analytics'],
    ]);
  });

  it('refuses a map that names a column there is not', async () => {
    const [file, map] = ['in2.csv', 'map2.json'].map((name) => path.join(folder, name)) as [string, string];
    await writeFile(file, rows);
    await writeFile(map, JSON.stringify({ columns: { Colour: 'name' } }));
    expect(await run(['import', 'systems', file, '--org', 'acme', '--map', map])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no column "Colour"'),
    });
  });
});

describe('demonstration', () => {
  it('leaves an organisation alone that bears its short name and is none', async () => {
    expect(await run(['org', 'create', 'Another', '--slug', 'techserve'])).toMatchObject({ code: 0 });
    expect(await run(['demo', 'load'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Another uses it') });
  });
});

describe('doctor', () => {
  it('finds nothing wrong with an installation that runs', async () => {
    const ran = await run(['doctor', '--json'], '', { PORT: '5493' });
    expect(ran.code).toBe(0);
    const { checks } = JSON.parse(ran.out) as { checks: { name: string; state: string }[] };
    expect(checks.map(({ name }) => name)).toEqual([
      'Node',
      'Data directory',
      'Disk',
      'Database',
      'Migrations',
      'Permissions',
      'Backup',
      'Web build',
      'Port',
    ]);
  });
});
