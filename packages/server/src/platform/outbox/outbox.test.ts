import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { bareOrganisation, until } from '../trail/testing/organisation.ts';
import { mostTries } from './backoff.ts';
import { enqueue } from './enqueue.ts';
import { type Handlers, Undeliverable } from './handler.ts';
import { claim, readClaimed } from './store.ts';
import { startOutbox } from './worker.ts';

let test: TestDatabase;
let organisation: string;
beforeAll(async () => {
  test = await createTestDatabase();
  organisation = await bareOrganisation(test, 'ours');
});
afterAll(() => test.drop());

const inside = <T>(work: (tx: Tx) => Promise<T>, where = organisation) => test.database.inOrganisation(where, work);
const put = (kind: string, payload: Record<string, unknown> = {}) => inside((tx) => enqueue(tx, { kind, payload }));
interface Row {
  readonly attempts: number;
  readonly last_error: string | null;
  readonly done: boolean;
  readonly parked: boolean;
  readonly minutes: number;
  readonly payload: unknown;
}
const rowOf = async (id: string): Promise<Row> => {
  const [row] = await inside((tx) =>
    tx.query<Row>(sql`
      select attempts, last_error, done_at is not null as done, parked_at is not null as parked, payload,
        round(extract(epoch from due_at - clock_timestamp()) / 60)::integer as minutes
      from outbox_messages where organization_id = ${organisation}::uuid and id = ${id}::uuid`),
  );
  if (row === undefined) throw new Error('expected the message');
  return row;
};
const dueNow = (id: string) =>
  inside((tx) => tx.query(sql`update outbox_messages set due_at = now(), claimed_until = null where id = ${id}::uuid`));
const work = (handlers: Handlers, more: { leaseMs?: number; parallel?: number } = {}) =>
  startOutbox({ database: test.database, handlers, report: () => {}, pollMs: 20, ...more });

