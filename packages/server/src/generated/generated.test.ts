import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asOfSizeHeader, endpoint, members, recordParams } from '@aimwell/contract/platform/endpoint';
import type { Endpoint } from '@aimwell/contract/platform/endpoint';
import { roles } from '@aimwell/core/roles/permissions';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allEndpoints, buildApp } from '../compose.ts';
import { createAnchor } from '../platform/trail/testing/anchor.ts';
import { createFurnishedHouse } from './house.ts';
import { attemptsOf, findLeaks, inThePast } from './isolation.ts';
import { removeFolder } from '../platform/testing/folder.ts';

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let keys: string;
beforeAll(async () => {
  built = await createFurnishedHouse();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  // Without a checkpoint the past is empty and nothing in it could leak.
  const anchor = await createAnchor(built.house.migrated, built.owner, keys);
  for (const { organisation } of [built.ours, built.theirs]) await anchor.at(organisation.id, new Date());
  await anchor.close();
});
afterAll(async () => {
  await built.close();
  await removeFolder(keys);
});
const today = () => new Date().toISOString().slice(0, 10);

const everything = async (): Promise<Record<string, string>> => {
  const owner = new pg.Client(built.owner);
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' where c.relkind = 'r' and n.nspname = 'public' order by 1",
  );
  const sums: Record<string, string> = {};
  for (const { name } of rows) {
    const { rows: found } = await owner.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where organization_id = $1`,
      [built.theirs.organisation.id],
    );
    sums[name] = found[0]?.sum ?? '';
  }
  await owner.end();
  return sums;
};

describe('two organisations', () => {
  it('give, change and reveal nothing of each other, in every place of every endpoint', async () => {
    const present = attemptsOf(allEndpoints(), built.ours, built.theirs);
    const past = inThePast(allEndpoints(), present, today());
    expect(past.length).toBeGreaterThan(100);
    const attempts = [...present, ...past];
    expect(attempts.length).toBeGreaterThan(300);
    const before = await everything();
    expect(await findLeaks(built.app, attempts, built.ours, built.theirs)).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('would be caught: an endpoint that reads by id past the policies is found', async () => {
    const leaky: Endpoint = endpoint({
      name: 'planted.leak',
      method: 'GET',
      path: '/api/v1/orgs/:org/planted/:id',
      access: members(roles),
      summary: 'reads by primary key as the owner',
      params: recordParams,
      response: z.unknown(),
      register: 'systems',
    });
    const app = await buildApp(built.house, (planted) => {
      planted.get(leaky.path, async (request) => {
        const owner = new pg.Client(built.owner);
        await owner.connect();
        const { rows } = await owner.query('select id, name from systems where id = $1', [(request.params as { id: string }).id]);
        await owner.end();
        return rows[0];
      });
    });
    await app.ready();
    const leaks = await findLeaks(app, attemptsOf([leaky], built.ours, built.theirs), built.ours, built.theirs);
    await app.close();
    expect(leaks.map(({ attempt }) => attempt.place)).toContain('path id');
  });
});

describe('the database itself', () => {
  it('refuses rows of one organisation on records of another, on every foreign key', async () => {
    const owner = new pg.Client(built.owner);
    await owner.connect();
    const { rows } = await owner.query<{ relname: string; problem: string }>(`
      with t as (select c.oid, c.relname, a.attnum from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped where c.relkind in ('r', 'p') and n.nspname = 'public')
      select t.relname, 'key without organization_id first: ' || i.indexrelid::regclass as problem
        from t join pg_index i on i.indrelid = t.oid where (i.indisunique or i.indisexclusion) and i.indkey[0] <> t.attnum
      union all select t.relname, 'foreign key to a tenant table without organization_id: ' || k.conname
        from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join t r on r.oid = k.confrelid
        where not (t.attnum = any (k.conkey) and k.confkey[array_position(k.conkey, t.attnum)] = r.attnum)
      union all select t.relname, 'row-level security is not forced' from t join pg_class c on c.oid = t.oid where not (c.relrowsecurity and c.relforcerowsecurity)
      union all select t.relname, 'no policy' from t where not exists (select 1 from pg_policy p where p.polrelid = t.oid)
      union all select c.relname, 'a materialized view has no policies' from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'm'
      union all select c.relname, 'the app may do more than it should: ' || g.privilege_type from information_schema.role_table_grants g join pg_class c on c.relname = g.table_name
        where g.grantee = 'aimwell_app' and (g.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES') or (g.privilege_type in ('UPDATE', 'DELETE') and c.relname like 'trail_%'))`);
    await owner.end();
    expect(rows).toEqual([]);
  });
});

