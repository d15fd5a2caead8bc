import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestHouse, type TestHouse } from './testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

const missing = async () => {
  const plan = await getMigrations(house.identity.parts.library.options);
  return { tables: [...plan.toBeCreated, ...plan.toBeAdded].map((change) => change.table), problems: plan.schemaProblems };
};

it('finds in our migration every table and column it expects', async () => {
  expect(await missing()).toEqual({ tables: [], problems: [] });
  await house.owner.query('alter table identity.session drop column "userAgent"');
  expect((await missing()).tables).toEqual(['session']);
});
