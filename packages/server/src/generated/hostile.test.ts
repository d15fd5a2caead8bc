import { createHash } from 'node:crypto';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../platform/identity/tokens.ts';
import { buildApp } from '../compose.ts';
import { createContext } from '../platform/context.ts';
import { createJourney, type Journey, password, type Visitor } from '../journey/testing.ts';
import { installationLog } from '../platform/trail/testing/installation.ts';

let journey: Journey;
let server: FastifyInstance;
let admin: Visitor;
let manager: Visitor;
let owner: Visitor;
let management: Visitor;
const today = new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  journey = await createJourney('initech');
  server = await buildApp(journey.house);
  await server.ready();
  admin = journey.administrator;
  manager = await journey.enter('aims_manager');
  owner = await journey.enter('system_owner');
  management = await journey.enter('top_management');
});
afterAll(async () => {
  await server.close();
  await journey.close();
});

/** A token as an administrator makes it; `for` is the person it stands for. */
const token = (role: Parameters<typeof createToken>[2]['role'], personId: string | null, createdBy: string): Promise<string> =>
  journey.house.database.inOrganisation(journey.organisation.id, async (tx) => {
    const actor = { kind: 'person', personId: createdBy, roles: ['administrator'] } as const;
    const context = createContext({ actor, organisation: journey.organisation, now: new Date() });
    return (await createToken(tx, context, { name: role, role, days: 1, personId })).token;
  });
const byToken = (
  bearer: string,
  method: 'GET' | 'POST' | 'PATCH',
  address: string,
  payload?: object,
  headers: Record<string, string> = {},
) =>
  server.inject({
    method,
    url: `/api/v1/orgs/initech/${address}`,
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });

const upload = (visitorCookie: string, id: string, bytes: Buffer, fileName: string) =>
  server.inject({
    method: 'POST',
    url: `/api/v1/orgs/initech/evidence/${id}/file`,
    headers: { authorization: `Bearer ${visitorCookie}`, 'content-type': 'multipart/form-data; boundary=xyz' },
    payload: Buffer.concat([
      Buffer.from(`--xyz\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n`),
      bytes,
      Buffer.from('\r\n--xyz--\r\n'),
    ]),
  });

const rate = (risk: string, likelihood: number) =>
  manager.do('POST', `risks/${risk}/assess`, {
    likelihood,
    organisation: { rating: likelihood },
    individuals: { notApplicable: 'nobody is concerned' },
    societies: { notApplicable: 'nobody is concerned' },
  });

const approvedCriteria = async () => {
  await admin.do('POST', 'authorities', {
    title: 'Designated management',
    holder: management.personId,
    riskLevelLimit: 25,
    approvesPlans: true,
    approvesSoa: true,
    approvesCriteria: true,
    fromDate: '2020-01-01',
  });
  const criteria = await manager.do('POST', 'risk-criteria', {});
  await manager.do('POST', `risk-criteria/${criteria.id}/submit`, {});
  await management.do('POST', `risk-criteria/${criteria.id}/approve`, { password });
};

describe('risks', () => {
  let risk: string;
  beforeAll(async () => {
    await approvedCriteria();
    ({ id: risk } = await manager.do('POST', 'risks', { statement: 'Answers in the wrong language', owner: owner.personId }));
    await rate(risk, 5);
    await manager.do('POST', 'treatments', { title: 'Detect the language', risk, option: 'modify' });
  });

  it('are not closed while a treatment is unfinished', async () => {
    expect(await manager.against(`risks/${risk}/close`, { reason: 'no longer wanted' })).toEqual(['TREATMENT_UNFINISHED treatments']);
  });
  it('are not archived out of sight', async () => {
    const { version } = await manager.do('GET', `risks/${risk}`);
    const { status, body } = await manager.ask('DELETE', `risks/${risk}`, { reason: 'out of sight' }, { 'if-match': `"${version}"` });
    expect([status, body.problems?.map(({ code }) => code)]).toEqual([409, ['RISK_OPEN', 'TREATMENT_UNFINISHED']]);
  });
});

