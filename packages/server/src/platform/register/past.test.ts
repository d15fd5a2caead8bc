import { readdir, readFile } from 'node:fs/promises';
import { registers } from '@aimwell/contract/registers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/template.ts';
import { linkedFields, linkTable } from './ddl.ts';
import { pastSql } from './past-ddl.ts';

const migrations = new URL('../../../migrations/', import.meta.url);

let test: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  test = await createTestDatabase();
  owner = new pg.Client(test.owner);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.drop();
});

const columnsIn = async (schema: string): Promise<Map<string, string[]>> => {
  const { rows } = await owner.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attname)::text[] as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = $1 and c.relkind in ('r', 'v') group by 1`,
    [schema],
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
};

describe('the schema of the past', () => {
  it('is what the declarations give: after a change of fields, npm run migration -- --past writes it anew', async () => {
    const newest =
      (await readdir(migrations))
        .filter((name) => name.endsWith('_past.sql'))
        .toSorted()
        .at(-1) ?? '';
    expect(await readFile(new URL(newest, migrations), 'utf8')).toBe(pastSql(registers));
  });

  it('has a view with the same columns for every register, its twin and its tables of single values', async () => {
    const [now, then] = [await columnsIn('public'), await columnsIn('past')];
    for (const register of registers) {
      const links = linkedFields(register).map(([name, field]) => linkTable(register, name, field));
      for (const table of [register.table, `${register.table}_history`, ...links]) expect(then.get(table), table).toEqual(now.get(table));
    }
    for (const table of ['organizations', 'trail_entries', 'comments']) expect(then.get(table), table).toEqual(now.get(table));
  });

  it('gives nobody rights of its owner: every view asks with those of the caller', async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'past' and not coalesce('security_invoker=true' = any(c.reloptions), false)",
    );
    expect(rows).toEqual([]);
  });
});
