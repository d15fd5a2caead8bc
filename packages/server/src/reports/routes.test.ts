import { listReports, reportNames } from '@aimwell/contract/reports/endpoints';
import { type Role, roles } from '@aimwell/core/roles/permissions';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../platform/http/app.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/template.ts';
import { mountReports } from './routes.ts';
import { createWrittenOrganisation, writeScope } from './testing/organisation.ts';

let test: TestDatabase;
let home: Awaited<ReturnType<typeof createWrittenOrganisation>>;
let app: FastifyInstance;

beforeAll(async () => {
  test = await createTestDatabase();
  home = await createWrittenOrganisation(test.database, 'acme', 'Acme');
  await writeScope(home.writer);
  app = await createApp({ publicUrl: 'http://127.0.0.1:5998', maxUploadBytes: 1000 });
  // Who calls is said by a header here; identity has tests of its own.
  mountReports(
    app,
    {
      database: test.database,
      now: () => new Date('2026-03-02T12:00:00Z'),
      doorkeeper: {
        organisation: (slug) => Promise.resolve(slug === 'acme' ? home.organisation : null),
        actorIn: (request) =>
          Promise.resolve(
            typeof request.headers['x-role'] === 'string'
              ? { kind: 'person', personId: home.writer.ids.manager, roles: [request.headers['x-role'] as Role] }
              : null,
          ),
        isSignedIn: (request) => Promise.resolve(request.headers['x-role'] !== undefined),
        refusedAttempt: () => Promise.resolve(),
      },
    },
    'https://aims.example.org',
  );
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const get = (path: string, role?: Role) =>
  app.inject({ method: 'GET', url: `/api/v1/orgs/acme/reports${path}`, headers: role === undefined ? {} : { 'x-role': role } });

describe('the list of reports', () => {
  it.each(roles)('is there for %s in the declared shape', async (role) => {
    const answer = await get('', role);
    expect(answer.statusCode).toBe(200);
    expect(listReports.response.safeParse(answer.json()).error?.issues ?? []).toEqual([]);
    expect(answer.json<{ items: { report: string }[] }>().items.map(({ report }) => report)).toEqual(reportNames);
  });
});

describe('a report', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ])('comes as %s with its type and a name', async (format, type, start) => {
    const answer = await get(`/scope?format=${format}`, 'reader');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-disposition']).toContain(`attachment; filename="scope-statement-version-1-2026-03-02.${format}"`);
    expect(answer.rawPayload.subarray(0, start.length).toString('latin1')).toBe(start);
  });

  it('is read by an external auditor, and the reading is written down', async () => {
    const before = await reads();
    expect((await get('/scope', 'external_auditor')).statusCode).toBe(200);
    expect(await reads()).toBe(before + 1);
    expect((await get('/scope', 'reader')).statusCode).toBe(200);
    expect(await reads()).toBe(before + 1);
  });

  it('that does not exist yet says what to make first', async () => {
    const answer = await get('/soa', 'reader');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      code: 'NOT_FOUND',
      detail: 'There is no Statement of Applicability yet.',
      remedy: expect.any(String),
    });
  });

  it('of an unknown name, format or version is refused', async () => {
    for (const path of ['/nothing', '/scope?format=doc', '/scope?version=3'])
      expect((await get(path, 'reader')).statusCode, path).toBe(422);
    expect((await get('/risk-register?version=0199aaaa-0000-7000-8000-000000000000', 'reader')).statusCode).toBe(422);
  });

  it('is for members only', async () => {
    expect((await get('/scope')).statusCode).toBe(401);
    expect(
      (await app.inject({ method: 'GET', url: '/api/v1/orgs/elsewhere/reports/scope', headers: { 'x-role': 'reader' } })).statusCode,
    ).toBe(404);
  });
});

const reads = async (): Promise<number> =>
  (
    await home.writer.within((tx) =>
      tx.query<{ count: number }>(
        sql`select count(*) as count from trail_entries where organization_id = ${home.organisation.id}::uuid and command = 'read'`,
      ),
    )
  )[0]?.count ?? 0;
