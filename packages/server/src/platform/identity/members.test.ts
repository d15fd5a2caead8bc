import type { Role } from '@aimwell/core/roles/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, createTestHouse, type TestHouse } from './testing.ts';

let house: TestHouse;
let admin: Browser;
beforeAll(async () => {
  house = await createTestHouse();
  admin = (await house.organisation('acme', 'admin@example.org')).administrator;
});
afterAll(() => house.close());

const org = '/api/v1/orgs/acme';
const codesOf = (answer: { json(): unknown }) =>
  (answer.json() as { problems?: { code: string }[] }).problems?.map((problem) => problem.code);
const memberId = async (email: string) =>
  (await admin.send('GET', `${org}/members`))
    .json<{ items: { id: string; email: string }[] }>()
    .items.find((member) => member.email === email)?.id ?? '';
const change = async (email: string, body: object, browser = admin) =>
  browser.send('PATCH', `${org}/members/${await memberId(email)}`, body);
let made = 0;
const person = async (roles: readonly Role[]) => {
  const email = `person${(made += 1)}@example.org`;
  await house.member({ organisation: 'acme', email, roles });
  return { email, browser: await house.signedIn(email) };
};

describe('access', () => {
  it('ends at the next request after it is taken away, suspended or over', async () => {
    const { email, browser } = await person(['reader']);
    const may = async () => (await browser.send('GET', org)).statusCode;
    expect(await may()).toBe(200);
    await change(email, { status: 'suspended' });
    expect(await may()).toBe(404);
    expect((await browser.send('GET', '/api/v1/session')).json()).toMatchObject({ organisations: [] });
    await change(email, { status: 'active', validUntil: '2099-12-31' });
    expect(await may()).toBe(200);
    await house.owner.query(`update memberships set valid_until = current_date - 2 where email = $1`, [email]);
    expect(await may()).toBe(404);
    await house.owner.query(`update memberships set valid_until = null, valid_from = current_date + 2 where email = $1`, [email]);
    expect(await may()).toBe(404);
    await house.owner.query(`update memberships set valid_from = null where email = $1`, [email]);
    expect(await may()).toBe(200);
    expect((await admin.send('DELETE', `${org}/members/${await memberId(email)}`)).statusCode).toBe(200);
    expect(await may()).toBe(404);
  });

  it('changes its roles at once', async () => {
    const { email, browser } = await person(['reader']);
    const settings = () => browser.send('PATCH', org, { settings: { firstHour: { step: 2 } } });
    expect((await settings()).statusCode).toBe(403);
    await change(email, { roles: ['aims_manager'] });
    expect((await settings()).json()).toMatchObject({ settings: { firstHour: { step: 2 } } });
  });
});

describe('who may change it', () => {
  it.each<{ role: Role }>([{ role: 'aims_manager' }, { role: 'top_management' }, { role: 'reader' }])(
    'is not a $role',
    async ({ role }) => {
      const { email, browser } = await person([role]);
      expect((await change(email, { roles: ['administrator'] }, browser)).statusCode).toBe(403);
      expect((await browser.send('DELETE', `${org}/members/${await memberId('admin@example.org')}`)).statusCode).toBe(403);
      expect((await browser.send('POST', `${org}/tokens`, { name: 'mine', role: 'administrator', days: 1 })).statusCode).toBe(403);
    },
  );

  it('cannot give an auditor more than reading, or no days', async () => {
    const { email } = await person(['reader']);
    expect(
      codesOf(await change(email, { roles: ['external_auditor', 'contributor'], validFrom: '2099-01-01', validUntil: '2099-02-01' })),
    ).toEqual(['AUDITOR_WITH_OTHER_ROLES']);
    expect(codesOf(await change(email, { roles: ['external_auditor'] }))).toEqual(['AUDITOR_WITHOUT_DAYS', 'AUDITOR_WITHOUT_DAYS']);
    await expect(house.owner.query(`update memberships set roles = '{external_auditor}' where email = $1`, [email])).rejects.toMatchObject({
      code: '23514',
    });
  });
});

describe('the last administrator', () => {
  it('cannot vanish', async () => {
    for (const body of [{ roles: ['reader'] }, { status: 'suspended' }, { validUntil: '2099-12-31' }])
      expect(codesOf(await change('admin@example.org', body))).toEqual(['LAST_ADMINISTRATOR']);
    expect(codesOf(await admin.send('DELETE', `${org}/members/${await memberId('admin@example.org')}`))).toEqual(['LAST_ADMINISTRATOR']);
  });

  it('cannot vanish when two remove each other at once', async () => {
    const { email, browser } = await person(['administrator']);
    const [mine, his] = [await memberId('admin@example.org'), await memberId(email)];
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        admin.send('PATCH', `${org}/members/${his}`, { roles: ['reader'] }),
        browser.send('PATCH', `${org}/members/${mine}`, { roles: ['reader'] }),
      ]);
      expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
      const { rows } = await house.owner.query(`select email from memberships where 'administrator' = any (roles)`);
      expect(rows).toHaveLength(1);
      await house.owner.query(`update memberships set roles = '{administrator}' where email = any ($1)`, [['admin@example.org', email]]);
    }
  });
});

it('takes the invitations and tokens of who is removed with him', async () => {
  const { email, browser } = await person(['administrator']);
  const { link } = (
    await browser.send('POST', `${org}/invitations`, { email: 'back@example.org', name: 'Back', roles: ['administrator'] })
  ).json<{ link: string }>();
  const { token } = (await browser.send('POST', `${org}/tokens`, { name: 'script', role: 'administrator', days: 30 })).json<{
    token: string;
  }>();
  await change(email, { roles: ['reader'] });
  expect(codesOf(await house.browser().send('GET', `/api/v1/invitations/${link.split('#')[1]}`))).toEqual(['INVITATION_NOT_OPEN']);
  expect((await house.browser().send('GET', org, undefined, { authorization: `Bearer ${token}` })).statusCode).toBe(401);
});

it('tells the trail what changed and by whom', async () => {
  const { rows } = await house.owner.query<{ payload: string; actor: string }>(`
    select convert_from(p.payload, 'UTF8') as payload, e.actor from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    where e.register = 'memberships' and e.command = 'change' order by e.id limit 1`);
  expect(JSON.parse(rows[0]?.payload ?? '{}')).toMatchObject({ from: { status: 'active' }, to: { status: 'suspended' } });
  expect(rows[0]?.actor).toMatch(/^[0-9a-f-]{36}$/);
});
