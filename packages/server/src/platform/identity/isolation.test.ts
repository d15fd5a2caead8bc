import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installationLog } from '../trail/testing/installation.ts';
import { type Browser, createTestHouse, organisationBound, type TestHouse } from './testing.ts';

let house: TestHouse;
let ours: Browser;
let theirs: Browser;
let ids: { theirs: string; member: string; invitation: string; token: string; person: string };
beforeAll(async () => {
  house = await createTestHouse();
  ours = (await house.organisation('ours', 'ours@example.org')).administrator;
  const other = await house.organisation('theirs', 'theirs@example.org');
  theirs = other.administrator;
  const org = '/api/v1/orgs/theirs';
  const member = (await theirs.send('GET', `${org}/members`)).json<{ items: { id: string; personId: string }[] }>().items[0];
  const { invitation } = (await theirs.send('POST', `${org}/invitations`, { email: 'x@example.org', name: 'X', roles: ['reader'] })).json<{
    invitation: { id: string };
  }>();
  const { view } = (await theirs.send('POST', `${org}/tokens`, { name: 'script', role: 'reader', days: 1 })).json<{
    view: { id: string };
  }>();
  ids = { theirs: other.id, member: member?.id ?? '', invitation: invitation.id, token: view.id, person: member?.personId ?? '' };
});
afterAll(() => house.close());

const idFor = (name: string) => (name.startsWith('members') ? ids.member : name.startsWith('tokens') ? ids.token : ids.invitation);
const bodies: Record<string, object> = {
  'organisations.change': { name: 'Taken' },
  'members.change': { roles: ['reader'] },
  'invitations.create': { email: 'y@example.org', name: 'Y', roles: ['reader'] },
  'tokens.create': { name: 'mine', role: 'reader', days: 1 },
};
const stateOfTheirs = async () =>
  (
    await house.owner.query(
      `
  select (select string_agg(o::text, '') from organizations o where id = $1) as o, (select string_agg(m::text, '') from memberships m where organization_id = $1) as m,
    (select string_agg(i::text, '') from invitations i where organization_id = $1) as i, (select string_agg(t::text, '') from api_tokens t where organization_id = $1) as t`,
      [ids.theirs],
    )
  ).rows[0];

