import { conformityEndpoints } from '@aimwell/contract/conformity/endpoints';
import type { Role } from '@aimwell/core/roles/permissions';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../platform/http/app.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/template.ts';
import { mountConformity } from './routes.ts';
import { createOrganisation } from './testing.ts';

let test: TestDatabase;
let home: Awaited<ReturnType<typeof createOrganisation>>;
let app: FastifyInstance;
let settings: Record<string, unknown> = {};
let systemId = '';

beforeAll(async () => {
  test = await createTestDatabase();
  home = await createOrganisation(test.database, 'acme');
  const [system] = await home.add('systems', [{ name: 'Support Triage Assistant' }]);
  systemId = system?.id ?? '';
  app = await createApp({ publicUrl: 'http://127.0.0.1:5999', maxUploadBytes: 1000 });
  // Who calls is said by a header here; identity has tests of its own.
  mountConformity(app, {
    database: test.database,
    now: () => new Date('2026-11-21T10:00:00Z'),
    doorkeeper: {
      organisation: (slug) => Promise.resolve(slug === 'acme' ? { ...home.organisation, settings } : null),
      actorIn: (request) =>
        Promise.resolve(
          typeof request.headers['x-role'] === 'string'
            ? { kind: 'person', personId: null, roles: request.headers['x-role'].split(' ') as Role[] }
            : null,
        ),
      isSignedIn: () => Promise.resolve(true),
      refusedAttempt: () => Promise.resolve(),
    },
  });
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const get = async (path: string, role: string) => {
  const answer = await app.inject({ method: 'GET', url: `/api/v1/orgs/acme/conformity${path}`, headers: { 'x-role': role } });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const paths = () => ['', '/records?rule=R002', `/about/systems/${systemId}`, '/trend', '/settings'];
const schemas = [
  conformityEndpoints.get,
  conformityEndpoints.records,
  conformityEndpoints.about,
  conformityEndpoints.trend,
  conformityEndpoints.settings,
].map(({ response }) => response);

describe('every member', () => {
  it('gets answers of the declared shape', async () => {
    for (const [index, path] of paths().entries()) {
      const { status, body } = await get(path, 'reader');
      expect([path, status]).toEqual([path, 200]);
      expect(() => schemas[index]?.parse(body), path).not.toThrow();
    }
  });
  it('sees the coverage beside the verdict, and the law apart', async () => {
    const { body } = await get('', 'reader');
    expect(body).toMatchObject({
      coverage: { total: 138, byGroup: { law: { total: 5 }, certification: { total: 5 } } },
      judgedOn: '2026-11-21',
      law: { likelyMinor: 1, rules: ['R108'] },
    });
    const findings = body['findings'] as { rule: string; basis: string; remedy: string }[];
    expect(findings.find(({ rule }) => rule === 'R001')).toMatchObject({
      basis: '4.3 Determining the scope of the AI management system',
      remedy: expect.stringMatching(/scope statement/),
    });
  });
  it('is told when there is no such rule or record', async () => {
    expect((await get('/records?rule=scope', 'reader')).status).toBe(422);
    expect((await get(`/about/systems/${home.organisation.id}`, 'reader')).status).toBe(404);
    expect((await get(`/about/secrets/${systemId}`, 'reader')).status).toBe(404);
  });
});

describe('an external auditor', () => {
  it('gets nothing while the organisation does not share its predictions', async () => {
    settings = {};
    for (const path of paths()) expect([path, (await get(path, 'external_auditor')).status]).toEqual([path, 403]);
    expect((await get('', 'external_auditor internal_auditor')).status).toBe(200);
  });
  it('gets them when it does, and the reading is written down', async () => {
    settings = { shareConformityWithAuditors: true };
    for (const path of paths()) expect([path, (await get(path, 'external_auditor')).status]).toEqual([path, 200]);
    const reads = await home.within((tx) =>
      tx.query(sql`select command from trail_entries where organization_id = ${home.organisation.id}::uuid and command = 'read'`),
    );
    expect(reads).toHaveLength(paths().length);
  });
});
