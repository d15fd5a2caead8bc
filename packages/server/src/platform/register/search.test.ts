import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext, type Organisation } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { createRegisterActions } from './actions.ts';
import { countRecords, listPage } from './list.ts';
import { heldThen, searchEverywhere, tsQuery } from './search.ts';

const systems = registerNamed('systems');
const COUNT = 1_400;
/** More than are ever fetched at once from the index of words, and none of them where the list begins. */
const LATE = 1_100;
const actions = createRegisterActions(new Map());
let test: TestDatabase;
let organisation: Organisation;
let other: Organisation;

const within = <T>(work: (tx: Tx) => Promise<T>, who = organisation) => test.database.inOrganisation(who.id, work);
const contextOf = (who: Organisation) =>
  createContext({
    actor: { kind: 'system', personId: null, roles: ['administrator'] },
    organisation: who,
    now: new Date('2026-03-01T10:00:00Z'),
  });
const found = async (slug: string) => {
  const made: Organisation = { id: newId(), slug, name: slug, timeZone: 'UTC', demo: false, settings: {} };
  await test.database.inOrganisation(made.id, (tx) =>
    tx.query(sql`insert into organizations (id, slug, name) values (${made.id}::uuid, ${slug}, ${slug})`),
  );
  return made;
};

beforeAll(async () => {
  test = await createTestDatabase();
  organisation = await found('acme');
  other = await found('globex');
  const records = Array.from({ length: COUNT }, (_, index) => ({
    name: `Assistant ${index}`,
    purpose: `${index >= COUNT - LATE ? 'tungsten' : ''} ${index >= COUNT - 30 ? 'zirconium' : ''}`,
    unit: `Unit ${index % 3}`,
    criticality: index % 2 === 0 ? 'high' : 'low',
    rolesStandard: index % 5 === 0 ? [] : index % 5 === 1 ? ['developer', 'user'] : ['partner'],
  }));
  await within(async (tx) => {
    const rows = await actions.create(tx, contextOf(organisation), systems, records);
    await actions.archive(tx, contextOf(organisation), systems, rows.at(-1)?.id ?? '', null, 'not needed');
  });
  await within(
    (tx) => actions.create(tx, contextOf(other), systems, [{ name: 'Assistant of another organisation', purpose: 'zirconium' }]),
    other,
  );
});
afterAll(() => test.drop());

/** Every record of a searched list, page by page. */
const walk = async (query: Readonly<Record<string, string | readonly string[]>>): Promise<string[]> => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from = cursor === '' ? {} : { cursor };
    const text = await within((tx) => listPage(tx, systems, { limit: 150, archived: 'false', ...query, ...from }));
    const page = JSON.parse(text) as { items: { name: string }[]; next: string | null };
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  }
  return seen;
};
const names = (from: number, to: number, keep: (index: number) => boolean = () => true) =>
  Array.from({ length: to - from }, (_, index) => from + index)
    .filter(keep)
    .map((index) => `Assistant ${index}`);

describe('words in a list', () => {
  it.each([
    { of: 'all records', q: 'assist', from: 0 },
    { of: 'many that come late', q: 'tungsten', from: COUNT - LATE },
    { of: 'few at the end', q: 'zirconium', from: COUNT - 30 },
    { of: 'two kinds at once', q: 'assistant zirc', from: COUNT - 30 },
  ])('find every record, page by page, where they are words of $of', async ({ q, from }) => {
    expect(await walk({ q })).toEqual(names(from, COUNT - 1));
    expect((await walk({ q, sort: '-unit' })).toSorted()).toEqual(names(from, COUNT - 1).toSorted());
    expect(await within((tx) => countRecords(tx, systems, { q }))).toEqual({ count: COUNT - 1 - from });
  });

  it('go together with filters', async () => {
    expect(await walk({ q: 'tungsten', criticality: 'low' })).toEqual(names(COUNT - LATE, COUNT - 1, (index) => index % 2 === 1));
  });

  it('find archived records among the archived, and nothing where nothing is', async () => {
    expect(await walk({ q: 'zirconium', archived: 'true' })).toEqual([`Assistant ${COUNT - 1}`]);
    expect(await walk({ q: 'molybdenum' })).toEqual([]);
    expect(await walk({ q: '& | !' })).toEqual([]);
  });

  it('find nothing of another organisation', async () => {
    expect((await walk({ q: 'another' })).length).toBe(0);
    expect(await within((tx) => tx.query(sql`select search_matches('systems', 'another', null)`))).toEqual([]);
  });
});

describe('the palette', () => {
  const everywhere = async (typed: string) => (await within((tx) => searchEverywhere(tx, typed, 20))).map(({ identifier }) => identifier);

  it('finds a record by its identifier, or by the number of it', async () => {
    expect(await everywhere('SYS-0042')).toEqual(['SYS-0042']);
    expect(await everywhere('0042')).toEqual(['SYS-0042']);
  });

  it('finds it so in the past too', async () => {
    const held = (typed: string) =>
      within((tx) => tx.query<{ number: number }>(sql`select number from systems t where ${heldThen(systems, tsQuery(typed))}`));
    expect(await held('SYS-0042')).toEqual([{ number: 42 }]);
  });

  it('ranks a title that holds a word above the texts of thousands, and passes over what is archived', async () => {
    const many = (register: string, count: number, title: string, archived: boolean) =>
      within(async (tx) => {
        await tx.query(sql`
          insert into search_documents (organization_id, register, record_id, identifier, title, body, archived)
          select ${tx.organisationId}::uuid, ${register}, gen_random_uuid(), ${register} || n, ${title}, 'holds germanium', ${archived} from generate_series(1, ${count}::integer) n`);
        await tx.query(sql`
          insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${register}, ${count}::integer)`);
      });
    await many('risks', 5_000, 'A risk', false);
    await many('data-sets', 3, 'Germanium', false);
    await many('suppliers', 3, 'Germanium', true);
    expect((await everywhere('germanium')).slice(0, 4)).toEqual([
      'data-sets1',
      'data-sets2',
      'data-sets3',
      expect.stringMatching(/^risks/),
    ]);
    expect((await everywhere('germanium')).length).toBe(20);
    expect(await within((tx) => searchEverywhere(tx, 'germanium', 20), other)).toEqual([]);
  });
});

describe('values or none of a list of values', () => {
  const wanted = names(0, COUNT - 1, (index) => index % 5 < 2);
  it('brings both halves in one order, page by page', async () => {
    const query = { rolesStandard: ['developer', 'user', 'none'] };
    expect(await walk(query)).toEqual(wanted);
    expect(await walk({ ...query, sort: '-identifier' })).toEqual(wanted.toReversed());
    expect((await walk({ ...query, sort: 'unit' })).toSorted()).toEqual(wanted.toSorted());
    expect(await within((tx) => countRecords(tx, systems, query))).toEqual({ count: wanted.length });
  });

  it('goes together with words', async () => {
    expect(await walk({ rolesStandard: ['user', 'none'], q: 'tungsten' })).toEqual(
      names(COUNT - LATE, COUNT - 1, (index) => index % 5 < 2),
    );
  });
});
