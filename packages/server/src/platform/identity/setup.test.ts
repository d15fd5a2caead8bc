import { afterAll, beforeAll, expect, it } from 'vitest';
import { installationLog } from '../trail/testing/installation.ts';
import { createTestHouse, password, publicUrl, type TestHouse } from './testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

const first = { name: 'Administrator', email: 'admin@example.org', password };
const run = (body: object) => house.browser().send('POST', '/api/v1/setup', body);
const needed = async () => (await house.browser().send('GET', '/api/v1/setup')).json<{ needed: boolean }>().needed;
const tokenOf = (link: string | null) => link?.split('#')[1] ?? '';

it('makes exactly one first administrator, once', async () => {
  const old = tokenOf(await house.identity.setupLink());
  const link = await house.identity.setupLink();
  expect(link).toMatch(new RegExp(`^${publicUrl}/setup#setup_[\\w-]{43}$`));
  const token = tokenOf(link);
  expect(await needed()).toBe(true);

  // The link of an earlier start, a guess, a slip in the short name, an unfit password: none uses the link up.
  expect((await run({ token: old, ...first })).statusCode).toBe(409);
  expect((await run({ token: `setup_${'x'.repeat(43)}`, ...first })).statusCode).toBe(409);
  expect((await run({ token, ...first, organisation: { name: 'Acme', slug: '-acme-' } })).json()).toMatchObject({
    problems: [{ code: 'SLUG_FORM' }],
  });
  expect((await run({ token, ...first, password: 'aaaaaaaaaaaaaaa' })).json()).toMatchObject({ problems: [{ code: 'PASSWORD_REPEATS' }] });

  const answers = await Promise.all(
    [1, 2, 3].map((n) =>
      run({ token, ...first, email: `admin${n}@example.org`, organisation: { name: 'Acme GmbH', timeZone: 'Europe/Vienna' } }),
    ),
  );
  expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([201, 409, 409]);
  const made = answers.find((answer) => answer.statusCode === 201);
  expect(made?.json()).toMatchObject({
    organisations: [{ slug: 'acme-gmbh', name: 'Acme GmbH', timeZone: 'Europe/Vienna', roles: ['administrator'], demo: false }],
  });
  expect(made?.cookies).toHaveLength(1);

  expect(await needed()).toBe(false);
  expect(await house.identity.setupLink()).toBeNull();
  expect((await run({ token, ...first, email: 'late@example.org' })).statusCode).toBe(409);
  expect(await installationLog(house.owner, 'set-up')).toHaveLength(1);
  expect(await installationLog(house.owner, 'set-up-refused')).toHaveLength(6);
  expect((await house.owner.query('select * from identity.setup')).rowCount).toBe(0);
});

it('writes the first person into the directory as made by himself, with his trail', async () => {
  const { rows } = await house.owner.query<{ id: string; created_by: string; commands: string[] }>(`
    select p.id, p.created_by, array(select register || ' ' || command from trail_entries t where t.organization_id = p.organization_id order by t.id) as commands from people p`);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.created_by).toBe(rows[0]?.id);
  expect(rows[0]?.commands).toEqual(['organisation create', 'people create', 'memberships create']);
});
