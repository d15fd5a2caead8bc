import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemsBehaviour } from '../../systems/actions.ts';
import { type Actor, createContext, type Organisation } from '../context.ts';
import { newId } from '../ids.ts';
import { createRegisterActions } from '../register/actions.ts';
import { countRecords } from '../register/list.ts';
import { fixture } from '../tables/fixtures/helpers.ts';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import type { ExportFormat } from './export.ts';
import { exportTable, type ImportOrder, importTable } from './library.ts';

const corpora = process.env['AIMWELL_CORPORA'] ?? path.join(import.meta.dirname, '../../../../../../shared/corpora');
const inventory = (name: string) => path.join(corpora, `us-federal-ai-inventory-${name}.csv`);
const systems = registerNamed('systems');
const actor: Actor = { kind: 'system', personId: null, roles: ['administrator'] };
const actions = createRegisterActions(new Map([['systems', systemsBehaviour]]));
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const found = async (): Promise<Organisation> => {
  const id = newId();
  const organisation: Organisation = { id, slug: `o-${id}`, name: 'Acme', timeZone: 'Europe/Berlin', demo: false, settings: {} };
  await test.database.inOrganisation(id, (tx) =>
    tx.query(sql`insert into organizations (id, slug, name) values (${id}::uuid, ${organisation.slug}, 'Acme')`),
  );
  return organisation;
};
const house = () => ({ database: test.database, actions, now: () => new Date('2026-03-01T10:00:00Z') });
const bring = (organisation: Organisation, bytes: Uint8Array, more: Partial<ImportOrder> = {}) =>
  importTable({ house: house(), organisation, actor, register: 'systems', bytes, fileName: 'table.csv', ...more });
const count = (organisation: Organisation, register = systems) =>
  test.database.inOrganisation(organisation.id, async (tx) => (await countRecords(tx, register, {})).count);
const taken = async (organisation: Organisation, format: ExportFormat, register = 'systems'): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of await exportTable({ house: house(), organisation, register, format })) parts.push(part as unknown as Uint8Array);
  return Buffer.concat(parts);
};
const bytes = (text: string) => new TextEncoder().encode(text);
const rowsOf = <T>(
  organisation: Organisation,
  fragment: Parameters<Parameters<Parameters<typeof test.database.inOrganisation>[1]>[0]['query']>[0],
) => test.database.inOrganisation(organisation.id, (tx) => tx.query(fragment)) as Promise<T[]>;

describe('the messy sheet', () => {
  const sheet = fixture('messy-systems.csv');

  it('is looked at without writing, refused while roles are missing, mended and imported', async () => {
    const organisation = await found();
    const dry = await bring(organisation, sheet, { dryRun: true });
    expect(dry.summary).toBe('18 rows: 15 ready, 3 need a role');
    const lacking = dry.preview.rows.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'needs'));
    expect(lacking.map(({ seen, suggestion }) => [seen, suggestion])).toEqual([
      ['', 'deployer'],
      ['', 'deployer'],
      ['', 'deployer'],
    ]);
    expect(dry.preview.newPeople).toContain('Head of HR');
    expect([dry.result, await count(organisation)]).toEqual([null, 0]);

    await expect(bring(organisation, sheet)).rejects.toMatchObject({
      code: 'REFUSED',
      details: { problems: [{ code: 'ROLE_MISSING' }, { code: 'ROLE_MISSING' }, { code: 'ROLE_MISSING' }] },
    });
    expect([await count(organisation), await count(organisation, registerNamed('people'))]).toEqual([0, 0]);

    const fixes = Object.fromEntries(lacking.map(({ row, field }) => [String(row), { [field]: 'deployer' }]));
    const mended = await bring(organisation, sheet, { fixes });
    expect(mended).toMatchObject({ summary: '18 rows: 18 ready', result: { created: 18, unchanged: 0 } });
    const [chat] = await rowsOf<{ state: string; owner: string; live_on: string; custom: Record<string, string>; roles_law: string[] }>(
      organisation,
      sql`select t.state, p.name as owner, t.live_on, t.custom, t.roles_law from systems t join people p on p.organization_id = t.organization_id and p.id = t.owner_id where t.name = 'Support chatbot'`,
    );
    expect(chat).toMatchObject({
      state: 'production',
      owner: 'Head of Customer Service',
      live_on: '2024-05-01',
      roles_law: ['deployer'],
      custom: { Stage: 'In use', Comment: 'Hands over to a person on request' },
    });
    const [price] = await rowsOf<{ roles_law: string[] }>(organisation, sql`select roles_law from systems where name = 'Price assistant'`);
    expect(price?.roles_law.toSorted()).toEqual(['deployer', 'provider']);

    expect(await bring(organisation, sheet)).toMatchObject({ result: { created: 0, changed: 0, unchanged: 18, people: [] } });
  });

  it('can be taken in as it is, as drafts, when that is asked for', async () => {
    const organisation = await found();
    expect(await bring(organisation, fixture('messy-systems.xlsx'), { keepProblemsAsDrafts: true })).toMatchObject({
      result: { created: 18 },
    });
  });
});

