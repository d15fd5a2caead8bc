import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { people } from '@aimwell/contract/roles/people';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../platform/context.ts';
import type { AsOf, Tx } from '../platform/database/pool.ts';
import { erasePersonFrom } from '../platform/erasure/erase.ts';
import { systemActor } from '../platform/identity/founding.ts';
import { listPage } from '../platform/register/list.ts';
import { writeRecords } from '../platform/register/write.ts';
import { resolveAsOf } from '../platform/trail/as-of.ts';
import { createAnchor } from '../platform/trail/testing/anchor.ts';
import { chance } from './fuzz.ts';
import { type Existing, randomStep } from './history.ts';
import { createFurnishedHouse } from './house.ts';
import { differences, type Leaf, readLeaves, shownBy, shownOf, type World, worldAt } from './replay.ts';
import { removeFolder } from '../platform/testing/folder.ts';

const seed = Number(process.env['AIMWELL_FUZZ_SEED'] ?? 20_260_331);
const STEPS = 120;
const MOMENTS = 1000;
/** Erased half way and at the end. */
const mortals = ['Zyxopal Quern', 'Wolfram Ibexley'];
const start = Date.parse('2026-03-01T08:00:00Z');

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let keys: string;
let end = start;
beforeAll(async () => {
  built = await createFurnishedHouse();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  await live();
}, 120_000);
afterAll(async () => {
  await built.close();
  await removeFolder(keys);
});

const within = <T>(work: (tx: Tx) => Promise<T>, asOf: AsOf | null = null): Promise<T> =>
  built.house.database.inOrganisation(built.ours.organisation.id, work, { asOf });

/** A history of some weeks: steps at random times, most of them anchored at once, some only with the next. Two persons are erased. */
const live = async (): Promise<void> => {
  const random = chance(seed);
  const { organisation, ids } = built.ours;
  const anchor = await createAnchor(built.house.migrated, built.owner, keys);
  const existing: Existing = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]]));
  const contextAt = (moment: number) => createContext({ actor: systemActor, organisation, now: new Date(moment) });
  await anchor.at(organisation.id, new Date(start));
  const erased: string[] = [];
  for (const name of mortals) {
    const set = { name, email: `${name.split(' ')[0]}@example.org` };
    const [row] = await within((tx) => writeRecords(tx, contextAt(end), people, [{ before: null, set }], { command: 'create' }));
    erased.push(row?.id ?? '');
  }
  existing['people']?.push(...erased);
  existing['names'] = [mortals[0] ?? ''];
  for (let step = 0; step < STEPS; step += 1) {
    end += Math.floor(random.next() * 6 * 3_600_000);
    await within((tx) => randomStep(tx, contextAt(end), existing, random));
    if (step === STEPS / 2) {
      await erase(contextAt(end), erased[0] ?? '');
      existing['names'] = [mortals[1] ?? ''];
    }
    if (random.once(0.8)) await anchor.at(organisation.id, new Date(end));
  }
  await erase(contextAt(end), erased[1] ?? '');
  await anchor.at(organisation.id, new Date(end));
  await anchor.close();
};

const erase = (context: ReturnType<typeof createContext>, id: string) =>
  within((tx) => erasePersonFrom(tx, context, id, { reason: 'asked for it', exceptSignatures: true, leaveDuties: true }));

type Item = Readonly<Record<string, unknown>> & { readonly id: string };