describe('a signature', () => {
  it('keeps the name held then, the statement and the hash of what was signed, whatever is changed later', async () => {
    const { id } = await manager.do('POST', 'risks', { statement: 'Signed for', owner: owner.personId });
    await rate(id, 5);
    await owner.do('POST', `risks/${id}/accept`, { reason: 'Until the contract ends', password });
    const approved = await management.do('POST', `risks/${id}/approveAcceptance`, { password });
    expect(approved).toMatchObject({
      acceptanceApprovedName: 'The top management',
      acceptanceApprovedFunction: 'top management',
      acceptanceApprovedStatement: expect.stringMatching(/^I approve that RSK-\d+ is accepted at level 25 until /),
      acceptanceApprovedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const [criteria] = (await manager.do('GET', 'risk-criteria')).items ?? [];
    const person = await manager.do('GET', `people/${management.personId}`);
    await manager.do('PATCH', `people/${management.personId}`, { name: 'Renamed' }, { 'if-match': `"${person.version}"` });
    expect(await manager.do('GET', `risk-criteria/${criteria?.id ?? ''}`)).toMatchObject({
      approvedName: 'The top management',
      approvedBy: { title: 'Renamed' },
    });
    // The owner signs anew: what was approved under his old signature is gone.
    const again = await owner.do('POST', `risks/${id}/accept`, { reason: 'Until the year ends', password });
    expect([again['acceptanceApprovedHash'], again['acceptanceApprovedName']]).toEqual([null, null]);
  });
});

describe('evidence', () => {
  const evidence = (more: object) => manager.ask('POST', 'evidence', { title: 'Log', kind: 'statement', collectedOn: today, ...more });
  it('from the future, or late without a reason, is refused', async () => {
    expect((await evidence({ collectedOn: '2999-01-01' })).body.problems).toMatchObject([{ code: 'IN_THE_FUTURE', field: 'collectedOn' }]);
    expect((await evidence({ collectedOn: daysAgo(8) })).body.problems).toMatchObject([{ code: 'RECORDED_LATER', field: 'lateReason' }]);
    expect((await evidence({ collectedOn: daysAgo(8), lateReason: 'Found in a drawer' })).status).toBe(201);
    expect((await evidence({ collectedOn: daysAgo(7) })).status).toBe(201);
    expect((await evidence({ validFrom: '2026-02-01', validUntil: '2026-01-01' })).body.problems).toMatchObject([
      { code: 'ENDS_BEFORE_START' },
    ]);
  });
  it('archived takes no file', async () => {
    const { id, version } = (await evidence({})).body;
    await manager.do('DELETE', `evidence/${id}`, { reason: 'wrong one' }, { 'if-match': `"${version}"` });
    const bearer = await token('aims_manager', null, admin.personId);
    expect((await upload(bearer, id, Buffer.from('x'), 'x.txt')).statusCode).toBe(409);
  });
  it('larger than allowed is refused whole', async () => {
    const { id } = (await evidence({})).body;
    const bearer = await token('aims_manager', null, admin.personId);
    const answer = await upload(bearer, id, Buffer.alloc(10_000_001, 97), 'big.txt');
    expect(answer.statusCode, answer.body).toBe(413);
    expect((await manager.do('GET', `evidence/${id}`))['sha256']).toBeNull();
  });
  it('with a file name that is cut inside a character is served', async () => {
    const { id } = (await evidence({})).body;
    const bearer = await token('aims_manager', null, admin.personId);
    expect((await upload(bearer, id, Buffer.from('x'), `${'a'.repeat(199)}🦉.txt`)).statusCode).toBe(200);
    expect((await byToken(bearer, 'GET', `evidence/${id}/file`)).statusCode).toBe(200);
  });
});

describe('a body that is not what it says', () => {
  it.each([
    {
      name: 'a form without end',
      type: 'multipart/form-data; boundary=xyz',
      body: '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
    },
    { name: 'a form without parts', type: 'multipart/form-data; boundary=xyz', body: '--xyz--\r\n' },
    { name: 'a form without a boundary', type: 'multipart/form-data', body: 'x' },
    { name: 'a part without a head', type: 'multipart/form-data; boundary=xyz', body: '--xyz\r\n\r\nx\r\n--xyz--\r\n' },
    { name: 'a head without end', type: 'multipart/form-data; boundary=xyz', body: `--xyz\r\n${'a'.repeat(100_000)}` },
    {
      name: 'many fields',
      type: 'multipart/form-data; boundary=xyz',
      body: `${'--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(100)}--xyz--\r\n`,
    },
    { name: 'half of JSON', type: 'application/json', body: '{"a":' },
    { name: 'nothing of JSON', type: 'application/json', body: '' },
    { name: 'another kind', type: 'text/xml', body: '<!DOCTYPE a>' },
    { name: 'a kind that is none', type: '\u00ff', body: 'x' },
  ])('is refused with a remedy: $name', async ({ type, body }) => {
    const { id } = await manager.do('POST', 'evidence', { title: 'Odd', kind: 'statement', collectedOn: today });
    const bearer = await token('aims_manager', null, admin.personId);
    for (const url of [`evidence/${id}/file`, 'import/systems/file', 'systems']) {
      const answer = await server.inject({
        method: 'POST',
        url: `/api/v1/orgs/initech/${url}`,
        headers: { authorization: `Bearer ${bearer}`, 'content-type': type },
        payload: body,
      });
      expect([url, Math.floor(answer.statusCode / 100), answer.body], answer.body).toMatchObject([
        url,
        4,
        expect.stringContaining('remedy'),
      ]);
    }
  });
});

describe('twenty senders who never finish', () => {
  it('hold nobody up', async () => {
    const { id } = await manager.do('POST', 'evidence', { title: 'Slow', kind: 'statement', collectedOn: today });
    const bearer = await token('aims_manager', null, admin.personId);
    await server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.server.address() as AddressInfo;
    const half = [
      `POST /api/v1/orgs/initech/evidence/${id}/file HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${bearer}`,
      'Content-Type: multipart/form-data; boundary=xyz',
      'Content-Length: 5000',
      '',
      '--xyz',
      'Content-Disposition: form-data; name="file"; filename="slow.txt"',
      '',
      'the first words',
    ].join('\r\n');
    const senders = await Promise.all(
      Array.from(
        { length: 20 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(port, '127.0.0.1', () => socket.write(half, () => resolve(socket)));
            socket.on('error', () => {});
          }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const asked = Date.now();
    expect((await byToken(bearer, 'GET', 'systems')).statusCode).toBe(200);
    expect(Date.now() - asked).toBeLessThan(3000);
    for (const socket of senders) socket.destroy();
  });
});

describe('tokens', () => {
  it('do not make an author somebody else', async () => {
    const anonymous = await token('aims_manager', null, management.personId);
    const { id } = (await byToken(anonymous, 'POST', 'risk-criteria', {})).json<{ id: string }>();
    expect((await byToken(anonymous, 'POST', `risk-criteria/${id}/submit`, {})).statusCode).toBe(200);
    expect(await management.against(`risk-criteria/${id}/approve`, { password })).toEqual(['APPROVER_IS_AUTHOR approvedBy']);
  });
  it('do not let their maker hand himself an authority', async () => {
    const anonymous = await token('administrator', null, admin.personId);
    const answer = await byToken(anonymous, 'POST', 'authorities', {
      title: 'Mine',
      holder: admin.personId,
      riskLevelLimit: 49,
      fromDate: today,
    });
    expect(answer.json<{ problems?: { code: string }[] }>().problems?.map(({ code }) => code)).toEqual(['OWN_AUTHORITY']);
  });
  it('end with the access of the person they stand for', async () => {
    const guest = await journey.enter('contributor', { validUntil: today });
    const own = await token('contributor', guest.personId, admin.personId);
    expect((await byToken(own, 'GET', 'systems')).statusCode).toBe(200);
    await journey.owner.query('update memberships set valid_from = null, valid_until = current_date - 1 where person_id = $1', [
      guest.personId,
    ]);
    expect((await byToken(own, 'GET', 'systems')).statusCode).toBe(404);
  });
});

describe('bulk change', () => {
  it('takes an id twice for one, and a reason for a reason', async () => {
    const { id, version } = await manager.do('POST', 'systems', { name: 'One of many' });
    expect(await manager.do('POST', 'bulk/systems', { ids: [id, id], set: { unit: 'Sales' } })).toEqual({ changed: 1 });
    await manager.do('POST', 'bulk/systems', { ids: [id], set: { reason: 'because' } });
    expect((await manager.do('GET', `systems/${id}`)).version).toBe(version + 1);
  });
});

describe('what is written down', () => {
  const logged = async (text: string) =>
    (await installationLog(journey.owner, 'refused')).filter(({ said }) => JSON.stringify(said).includes(text)).length;
  const entries = async (command: string) =>
    (
      await journey.owner.query<{ n: number }>('select count(*)::int as n from trail_entries where organization_id = $1 and command = $2', [
        journey.organisation.id,
        command,
      ])
    ).rows[0]?.n ?? 0;
  it('names an attempt at a register that the role may not change', async () => {
    // What this minute has refused already may be more than is told one by one.
    await journey.owner.query('delete from installation_refusals');
    const before = await logged('bulk');
    const { status } = await owner.ask('POST', 'bulk/authorities', { ids: [admin.personId], set: { note: 'x' } });
    expect(status).toBe(403);
    expect(await logged('bulk')).toBe(before + 1);
  });
  it('names every export and every document', async () => {
    const before = await entries('export');
    const bearer = await token('reader', null, admin.personId);
    expect((await byToken(bearer, 'GET', 'export/systems?format=csv')).statusCode).toBe(200);
    expect(await entries('export')).toBe(before + 1);
  });
  it('holds no password that could be guessed at leisure', async () => {
    const criteria = await manager.do('POST', 'risk-criteria', {});
    await manager.do('POST', `risk-criteria/${criteria.id}/submit`, {});
    await management.do('POST', `risk-criteria/${criteria.id}/approve`, { password }, { 'idempotency-key': 'signed' });
    const guess = createHash('sha256')
      .update(`POST /api/v1/orgs/initech/risk-criteria/${criteria.id}/approve\n${JSON.stringify({ password })}`)
      .digest('hex');
    const found = await journey.owner.query('select 1 from idempotency_keys where request_hash = $1', [guess]);
    expect(found.rowCount).toBe(0);
  });
  it('tells why a decision was recorded later', async () => {
    const { id } = await manager.do('POST', 'systems', { name: 'Decided long ago', owner: owner.personId });
    await manager.do('POST', `systems/${id}/register`, { happenedOn: daysAgo(30), lateReason: 'The minutes came late' });
    const history = (await manager.do('GET', `systems/${id}/history`)).items ?? [];
    expect(JSON.stringify(history)).toContain('The minutes came late');
  });
});