describe('one import', () => {
  it('leaves nothing when a row in the middle fails', async () => {
    const organisation = await found();
    const lines = Array.from({ length: 2500 }, (_, index) => `System ${index},Person ${index}`);
    const poison = {
      ...actions,
      create: ((tx, context, register, values, options) => {
        if (values.some((value) => value['name'] === 'System 1700')) throw new Error('the disk is gone');
        return actions.create(tx, context, register, values, options);
      }) as typeof actions.create,
    };
    await expect(bring(organisation, bytes(`Name,Owner\n${lines.join('\n')}`), { house: { ...house(), actions: poison } })).rejects.toThrow(
      'the disk is gone',
    );
    expect([await count(organisation), await count(organisation, registerNamed('people'))]).toEqual([0, 0]);
    expect(await rowsOf(organisation, sql`select 1 from import_rows where organization_id = ${organisation.id}::uuid`)).toEqual([]);
    lines[1700] = ',Nobody';
    await expect(bring(organisation, bytes(`Name,Owner\n${lines.join('\n')}`))).rejects.toMatchObject({
      code: 'REFUSED',
      details: { problems: [{ code: 'VALUE_MISSING', message: expect.stringContaining('row 1702') }] },
    });
    expect(await count(organisation)).toBe(0);
  });

  it('does not touch another organisation, and the same file there is new', async () => {
    const [ours, theirs] = [await found(), await found()];
    const file = bytes('Name,Owner\nA,Head of HR\nA,Head of HR\n');
    await bring(ours, file);
    expect([await count(ours), await count(theirs)]).toEqual([2, 0]);
    expect(await bring(theirs, file)).toMatchObject({ result: { created: 2, people: ['Head of HR'] } });
  });

  it('made twice at once makes its records once', async () => {
    const organisation = await found();
    const file = bytes('Name\nA\nB\n');
    const results = await Promise.all([bring(organisation, file), bring(organisation, file)]);
    expect(results.map(({ result }) => result?.created).toSorted()).toEqual([0, 2]);
  });

  it('changes what differs where columns name the row, and refuses an id that stands twice', async () => {
    const organisation = await found();
    const first = bytes('Ref,Name,Purpose\nx1,A,old\nx2,B,same\n');
    const { mapping } = await bring(organisation, first, { dryRun: true });
    const byId = { ...mapping, idColumns: ['Ref'] };
    await bring(organisation, first, { mapping: byId });
    expect(await bring(organisation, bytes('Ref,Name,Purpose\nx1,A,new\nx2,B,same\nx3,C,\n'), { mapping: byId })).toMatchObject({
      result: { created: 1, changed: 1, unchanged: 1 },
    });
    expect(await rowsOf(organisation, sql`select name, purpose, custom from systems order by number`)).toEqual([
      { name: 'A', purpose: 'new', custom: { Ref: 'x1' } },
      { name: 'B', purpose: 'same', custom: { Ref: 'x2' } },
      { name: 'C', purpose: null, custom: { Ref: 'x3' } },
    ]);
    await expect(bring(organisation, bytes('Ref,Name,Purpose\nx9,A,\nx9,B,\n'), { mapping: byId })).rejects.toMatchObject({
      code: 'REFUSED',
      details: { problems: [{ code: 'ID_TWICE' }] },
    });
  });

  it('adds nobody to the directory for someone who may not', async () => {
    const organisation = await found();
    const dry = await importTable({
      house: house(),
      organisation,
      actor: { ...actor, roles: ['system_owner'] },
      register: 'systems',
      bytes: bytes('Name,Owner\nA,Head of HR\n'),
      fileName: 'a.csv',
    });
    expect(dry).toMatchObject({ result: { created: 1, people: [] } });
    expect(await rowsOf(organisation, sql`select owner_id, custom from systems`)).toEqual([
      { owner_id: null, custom: { Owner: 'Head of HR' } },
    ]);
  });
});