describe('the permission matrix', () => {
  it.each(roles)('holds on every endpoint for %s', async (role) => {
    const authorization = `Bearer ${await built.ours.token(role === 'external_auditor' ? 'reader' : role)}`;
    if (role === 'external_auditor') return;
    const wrong: string[] = [];
    for (const declared of allEndpoints()) {
      if (declared.access.kind !== 'member') continue;
      const url = declared.path.replaceAll(
        /:([a-zA-Z]+)/g,
        (_, name: string) =>
          ({ org: 'ours', id: '00000000-0000-7000-8000-000000000000', register: 'systems', list: 'controls', report: 'soa' })[name] ?? 'x',
      );
      const answer = await built.app.inject({
        method: declared.method,
        url,
        headers: { authorization },
        ...(declared.method === 'GET' ? {} : { payload: {} }),
      });
      const refused = answer.statusCode === 403 && !answer.body.includes('not permit signatures') && !answer.body.includes('may not sign');
      if (refused !== !declared.access.roles.includes(role)) wrong.push(`${declared.name}: ${answer.statusCode} for ${role}`);
    }
    expect(wrong).toEqual([]);
  });

  it('lets nobody in who is not signed in', async () => {
    for (const declared of allEndpoints().filter((one) => one.access.kind !== 'public')) {
      const url = declared.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) =>
        name === 'org' ? 'ours' : '00000000-0000-7000-8000-000000000000',
      );
      const answer = await built.app.inject({ method: declared.method, url, ...(declared.method === 'GET' ? {} : { payload: {} }) });
      expect(answer.statusCode, declared.name).toBe(401);
    }
  });
});

describe('answers', () => {
  it('of every list, record, count and history match their schema', async () => {
    const authorization = `Bearer ${await built.ours.token('administrator')}`;
    for (const declared of allEndpoints()) {
      if (declared.access.kind !== 'member' || declared.method !== 'GET' || declared.binary === true || declared.path.includes(':token'))
        continue;
      const register = declared.register ?? 'systems';
      const url = declared.path.replaceAll(
        /:([a-zA-Z]+)/g,
        (_, name: string) => ({ org: 'ours', id: built.ours.ids[register] ?? '', register })[name] ?? 'x',
      );
      const answer = await built.app.inject({ method: 'GET', url, headers: { authorization } });
      if (answer.statusCode >= 400 && answer.statusCode < 500) continue;
      expect(answer.statusCode, `${declared.name}: ${answer.body.slice(0, 300)}`).toBe(200);
      const checked = declared.response.safeParse(JSON.parse(answer.body));
      expect(checked.error?.issues ?? [], declared.name).toEqual([]);
      if (declared.asOf !== true) continue;
      const then = await built.app.inject({ method: 'GET', url: `${url}?asOf=${today()}`, headers: { authorization } });
      expect(then.statusCode, `${declared.name} as of today: ${then.body.slice(0, 300)}`).toBe(200);
      expect(declared.response.safeParse(JSON.parse(then.body)).error?.issues ?? [], `${declared.name} as of today`).toEqual([]);
      expect(Number(then.headers[asOfSizeHeader]), declared.name).toBeGreaterThan(0);
    }
  });

  it('describe themselves as OpenAPI 3.1 with every endpoint', async () => {
    const document = JSON.parse((await built.app.inject('/api/openapi.json')).body) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
    expect(document.openapi).toBe('3.1.0');
    expect(operations.toSorted()).toEqual(
      allEndpoints()
        .map((one) => one.name)
        .toSorted(),
    );
  });
});
