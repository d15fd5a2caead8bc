import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation } from '../identity/founding.ts';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { createDatabase, type Database, type Tx } from './pool.ts';

let test: TestDatabase;
let database: Database;
const id = '019b76da-a800-7334-aaab-bf63f8ce6c8b';
beforeAll(async () => {
  test = await createTestDatabase();
  // One connection, so that each case meets what the one before left behind.
  database = createDatabase(test.migrated.app, { max: 1 });
  await createOrganisation({ database, now: () => new Date() }, { id, name: 'Ours', slug: 'ours' });
});
afterAll(async () => {
  await database.end();
  await test.drop();
});

const within = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(id, work);
const add = (tx: Tx, key: string) =>
  tx.query(sql`insert into idempotency_keys (organization_id, actor, key, request_hash) values (${id}::uuid, ${id}::uuid, ${key}, 'h')`);
const keys = (how?: 'kept' | 'last') =>
  within(async (tx) => (await tx.query<{ key: string }>(sql`select key from idempotency_keys order by key`, how)).map(({ key }) => key));
const number = (tx: Tx, n: number, how?: 'kept' | 'last') => tx.query<{ n: number }>(sql`select ${n}::integer as n`, how);

describe('questions that do not wait for each other', () => {
  it('get their own answers, kept ones among them', async () => {
    const asked = [1, 2, 3, 4, 5, 6];
    const answers = await within((tx) => Promise.all(asked.map((n) => number(tx, n, n % 2 === 0 ? 'kept' : undefined))));
    expect(answers.map(([row]) => row?.n)).toEqual(asked);
  });

  it('are all in the transaction: one that fails takes back what others wrote, and the connection goes on', async () => {
    const failing = within((tx) => Promise.all([add(tx, 'one'), tx.query(sql`select 1 / 0`), add(tx, 'two')]));
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    await expect(within((tx) => tx.query(sql`select no_such_column`, 'kept'))).rejects.toMatchObject({ code: '42703' });
    await expect(within((tx) => tx.query(sql`select no_such_column`, 'kept'))).rejects.toMatchObject({ code: '42703' });
    expect(await keys()).toEqual([]);
  });

  it('see only their own organisation, also where they go out with the beginning', async () => {
    await within((tx) => add(tx, 'ours'));
    const other = '019b76da-a800-7334-aaab-bf63f8ce6c8c';
    expect(await database.inOrganisation(other, (tx) => tx.query(sql`select key from idempotency_keys`))).toEqual([]);
    expect(await keys()).toEqual(['ours']);
  });
});

describe('the last question', () => {
  it('ends the transaction: what was written before stays, and nothing can be asked after it', async () => {
    await within(async (tx) => {
      await add(tx, 'written');
      await number(tx, 1, 'last');
    });
    expect(await keys('last')).toEqual(['ours', 'written']);
    const more = within(async (tx) => {
      await number(tx, 1, 'last');
      return number(tx, 2);
    });
    await expect(more).rejects.toThrow('expected nothing after the last question');
    expect(await keys('last')).toEqual(['ours', 'written']);
  });

  it('that fails takes everything back', async () => {
    const failing = within(async (tx) => {
      await add(tx, 'lost');
      await tx.query(sql`select 1 / 0`, 'last');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await keys('last')).toEqual(['ours', 'written']);
  });
});

describe('rows that come as COPY', () => {
  const pieces = async (rows: AsyncIterable<Buffer>) => {
    let bytes = 0;
    for await (const piece of rows) bytes += piece.length;
    return bytes;
  };

  it('stand between other questions, at the beginning too', async () => {
    const found = await within(async (tx) => {
      const first = await pieces(tx.copyOut(sql`select generate_series(1, 1000)`));
      const [between] = await number(tx, 5, 'kept');
      return [first, between?.n, await pieces(tx.copyOut(sql`select 1`)), (await Promise.all([number(tx, 6), number(tx, 7)])).length];
    });
    // 19 bytes before, 2 after, and 10 for each row of one number.
    expect(found).toEqual([10_021, 5, 31, 2]);
  });

  it('that cannot be had say so, and the connection goes on', async () => {
    await expect(within((tx) => pieces(tx.copyOut(sql`select no_such_column`)))).rejects.toMatchObject({ code: '42703' });
    expect(await keys()).toEqual(['ours', 'written']);
  });
});

it('ends with an error, not in silence, when the connection goes while several wait', async () => {
  const ended = within((tx) =>
    Promise.all([number(tx, 1), tx.query(sql`select pg_terminate_backend(pg_backend_pid())`), number(tx, 2), number(tx, 3, 'kept')]),
  );
  await expect(ended).rejects.toThrow();
  expect(await keys('kept')).toEqual(['ours', 'written']);
});