describe('export', () => {
  it.each(['csv', 'xlsx', 'json'] as const)(
    'comes back as %s without a difference, and with one where a person made one',
    async (format) => {
      const organisation = await found();
      await bring(organisation, fixture('messy-systems.csv'), { keepProblemsAsDrafts: true });
      await test.database.inOrganisation(organisation.id, (tx) =>
        actions.create(tx, createContext({ actor, organisation, now: new Date() }), systems, [
          {
            name: 'constructor',
            purpose: '=1+1',
            custom: { System: ' an own field that is called like a field ', 'System (as imported)': 'x', Identifier: 'y', toString: 'z' },
          },
        ]),
      );
      const file = await taken(organisation, format);
      expect(await bring(organisation, file, { fileName: `systems.${format}` })).toMatchObject({
        counts: { rows: 19, unchanged: 19 },
        result: { created: 0, changed: 0, unchanged: 19 },
      });
      const elsewhere = await found();
      expect(await bring(elsewhere, file, { fileName: `systems.${format}` })).toMatchObject({ result: { created: 19 } });
      expect(await bring(elsewhere, file, { fileName: `systems.${format}` })).toMatchObject({ result: { created: 0 } });
      if (format !== 'csv') return;
      const edited = Buffer.from(file)
        .toString('utf8')
        .replace('Works council informed', 'Works council agreed')
        .replace('"Menus, allergens"', '""');
      expect(await bring(organisation, bytes(edited))).toMatchObject({ result: { created: 0, changed: 2, unchanged: 17 } });
      expect(await rowsOf(organisation, sql`select data from systems where name = 'Café menu planner'`)).toEqual([{ data: null }]);
    },
  );

  it('holds only what the filters find', async () => {
    const organisation = await found();
    await bring(organisation, bytes('Name,Criticality\nA,high\nB,low\n'));
    const parts: string[] = [];
    for await (const part of await exportTable({
      house: house(),
      organisation,
      register: 'systems',
      format: 'json',
      filters: { criticality: 'low' },
    }))
      parts.push(String(part));
    expect(JSON.parse(parts.join(''))).toMatchObject({ register: 'systems', rows: [{ identifier: 'SYS-0002', name: 'B' }] });
  });
});

describe.skipIf(!existsSync(inventory('2024-v2')))('the federal inventories', () => {
  it('brings 2,133 systems of 2024 in one import, once, and gives them back without a difference', async () => {
    const organisation = await found();
    const file = readFileSync(inventory('2024-v2'));
    const started = performance.now();
    const first = await bring(organisation, file);
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`import of 2,133 × 62: ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(60);
    expect(first.result).toMatchObject({ created: 2133, skipped: 0 });
    expect(
      await rowsOf(
        organisation,
        sql`select count(distinct unit) as agencies, count(distinct coalesce(custom->>'Agency', unit)) as raw, count(*) as systems from systems where archived_at is null`,
      ),
    ).toEqual([{ agencies: 41, raw: 42, systems: 2133 }]);
    const [text] = await rowsOf<{ bad: number }>(
      organisation,
      sql`select count(*) as bad from systems t where row_to_json(t)::text ~ '[\u0080-\u009f\ufffd]'`,
    );
    expect(text?.bad).toBe(0);
    expect((await bring(organisation, file)).result).toMatchObject({ created: 0, changed: 0, unchanged: 2133 });
    for (const format of ['csv', 'xlsx', 'json'] as const) {
      expect((await bring(organisation, await taken(organisation, format))).result, format).toMatchObject({
        created: 0,
        changed: 0,
        unchanged: 2133,
      });
    }
  });

  it('brings 710 systems of 2023', async () => {
    const organisation = await found();
    const file = readFileSync(inventory('2023'));
    expect((await bring(organisation, file)).result).toMatchObject({ created: 710 });
    expect((await bring(organisation, file)).result).toMatchObject({ created: 0, unchanged: 710 });
    expect((await bring(organisation, await taken(organisation, 'csv'))).result).toMatchObject({ created: 0, changed: 0, unchanged: 710 });
  });
});
