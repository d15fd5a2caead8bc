import { createContext } from '../context.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationBySlug } from './founding.ts';
import { createOperatorToken } from './identity.ts';
import { type Browser, createTestHouse, password, type TestHouse } from './testing.ts';

let house: TestHouse;
let admin: Browser;
beforeAll(async () => {
  house = await createTestHouse();
  admin = (await house.organisation('acme', 'admin@example.org')).administrator;
  await house.organisation('other', 'other@example.org');
});
afterAll(() => house.close());

const org = '/api/v1/orgs/acme';
const make = async (body: object = {}) =>
  (await admin.send('POST', `${org}/tokens`, { name: 'script', role: 'reader', days: 30, ...body })).json<{
    token: string;
    view: { id: string };
  }>();
const withToken = (token: string, method: 'GET' | 'PATCH' | 'POST' = 'GET', url = org, body?: unknown) =>
  house.browser().send(method, url, body, { authorization: `Bearer ${token}` });
const listed = async (id: string) =>
  (await admin.send('GET', `${org}/tokens`))
    .json<{ items: { id: string; state: string; lastUsedAt: string | null }[] }>()
    .items.find((one) => one.id === id);

describe('an API token', () => {
  it('is shown once, stored as a hash, and speaks with its role', async () => {
    const { token, view } = await make();
    expect(token).toMatch(/^aim_[\w-]{43}$/);
    expect(
      (await house.owner.query<{ all: string }>(`select string_agg(t::text, '') as all from api_tokens t`)).rows[0]?.all,
    ).not.toContain(token);
    expect((await withToken(token)).statusCode).toBe(200);
    expect((await withToken(token, 'PATCH', org, { name: 'Other name' })).statusCode).toBe(403);
    expect(await listed(view.id)).toMatchObject({ state: 'valid', lastUsedAt: expect.any(String) });
  });

  it('is not kept with the Idempotency-Key', async () => {
    const answer = await admin.send('POST', `${org}/tokens`, { name: 'kept', role: 'reader', days: 1 }, { 'idempotency-key': 'token-1' });
    const { token } = answer.json<{ token: string }>();
    expect(
      (await house.owner.query<{ all: string }>(`select coalesce(string_agg(k::text, ''), '') as all from idempotency_keys k`)).rows[0]
        ?.all,
    ).not.toContain(token);
  });

  it('opens its own organisation and no other', async () => {
    const { token } = await make({ role: 'administrator' });
    expect((await withToken(token, 'GET', '/api/v1/orgs/other')).statusCode).toBe(404);
    expect((await withToken(token, 'GET', '/api/v1/orgs/nowhere')).statusCode).toBe(404);
  });

  it('ends when it expires or is revoked', async () => {
    const { token, view } = await make({ days: 1 });
    const now = house.clock;
    house.clock = new Date(now.getTime() + 86_400_000);
    expect((await withToken(token)).statusCode).toBe(401);
    house.clock = now;
    expect((await withToken(token)).statusCode).toBe(200);
    await admin.send('DELETE', `${org}/tokens/${view.id}`);
    expect((await withToken(token)).statusCode).toBe(401);
    expect(await listed(view.id)).toMatchObject({ state: 'revoked' });
  });

  it('is not a person: it neither founds, nor changes passwords, nor borrows a cookie', async () => {
    const { token } = await make({ role: 'administrator' });
    expect((await withToken(token, 'POST', '/api/v1/orgs', { name: 'Mine' })).statusCode).toBe(401);
    expect(
      (await withToken(token, 'POST', '/api/v1/session/password', { current: password, next: 'marble lantern quiver' })).statusCode,
    ).toBe(401);
    expect((await admin.send('GET', org, undefined, { authorization: 'Bearer aim_wrongwrongwrongwrongwrong' })).statusCode).toBe(401);
  });

  it.each([
    '',
    'Bearer',
    'Bearer aim_',
    'Basic YWRtaW46YWRtaW4=',
    `Bearer ${'x'.repeat(5000)}`,
    "Bearer aim_'; drop table api_tokens; --------",
  ])('is not %j', async (authorization) => {
    expect((await house.browser().send('GET', org, undefined, { authorization })).statusCode).toBe(401);
  });

  it('is made by the operator for a command', async () => {
    expect(
      (await withToken(await createOperatorToken(house.identity.parts, 'acme', { name: 'cli', role: 'administrator', days: 30 })))
        .statusCode,
    ).toBe(200);
    await expect(createOperatorToken(house.identity.parts, 'nowhere', { name: 'cli', role: 'reader', days: 30 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(createOperatorToken(house.identity.parts, 'acme', { name: 'cli', role: 'reader', days: 4000 })).rejects.toMatchObject({
      code: 'REFUSED',
    });
  });
});

describe('a signature', () => {
  const contextOf = async (headers: Record<string, string>) => {
    const organisation = await organisationBySlug(house.identity.parts, 'acme');
    if (organisation === null) throw new Error('expected the organisation');
    const actor = await house.identity.doorkeeper.actorIn({ headers, ip: '10.0.0.1' } as never, organisation);
    if (actor === null) throw new Error('expected an actor');
    return createContext({ actor, organisation, now: house.clock });
  };

  it('takes the password of whoever signs', async () => {
    const context = await contextOf({ cookie: admin.cookie ?? '' });
    await expect(house.identity.checkSignature(context, undefined)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(house.identity.checkSignature(context, 'something else')).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(house.identity.checkSignature(context, password)).resolves.toBeUndefined();
  });

  it('is given by a token only where the organisation says so and for the person it stands for', async () => {
    const [mine, nobodys] = [await make({ role: 'aims_manager', asMe: true }), await make({ role: 'aims_manager' })];
    const sign = async (token: string) => house.identity.checkSignature(await contextOf({ authorization: `Bearer ${token}` }), undefined);
    await expect(sign(mine.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await admin.send('PATCH', org, { settings: { tokensMaySign: true } });
    await expect(sign(mine.token)).resolves.toBeUndefined();
    await expect(sign(nobodys.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
