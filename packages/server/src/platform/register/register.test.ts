import { registerNamed, registers } from '@aimwell/contract/registers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf } from '@aimwell/contract/platform/register';
import { createContext, type Organisation } from '../context.ts';
import { newId } from '../ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { createRegisterActions } from './actions.ts';
import { readHistory } from './history.ts';
import { countRecords, listPage } from './list.ts';
import { readView } from './read.ts';

const systems = registerNamed('systems');
let test: TestDatabase;
let organisation: Organisation;
const actions = createRegisterActions(new Map());
const context = () =>
  createContext({
    actor: { kind: 'system', personId: null, roles: ['administrator'] },
    organisation,
    now: new Date('2026-03-01T10:00:00Z'),
  });

beforeAll(async () => {
  test = await createTestDatabase();
  organisation = { id: newId(), slug: 'acme', name: 'Acme', timeZone: 'Europe/Berlin', demo: false, settings: {} };
  await test.database.inOrganisation(organisation.id, async (tx) => {
    const { sql } = await import('kysely');
    await tx.query(sql`insert into organizations (id, slug, name) values (${organisation.id}::uuid, 'acme', 'Acme')`);
  });
});
afterAll(() => test.drop());

const inOrg = <T>(work: Parameters<typeof test.database.inOrganisation<T>>[1]) => test.database.inOrganisation(organisation.id, work);

describe('the tables', () => {
  it('hold exactly the columns that the declarations name', async () => {
    const owner = new pg.Client(test.owner);
    await owner.connect();
    const { rows } = await owner.query<{ table_name: string; column_name: string }>(
      "select table_name, column_name from information_schema.columns where table_schema = 'public'",
    );
    await owner.end();
    for (const register of registers) {
      for (const table of [register.table, `${register.table}_history`]) {
        const found = rows.filter((row) => row.table_name === table).map((row) => row.column_name);
        expect(found, table).toEqual(expect.arrayContaining(Object.entries(register.fields).map(([name, field]) => columnOf(name, field))));
      }
    }
  });
});

describe('create, change, archive', () => {
  it('writes record, history twin, trail entry and search document together', async () => {
    const [row] = await inOrg((tx) =>
      actions.create(tx, context(), systems, [{ name: 'Churn Predictor', rolesLaw: ['deployer', 'deployer'] }]),
    );
    const view = await inOrg((tx) => readView(tx, systems, row?.id ?? ''));
    expect(JSON.parse(view.json)).toMatchObject({
      identifier: 'SYS-0001',
      version: 1,
      name: 'Churn Predictor',
      rolesLaw: ['deployer'],
      state: 'candidate',
      owner: null,
    });
    await inOrg((tx) =>
      actions.change(tx, context(), systems, [{ id: row?.id ?? '', version: 1, set: { purpose: 'Flags customers who may leave' } }], {
        reason: 'found out',
      }),
    );
    const history = await inOrg((tx) => readHistory(tx, systems, row?.id ?? ''));
    expect(
      history.map(({ version, command, reason, changes }) => ({
        version,
        command,
        reason,
        changes: changes.map((change) => change.field),
      })),
    ).toEqual([
      { version: 2, command: 'patch', reason: 'found out', changes: ['purpose'] },
      { version: 1, command: 'create', reason: null, changes: expect.arrayContaining(['name', 'rolesLaw', 'state']) },
    ]);
    expect(JSON.parse(await inOrg((tx) => listPage(tx, systems, { q: 'custom', limit: 10, archived: 'false' })))).toMatchObject({
      items: [{ name: 'Churn Predictor' }],
      next: null,
    });
  });

  it('refuses a version that is no longer the current one and says which is', async () => {
    const [row] = await inOrg((tx) => actions.create(tx, context(), systems, [{ name: 'Old view' }]));
    await inOrg((tx) => actions.change(tx, context(), systems, [{ id: row?.id ?? '', version: 1, set: { unit: 'Sales' } }]));
    await expect(
      inOrg((tx) => actions.change(tx, context(), systems, [{ id: row?.id ?? '', version: 1, set: { unit: 'Support' } }])),
    ).rejects.toMatchObject({ code: 'VERSION_CONFLICT', details: { currentVersion: 2 } });
  });

  it('names the field when a reference points nowhere', async () => {
    await expect(inOrg((tx) => actions.create(tx, context(), systems, [{ name: 'x', owner: newId() }]))).rejects.toMatchObject({
      code: 'INVALID',
      details: { problems: [{ field: 'owner' }] },
    });
    await expect(inOrg((tx) => actions.create(tx, context(), systems, [{ name: 'x', objectives: [newId()] }]))).rejects.toMatchObject({
      code: 'INVALID',
      details: { problems: [{ field: 'objectives' }] },
    });
  });

  it('refuses a control that does not exist', async () => {
    await expect(
      inOrg((tx) =>
        actions.create(tx, context(), registerNamed('evidence'), [{ title: 'x', collectedOn: '2026-01-01', controls: ['A.2.1'] }]),
      ),
    ).rejects.toMatchObject({ code: 'INVALID', details: { problems: [{ field: 'controls', message: expect.stringContaining('A.2.1') }] } });
  });
});

describe('the list', () => {
  it('walks every page in order, empty values last, in both directions', async () => {
    const made = await inOrg((tx) =>
      actions.create(
        tx,
        context(),
        systems,
        Array.from({ length: 57 }, (_, index) => ({
          name: `Page ${index}`,
          unit: index % 3 === 0 ? null : `Unit ${index % 7}`,
          criticality: 'high',
        })),
      ),
    );
    for (const sort of ['unit', '-unit', 'identifier', '-identifier', '-updatedAt', 'name']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = JSON.parse(
          await inOrg((tx) =>
            listPage(tx, systems, { sort, limit: 10, archived: 'false', criticality: 'high', ...(cursor === undefined ? {} : { cursor }) }),
          ),
        ) as { items: { id: string; unit: string | null }[]; next: string | null };
        seen.push(...page.items.map((item) => item.id));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(new Set(seen).size, sort).toBe(made.length);
      expect(seen.length, sort).toBe(made.length);
    }
  });

  it('filters lists of values, "none" and counts alike', async () => {
    await inOrg((tx) =>
      actions.create(tx, context(), systems, [
        { name: 'A', rolesLaw: ['importer'], autonomy: 'assists' },
        { name: 'B', autonomy: 'assists' },
      ]),
    );
    const names = async (query: Record<string, unknown>) =>
      (
        JSON.parse(await inOrg((tx) => listPage(tx, systems, { limit: 10, archived: 'false', ...query }))) as { items: { name: string }[] }
      ).items.map((item) => item.name);
    expect(await names({ rolesLaw: 'importer' })).toEqual(['A']);
    expect(await names({ rolesLaw: ['importer', 'none'], autonomy: 'assists' })).toEqual(['A', 'B']);
    expect(await inOrg((tx) => countRecords(tx, systems, { autonomy: 'assists' }))).toEqual({ count: 2 });
    await expect(names({ autonomy: 'sometimes' })).rejects.toMatchObject({ code: 'INVALID' });
  });
});