describe('a message', () => {
  it('waits only if its transaction commits', async () => {
    await expect(
      inside(async (tx) => {
        await enqueue(tx, { kind: 'never', payload: {} });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await inside((tx) => tx.query(sql`select 1 from outbox_messages where kind = 'never'`))).toEqual([]);
  });

  it('is handled, its end committed with it, and its payload forgotten', async () => {
    const id = await put('note', { say: 'hello' });
    const worker = work({
      note:
        async ({ payload }) =>
        (tx) =>
          enqueue(tx, { kind: 'echo', payload }).then(() => undefined),
      echo: async () => undefined,
    });
    await until(
      async () =>
        (await inside((tx) => tx.query(sql`select 1 from outbox_messages where kind = 'echo' and done_at is not null`))).length === 1,
    );
    await worker.stop();
    expect(await rowOf(id)).toMatchObject({ done: true, parked: false, attempts: 1, payload: {} });
  });

  it('waits until it is due', async () => {
    const seen: string[] = [];
    const late = await inside((tx) => enqueue(tx, { kind: 'timed', payload: {}, dueAt: new Date(Date.now() + 3_600_000) }));
    const soon = await put('timed');
    const worker = work({
      timed: async ({ id }) => {
        seen.push(id);
      },
    });
    await until(() => seen.includes(soon));
    await worker.stop();
    expect(seen).toEqual([soon]);
    expect((await rowOf(late)).attempts).toBe(0);
  });

  it('that fails is tried again after 1, 5, 30 minutes, 2 and 12 hours, then parked with the reason', async () => {
    const id = await put('failing');
    const worker = work({ failing: async ({ attempt }) => Promise.reject(new Error(`no answer (${attempt})`)) });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= mostTries; attempt += 1) {
      await until(async () => (await rowOf(id)).last_error === `no answer (${attempt})`);
      waits.push((await rowOf(id)).minutes);
      if (attempt < mostTries) await dueNow(id);
    }
    await dueNow(id);
    await new Promise((resolve) => void setTimeout(resolve, 150));
    await worker.stop();
    expect(waits.slice(0, 5)).toEqual([1, 5, 30, 120, 720]);
    expect(await rowOf(id)).toMatchObject({ parked: true, done: false, attempts: mostTries, last_error: 'no answer (6)' });
  });

  it('that cannot be delivered is parked at the first try; another one behind it is not held up', async () => {
    const bad = await put('hopeless');
    const good = await put('fine');
    const worker = work(
      { hopeless: async () => Promise.reject(new Undeliverable('no address')), fine: async () => undefined },
      { parallel: 1 },
    );
    await until(async () => (await rowOf(good)).done);
    await worker.stop();
    expect(await rowOf(bad)).toMatchObject({ parked: true, attempts: 1, last_error: 'no address' });
  });

  it('that nobody here can handle waits for a release that can', async () => {
    const id = await put('of-tomorrow');
    const worker = work({});
    await until(async () => (await rowOf(id)).last_error !== null);
    await worker.stop();
    expect(await rowOf(id)).toMatchObject({ parked: false, minutes: 1 });
  });

  it('that ends whoever handles it is parked in the end, unread', async () => {
    const id = await put('deadly');
    for (let death = 0; death < mostTries; death += 1) {
      await claim(test.database, '00000000-0000-4000-8000-000000000000', 100, 60_000);
      await dueNow(id);
    }
    let ran = false;
    const worker = work({
      deadly: async () => {
        ran = true;
      },
    });
    await until(async () => (await rowOf(id)).parked);
    await worker.stop();
    expect(ran).toBe(false);
  });
});

describe('workers', () => {
  it('side by side handle each message once', async () => {
    const ids = await inside(async (tx) => {
      const made: string[] = [];
      for (let n = 0; n < 200; n += 1) made.push(await enqueue(tx, { kind: 'shared', payload: {} }));
      return made;
    });
    const seen: string[] = [];
    const handlers: Handlers = {
      shared: async ({ id }) => {
        seen.push(id);
      },
    };
    const both = [work(handlers), work(handlers)];
    await until(() => seen.length >= ids.length);
    await Promise.all(both.map((one) => one.stop()));
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('finish what runs when they are stopped, and take nothing more', async () => {
    const id = await put('slow');
    let began = false;
    const worker = work({
      slow: async () => {
        began = true;
        await new Promise((resolve) => void setTimeout(resolve, 300));
      },
    });
    await until(() => began);
    const later = put('after-the-end');
    await worker.stop();
    expect((await rowOf(id)).done).toBe(true);
    expect((await rowOf(await later)).attempts).toBe(0);
  });

  it('that are killed in the middle leave the message to another, and no second end is committed', async () => {
    const id = await put('effect');
    const child = await startAndKill(id);
    expect(child).toBe('SIGKILL');
    expect(await rowOf(id)).toMatchObject({ done: false, attempts: 1 });
    let finished = 0;
    const worker = work({
      effect: async () => async () => {
        finished += 1;
      },
    });
    await until(async () => (await rowOf(id)).done);
    await worker.stop();
    expect(finished).toBe(1);
    expect((await rowOf(id)).attempts).toBe(2);
  });

  it('that lost a message to another do not commit its end', async () => {
    const id = await put('contested');
    const ends: string[] = [];
    const slow = work(
      {
        contested: async () => {
          // As if this server had slept past its lease: another one takes the message and ends it.
          await inside((tx) => tx.query(sql`update outbox_messages set claimed_by = gen_random_uuid() where id = ${id}::uuid`));
          return async () => void ends.push('slow');
        },
      },
      { leaseMs: 60_000 },
    );
    await until(async () => (await rowOf(id)).attempts === 1 && ends.length === 0);
    await slow.stop();
    expect(ends).toEqual([]);
    expect((await rowOf(id)).done).toBe(false);
  });
});

it('crosses organisations by ids alone: content is read inside the organisation, and by the holder only', async () => {
  const theirs = await bareOrganisation(test, 'theirs');
  const id = await inside((tx) => enqueue(tx, { kind: 'private', payload: { word: 'theirs only' } }), theirs);
  const worker = '11111111-1111-4111-8111-111111111111';
  const claimed = await claim(test.database, worker, 100, 60_000);
  expect(claimed).toContainEqual({ organisationId: theirs, id });
  expect(JSON.stringify(claimed)).not.toContain('theirs only');
  expect(await inside((tx) => readClaimed(tx, worker, id))).toBeNull();
  expect(await inside((tx) => readClaimed(tx, '22222222-2222-4222-8222-222222222222', id), theirs)).toBeNull();
  expect(await inside((tx) => readClaimed(tx, worker, id), theirs)).toMatchObject({ payload: { word: 'theirs only' } });
  await expect(
    inside((tx) =>
      tx.query(
        sql`insert into outbox_messages (organization_id, id, kind, payload) values (${theirs}::uuid, gen_random_uuid(), 'planted', '{}')`,
      ),
    ),
  ).rejects.toThrow('row-level security');
});

/** A worker in a process of its own, killed while it handles the message; answers the signal that ended it. */
const startAndKill = async (id: string): Promise<NodeJS.Signals | null> => {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('testing/worker-process.ts', import.meta.url)), JSON.stringify({ connection: test.migrated.app })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  await new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => String(chunk).includes(id) && resolve()));
  child.kill('SIGKILL');
  const signal = await ended;
  // Its lease of 500 ms ends by itself.
  return signal;
};
