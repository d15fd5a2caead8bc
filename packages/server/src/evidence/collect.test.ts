import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answered, Reply } from '../journey/testing.ts';
import { createVault, type Vault, today } from './testing.ts';

let vault: Vault;
let system: Answered;
beforeAll(async () => {
  vault = await createVault('pipeline');
  system = await vault.journey.administrator.do('POST', 'systems', {
    name: 'Letter sorter, second floor',
    purpose: 'Sorts letters by subject.',
  });
});
afterAll(() => vault.close());

const file = (bytes: string, fileName = 'log.txt') => ['file', { fileName, bytes }] as const;
const evidenceOf = (reply: Reply) => reply.body['evidence'] as Answered;
const codes = ({ body }: Reply) => body.problems?.map(({ code, field }) => `${code} ${field}`);
const count = async () => (await vault.journey.administrator.do('GET', 'evidence/count'))['count'];
const stored = () => vault.journey.house.files.list(vault.journey.organisation.id);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

const sarif = (level: string) =>
  JSON.stringify({
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [{ tool: { driver: { name: 'Scanner' } }, results: [{ message: { text: 'x' }, level }] }],
  });

describe('collecting', () => {
  it('ties a file to controls, clauses and systems, says by which way it came and what it says', async () => {
    const reply = await vault.send('evidence/collect', [
      ['proves', 'A.6.2.4'],
      ['proves', '9.1-1, 9.1-2'],
      ['system', String(system['name'])],
      ['validUntil', '2999-01-01'],
      file(sarif('error'), 'scan.sarif'),
    ]);
    expect(reply).toMatchObject({
      status: 200,
      body: {
        created: true,
        recognised: 'sarif',
        evidence: {
          title: 'scan.sarif',
          kind: 'file',
          source: 'api',
          controls: ['A.6.2.4'],
          requirements: ['9.1-1', '9.1-2'],
          systems: [{ id: system.id }],
          validUntil: '2999-01-01',
          sha256: sha(sarif('error')),
          summary: { format: 'sarif', madeBy: 'Scanner', counts: { error: 1, warning: 0 } },
        },
      },
    });
  });

  it('takes fields that come after the file', async () => {
    const reply = await vault.send('evidence/collect', [file('later'), ['proves', 'A.6.2.4'], ['title', 'Later']]);
    expect(evidenceOf(reply)).toMatchObject({ title: 'Later', controls: ['A.6.2.4'], summary: null });
  });

  it('of the same content for the same things says so and makes no second piece', async () => {
    const first = await vault.send('evidence/collect', [['proves', 'A.7.4'], file('the same')]);
    const before = await count();
    const again = await vault.send('evidence/collect', [['proves', 'A.7.4'], file('the same', 'other-name.txt')]);
    expect([again.body['created'], evidenceOf(again).id, await count()]).toEqual([false, evidenceOf(first).id, before]);
    const elsewhere = await vault.send('evidence/collect', [['proves', 'A.7.5'], file('the same')]);
    expect(elsewhere.body['created']).toBe(true);
  });

  it('with the same key again brings the same answer', async () => {
    const parts = [['proves', 'A.7.4'], file('once only')] as const;
    const [first, again] = [
      await vault.send('evidence/collect', parts, { 'idempotency-key': 'run-1' }),
      await vault.send('evidence/collect', parts, { 'idempotency-key': 'run-1' }),
    ];
    expect(again.body).toEqual(first.body);
    expect(first.body['created']).toBe(true);
    const other = await vault.send('evidence/collect', [['proves', 'A.7.5'], file('once only')], { 'idempotency-key': 'run-1' });
    expect(other.body['code']).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('links an attestation to the evidence whose file it names', async () => {
    const built = await vault.send('evidence/collect', [file('the artefact', 'app.tar')]);
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'app.tar', digest: { sha256: sha('the artefact') } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {},
    };
    const reply = await vault.send('evidence/collect', [file(JSON.stringify(statement), 'app.intoto.json')]);
    expect(evidenceOf(reply)).toMatchObject({ attests: [{ id: evidenceOf(built).id }], summary: { format: 'in-toto' } });
  });

  it('comes due again after its interval', async () => {
    const reply = await vault.send('evidence/collect', [
      ['collectedOn', '2026-01-31'],
      ['lateReason', 'Found in the archive'],
      ['intervalMonths', '1'],
      file('monthly'),
    ]);
    expect(evidenceOf(reply)).toMatchObject({ nextDue: '2026-02-28' });
  });
});

describe('what is broken', () => {
  it.each([
    {
      name: 'a scan that is cut off',
      parts: [['proves', 'A.6.2.4'], file(sarif('error').slice(0, -3), 'a.sarif')],
      codes: ['NOT_JSON file'],
      status: 422,
    },
    {
      name: 'a scan with a level that does not exist',
      parts: [file(sarif('fatal'), 'a.sarif')],
      codes: ['BROKEN_SARIF file'],
      status: 422,
    },
    { name: 'nesting without end', parts: [file('['.repeat(5000), 'a.json')], codes: ['TOO_DEEP file'], status: 422 },
  ] as const)('$name is refused and leaves neither record nor bytes', async ({ parts, codes: expected }) => {
    const before = [await count(), await stored()];
    const reply = await vault.send('evidence/collect', parts);
    expect(codes(reply), JSON.stringify(reply.body)).toEqual(expected);
    expect([await count(), await stored()]).toEqual(before);
  });
  it.each([
    { name: 'a control that does not exist', field: ['proves', 'A.6.2'], code: 'PROVES_NOTHING_KNOWN proves' },
    { name: 'a record that does not exist', field: ['proves', 'SYS-9999'], code: 'NOT_HERE proves' },
    { name: 'a system that does not exist', field: ['system', 'nobody'], code: 'SYSTEM system' },
    { name: 'a field nobody knows', field: ['source', 'person'], code: 'UNRECOGNIZED_KEYS source' },
    { name: 'a day that is none', field: ['validUntil', '2026-02-30'], code: 'INVALID_FORMAT validUntil' },
    { name: 'text that no database holds', field: ['title', 'a\u0000b'], code: 'TEXT_UNREADABLE title.0' },
    { name: 'an end before the start', field: ['validFrom', '2999-01-01'], code: 'ENDS_BEFORE_START validUntil' },
  ] as const)('$name is named', async ({ field, code }) => {
    const before = await count();
    const reply = await vault.send('evidence/collect', [
      field,
      ...(field[0] === 'validFrom' ? [['validUntil', '2998-01-01'] as const] : []),
      file(`x${code}`),
    ]);
    expect(codes(reply), JSON.stringify(reply.body)).toEqual([code]);
    expect(await count()).toBe(before);
  });
  it('a form with two files is refused', async () => {
    const reply = await vault.send('evidence/collect', [file('one'), file('two')]);
    expect(reply.status, JSON.stringify(reply.body)).toBe(413);
  });
  it('is kept as a plain file where a person adds it, since it may be broken on purpose', async () => {
    const { id } = await vault.journey.administrator.do('POST', 'evidence', {
      title: 'Broken report',
      kind: 'file',
      collectedOn: '2026-01-01',
      lateReason: 'shown later',
    });
    const reply = await vault.send(`evidence/${id}/file`, [file(sarif('fatal'), 'a.sarif')]);
    expect(reply.body).toMatchObject({ summary: null, fileName: 'a.sarif', source: 'person' });
  });
});

describe('a token for evidence alone', () => {
  it('brings evidence, and neither reads nor changes anything else', async () => {
    const token = await vault.token('administrator', 'evidence');
    const by = { authorization: `Bearer ${token}` };
    const reply = await vault.send('evidence/collect', [file('by a narrow token')], by);
    expect(reply).toMatchObject({ status: 200, body: { created: true } });
    for (const address of ['evidence', `evidence/${evidenceOf(reply).id}`, 'systems', 'trail/checkpoint', 'members', ''])
      expect([
        address,
        (await vault.app.inject({ method: 'GET', url: `/api/v1/orgs/pipeline/${address}`, headers: by })).statusCode,
      ]).toEqual([address, 403]);
    const made = await vault.app.inject({
      method: 'POST',
      url: '/api/v1/orgs/pipeline/tokens',
      headers: by,
      payload: { name: 'more', role: 'administrator', days: 1 },
    });
    expect([made.statusCode, made.json().detail]).toEqual([403, 'This token is for evidence alone.']);
  });

  it('replaces the file of what it brought, gives one to what has none, and replaces no other', async () => {
    const by = { authorization: `Bearer ${await vault.token('administrator', 'evidence')}` };
    const own = evidenceOf(await vault.send('evidence/collect', [file('brought')], by));
    expect((await vault.send(`evidence/${own.id}/file`, [file('brought anew')], by)).status).toBe(200);
    const empty = await vault.journey.administrator.do('POST', 'evidence', { title: 'Report', kind: 'statement', collectedOn: today });
    expect((await vault.send(`evidence/${empty.id}/file`, [file('its first')], by)).status).toBe(200);
    const others = evidenceOf(await vault.send('evidence/collect', [file('of another token')]));
    for (const id of [others.id, empty.id]) {
      const reply = await vault.send(`evidence/${id}/file`, [file('put over it')], by);
      expect(reply).toMatchObject({ status: 403, body: { remedy: expect.stringContaining('evidence of its own') } });
    }
    expect((await vault.download(`evidence/${others.id}/file`)).body).toBe('of another token');
    expect((await vault.send(`evidence/${others.id}/file`, [file('by a token without that limit')])).status).toBe(200);
  });
});

describe('a file that is replaced', () => {
  it('stays reachable as the version it was, with who and when', async () => {
    const { id } = evidenceOf(await vault.send('evidence/collect', [file('first words', 'a.txt')]));
    await vault.send(`evidence/${id}/file`, [file('second words', 'b.txt')]);
    const { items } = await vault.journey.administrator.do('GET', `evidence/${id}/versions`);
    expect(items).toMatchObject([
      { version: 3, fileName: 'b.txt', current: true, token: 'contributor', by: null, sha256: sha('second words'), purgedOn: null },
      { version: 2, fileName: 'a.txt', current: false, sha256: sha('first words'), fileSize: 11 },
    ]);
    expect((await vault.download(`evidence/${id}/file`)).body).toBe('second words');
    expect((await vault.download(`evidence/${id}/file?version=2`)).body).toBe('first words');
    expect((await vault.download(`evidence/${id}/file?version=1`)).statusCode).toBe(404);
    expect((await vault.download(`evidence/${id}/file?version=9`)).statusCode).toBe(404);
  });
});

describe('names of files', () => {
  const names = [
    '../../etc/passwd',
    '..\\..\\boot.ini',
    'C:\\Users\\a.txt',
    '/etc/shadow',
    'CON',
    'nul.txt',
    '.htaccess',
    '...',
    '..',
    ' ',
    'a b.txt',
    'a;b.txt',
    "a'b.txt",
    'a\u202etxt.exe',
    '\u2066x\u2069.pdf',
    'a\u200bb',
    '\ufeffa.txt',
    'a%00.txt',
    'a%0d%0aSet-Cookie: x=1',
    'é.txt',
    'e\u0301.txt',
    '🦉.txt',
    `${'a'.repeat(300)}.txt`,
    `${'🦉'.repeat(150)}.txt`,
    'a\tb.txt',
    '<script>alert(1)</script>.html',
    'a.svg',
    '=cmd()',
    'a*?.txt',
    '~',
    '-rf',
    '$(reboot)',
    '`id`',
    'a|b',
    'a&b',
    '#',
    'a?b',
    'ａ．ｔｘｔ',
  ];
  it('never reach header, disk or record in a form that means something else', async () => {
    const { id } = evidenceOf(await vault.send('evidence/collect', [file('names')]));
    for (const fileName of names) {
      const reply = await vault.send(`evidence/${id}/file`, [file(`bytes of ${fileName}`, fileName)]);
      expect(reply.status, `${fileName}: ${JSON.stringify(reply.body)}`).toBe(200);
      const kept = String(reply.body['fileName']);
      expect(kept, fileName).not.toMatch(/[\p{Cc}\p{Cf}/\\]|^\.+$/u);
      expect(kept.length).toBeLessThanOrEqual(200);
      const served = await vault.download(`evidence/${id}/file`);
      expect(served.headers, fileName).toMatchObject({
        'content-disposition': expect.stringMatching(/^attachment; filename="[\w. -]+"; filename\*=UTF-8''[^\s"';]+$/),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      expect(served.headers['content-type']).not.toMatch(/html|svg|javascript/);
    }
    for (const hash of await stored()) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
  it('with line ends or NUL inside the head of a part are refused or cleaned, never a failure', async () => {
    const { id } = evidenceOf(await vault.send('evidence/collect', [file('heads')]));
    for (const fileName of ['a\r\nX-Evil: 1.txt', 'a\nb.txt', 'a\u0000b.txt', 'a"b.txt', 'a\\"b.txt', '"']) {
      const reply = await vault.send(`evidence/${id}/file`, [file(`head ${fileName}`, fileName)]);
      expect(reply.status, `${JSON.stringify(fileName)}: ${JSON.stringify(reply.body)}`).toBeLessThan(500);
      if (reply.status === 200) expect(String(reply.body['fileName'])).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