describe.each(organisationBound)('$name', (declared) => {
  const at = (org: string) => declared.path.replace(':org', org).replace(':id', idFor(declared.name));
  const send = (browser: Browser, org: string) => browser.send(declared.method as 'GET', at(org), bodies[declared.name]);

  it('is closed to another organisation, which looks like none at all', async () => {
    const before = await stateOfTheirs();
    const [real, byId, none] = [await send(ours, 'theirs'), await send(ours, ids.theirs), await send(ours, 'nowhere')];
    const said = (answer: typeof real) => ({ status: answer.statusCode, body: answer.body.replace(/"instance":"[^"]*"/, '') });
    expect(said(real)).toEqual(said(none));
    expect(said(byId)).toEqual(said(none));
    expect(real.statusCode).toBe(404);
    expect(await stateOfTheirs()).toEqual(before);
  });

  it('does not reach the record of another organisation by its id', async () => {
    if (!declared.path.includes(':id')) return;
    const before = await stateOfTheirs();
    expect((await send(ours, 'ours')).statusCode).toBe(404);
    expect(await stateOfTheirs()).toEqual(before);
  });

  it('is closed to who is not signed in', async () => expect((await send(house.browser(), 'theirs')).statusCode).toBe(401));
});

it('does not tie an invitation to a person of another organisation', async () => {
  const answer = await ours.send('POST', '/api/v1/orgs/ours/invitations', {
    email: 'y@example.org',
    name: 'Y',
    roles: ['reader'],
    personId: ids.person,
  });
  expect(answer.json()).toMatchObject({ code: 'INVALID', problems: [{ code: 'REFERENCE', field: 'personId' }] });
});

describe('the database itself', () => {
  const inOurs = async <Row>(text: ReturnType<typeof sql<Row>>) => {
    const { rows } = await house.owner.query<{ id: string }>(`select id from organizations where slug = 'ours'`);
    return house.house.database.inOrganisation(rows[0]?.id ?? '', (tx) => tx.query<Row>(text));
  };

  it.each(['organizations', 'memberships', 'invitations', 'api_tokens'])('shows one organisation in %s', async (table) => {
    const key = table === 'organizations' ? 'id' : 'organization_id';
    expect(await inOurs(sql`select 1 from ${sql.table(table)} where ${sql.ref(key)} = ${ids.theirs}::uuid`)).toEqual([]);
  });

  it('keeps the app out of accounts, sessions and the installation log', async () => {
    for (const table of ['user', 'account', 'session', 'installation', 'installation_log', 'setup'])
      await expect(inOurs(sql`select * from ${sql.table(`identity.${table}`)}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps identity out of the records and of every log', async () => {
    const { pool } = house.identity.parts;
    for (const table of ['memberships', 'people', 'trail_entries'])
      expect(
        (await pool.query<{ may: boolean }>(`select has_table_privilege($1, 'select, insert, update, delete') as may`, [table])).rows,
      ).toEqual([{ may: false }]);
    for (const text of [
      "insert into identity.installation_log (id, kind) values (gen_random_uuid(), 'signed-in')",
      'update identity.installation_log set kind = kind',
      'delete from identity.installation_log',
      'truncate identity.installation_log',
      'update identity.installation set value = value',
    ])
      await expect(pool.query(text)).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses a member whose person is of another organisation', async () => {
    await expect(inOurs(sql`update memberships set person_id = ${ids.person}::uuid`)).rejects.toMatchObject({ code: '23503' });
  });

  it('answers the entry points to the app alone, and of the one asked for', async () => {
    const { database } = house.house;
    const { rows } = await house.owner.query<{ id: string }>(`select id from identity."user" where email = 'ours@example.org'`);
    const mine = rows[0]?.id ?? '';
    expect(await database.callAcross<{ slug: string }>(sql`select slug from my_organisations(${mine}::uuid)`)).toEqual([{ slug: 'ours' }]);
    expect(await database.callAcross(sql`select membership_id from membership_of(${mine}::uuid, ${ids.theirs}::uuid)`)).toEqual([]);
    for (const text of [
      `select * from my_organisations('${mine}')`,
      `select * from organization_by_slug('ours')`,
      `select * from token_lookup('x')`,
      `select * from invitation_lookup('x')`,
      'select * from any_organization()',
      `select * from membership_of('${mine}', '${ids.theirs}')`,
    ])
      await expect(house.identity.parts.pool.query(text)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('founding', () => {
  it('is for administrators, and the same request founds once', async () => {
    await house.member({ organisation: 'ours', email: 'reader@example.org', roles: ['reader'] });
    const reader = await house.signedIn('reader@example.org');
    expect((await reader.send('POST', '/api/v1/orgs', { name: 'Mine' })).json()).toMatchObject({ problems: [{ code: 'NOT_A_FOUNDER' }] });
    const found = (key: string) =>
      ours.send('POST', '/api/v1/orgs', { name: 'Ours Ltd', timeZone: 'Asia/Tokyo' }, { 'idempotency-key': key });
    const [one, again, another] = [await found('a'), await found('a'), await found('b')];
    expect(one.json()).toMatchObject({ slug: 'ours-ltd', timeZone: 'Asia/Tokyo', roles: ['administrator'] });
    expect(again.json()).toEqual(one.json());
    expect(another.json()).toMatchObject({ slug: 'ours-ltd-2' });
    expect((await ours.send('POST', '/api/v1/orgs', { name: 'Copy', slug: 'theirs' })).json()).toMatchObject({
      problems: [{ code: 'SLUG_TAKEN' }],
    });
    expect((await ours.send('POST', '/api/v1/orgs', { name: 'Zone', timeZone: 'Nowhere/City' })).statusCode).toBe(422);
  });
});

it('writes down who knocked where he may not', async () => {
  const told = (await installationLog(house.owner, 'refused')).filter(
    ({ record, said }) => record !== null && said?.['organisation'] === ids.theirs,
  );
  // More than one network may have told in a minute is counted.
  const { rows } = await house.owner.query<{ n: number }>("select sum((more ->> 'refused')::int)::int as n from installation_refusals");
  expect(told.length).toBeGreaterThan(0);
  expect(told.length + (rows[0]?.n ?? 0)).toBeGreaterThanOrEqual(organisationBound.length);
});