const listAll = async (tx: Tx, register: Register, archived: 'true' | 'false', limit = 200): Promise<Item[]> => {
  const items: Item[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit, archived, ...(cursor === undefined ? {} : { cursor }) };
    const page = JSON.parse(await listPage(tx, register, query)) as { items: Item[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};

/** What speaks against the lists of a register, held against the replay. */
const against = (world: World, register: Register, listed: readonly Item[], archived: boolean): string[] => {
  const leaves = [...(world.get(register.name)?.values() ?? [])];
  const shown = new Map(listed.map((item) => [item.id, item]));
  const wrong = leaves.flatMap((leaf: Leaf) => {
    const expected = shownOf(world, leaf);
    const item = shown.get(leaf.id);
    // Whether it was archived is erased as well: it may stand in either list, as the version that the trail names.
    if (expected === null) return item === undefined ? [] : differences(leaf.version, item['version'], `${leaf.id}.version`);
    if (expected['isArchived'] !== archived) return item === undefined ? [] : [`${leaf.id} stands in the other list`];
    return item === undefined ? [`${leaf.id} is missing`] : differences(expected, shownBy(register.name, item), leaf.id);
  });
  const known = new Set(leaves.map(({ id }) => id));
  return [...wrong, ...listed.filter(({ id }) => !known.has(id)).map(({ id }) => `${id} was not there yet`)];
};

/** Both lists of these registers in pages of `limit`, against the replay; and nobody erased is named. */
const compare = async (tx: Tx, world: World, asked: readonly Register[], limit: number): Promise<string[]> => {
  const wrong: string[] = [];
  for (const register of asked)
    for (const archived of ['false', 'true'] as const) {
      const listed = await listAll(tx, register, archived, limit);
      const named = mortals.filter((name) => JSON.stringify(listed).includes(name)).map((name) => `still names ${name}`);
      wrong.push(...[...against(world, register, listed, archived === 'true'), ...named].map((line) => `${register.name} ${line}`));
    }
  return wrong;
};

describe(`as of any moment of a history made at random (seed ${seed})`, () => {
  it('each register is what a replay of the trail’s payloads gives', async () => {
    const random = chance(seed + 1);
    const leaves = await within(readLeaves);
    const signed = await within((tx) => tx.query<{ size: number; at: Date }>(sql`select size, at from trail_checkpoints order by size`));
    const wrong: string[] = [];
    const sizes = new Set<number>();
    let erasedMet = 0;
    for (let turn = 0; turn < MOMENTS && wrong.length < 20; turn += 1) {
      const moment = new Date(start - 86_400_000 + random.next() * (end - start + 90_000_000));
      const asOf = await within((tx) => resolveAsOf(tx, moment.toISOString(), new Date(end + 7_200_000)));
      const size = asOf.checkpoint?.size ?? 0;
      expect(size).toBe(signed.findLast(({ at }) => at <= moment)?.size ?? 0);
      const world = worldAt(leaves, size);
      // All registers under each checkpoint; where the same one comes again, one register by chance.
      const asked = sizes.has(size) ? [random.pick(registers)] : registers;
      sizes.add(size);
      erasedMet += [...world.values()].flatMap((register) => [...register.values()]).filter(({ record }) => record === null).length;
      const found = await within((tx) => compare(tx, world, asked, turn % 10 === 0 ? 5 : 200), asOf);
      wrong.push(...found.map((line) => `at ${asOf.asked}: ${line}`));
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(sizes.size).toBeGreaterThan(60);
    expect(sizes.has(0)).toBe(true);
    expect(erasedMet).toBeGreaterThan(100);
  }, 240_000);

  it('differs from today where something changed since', async () => {
    const leaves = await within(readLeaves);
    const half = worldAt(leaves, Math.floor(leaves.length / 2));
    const wrong = await within(async (tx) => {
      const found: string[] = [];
      for (const register of registers) found.push(...against(half, register, await listAll(tx, register, 'false'), false));
      return found;
    });
    expect(wrong.length).toBeGreaterThan(20);
  });

  it('would be caught: a view that shows what no checkpoint holds yet', async () => {
    const leaves = await within(readLeaves);
    const size = Math.floor(leaves.length / 2);
    const asOf = { asked: '', moment: new Date(end), checkpoint: { size, root: '', at: new Date(end) } };
    const owner = new pg.Client(built.owner);
    await owner.connect();
    const { rows } = await owner.query<{ text: string }>("select pg_get_viewdef('past.systems'::regclass) as text");
    const systems = registers.filter(({ name }) => name === 'systems');
    expect(await within((tx) => compare(tx, worldAt(leaves, size), systems, 200), asOf)).toEqual([]);
    await owner.query(`create or replace view past.systems with (security_invoker = true) as ${rows[0]?.text.replace('l.seq <', '0 <=')}`);
    await owner.end();
    expect((await within((tx) => compare(tx, worldAt(leaves, size), systems, 200), asOf)).length).toBeGreaterThan(0);
  });
});
