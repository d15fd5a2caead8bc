import { judge } from '@aimwell/server/conformity/actions';
import { importTable } from '@aimwell/server/platform/transfer/library';
import type pg from 'pg';
import type { BenchHouse, Tenant } from './house.ts';
import { BAR, besideEachOther, interleaved, median, timed } from './measure.ts';

/** A piece of work beside its floor, in milliseconds where no other unit is named. `bar`: how many times the floor it may take. */
export interface Heavy {
  readonly unit?: 'MB';
  readonly name: string;
  readonly ms: number;
  readonly floorName: string;
  readonly floor: number;
  readonly bar: number;
}

const TODAY = '2026-11-21';
const IMPORTED = 10_000;

interface Bench {
  readonly bench: BenchHouse;
  readonly client: pg.Client;
  readonly tenants: { readonly small: Tenant; readonly large: Tenant };
}

/** One change of one record over HTTP, with history, trail, search and the mark for the rules; beside the same UPDATE by itself. */
const changes = async ({ client, tenants }: Bench): Promise<Heavy[]> => {
  let turn = 0;
  const change = async (tenant: Tenant) => {
    const [record] = (JSON.parse((await tenant.ask('GET', 'systems?limit=1')).body) as { items: { id: string; version: number }[] }).items;
    if (record === undefined) throw new Error('expected a system');
    let { version } = record;
    return async () => {
      turn += 1;
      const { ms } = await tenant.ask('PATCH', `systems/${record.id}`, { body: { oversight: `Seen in turn ${turn}` }, version });
      version += 1;
      return ms;
    };
  };
  const organisation = tenants.large.organisation.id;
  const bareUpdate = timed(() =>
    client.query('update systems set oversight = $2, updated_at = now() where organization_id = $1 and number = 2', [
      organisation,
      `Seen in turn ${(turn += 1)}`,
    ]),
  );
  await client.query('create table bench_systems as select * from systems where false');
  const bareInsert = timed(() =>
    client.query('insert into bench_systems select * from systems where organization_id = $1 and number = 1', [organisation]),
  );
  const create = (tenant: Tenant) => async () =>
    (await tenant.ask('POST', 'systems', { body: { name: `Made in turn ${(turn += 1)}`, purpose: 'Sorts letters' } })).ms;
  const patched = await besideEachOther({ small: await change(tenants.small), large: await change(tenants.large), bare: bareUpdate }, 25);
  const created = await besideEachOther({ small: create(tenants.small), large: create(tenants.large), bare: bareInsert }, 25);
  return [
    { name: 'change a system, 20,000 beside it', ms: patched.large, floorName: 'the same among 200', floor: patched.small, bar: BAR },
    { name: 'change a system, 20,000 beside it', ms: patched.large, floorName: 'a bare UPDATE', floor: patched.bare, bar: 12 },
    { name: 'create a system, 20,000 beside it', ms: created.large, floorName: 'the same among 200', floor: created.small, bar: BAR },
    { name: 'create a system, 20,000 beside it', ms: created.large, floorName: 'a bare INSERT', floor: created.bare, bar: 12 },
  ];
};

/** The palette, which searches every register and ranks what it finds. */
const palette = async ({ tenants }: Bench): Promise<Heavy[]> => {
  const found: Heavy[] = [];
  for (const [what, q] of [
    ['of all records', 'assistant'],
    ['of 25 records', 'zirconium'],
    ['that is one letter', 'a'],
    ['that is an identifier', 'SYS-0042'],
  ] as const) {
    const search = (tenant: Tenant) => async () => (await tenant.ask('GET', `search?q=${q}`)).ms;
    const { small, large } = await besideEachOther({ small: search(tenants.small), large: search(tenants.large) }, 15);
    found.push({
      name: `search everywhere for a word ${what}`,
      ms: large,
      floorName: 'the same among 200',
      floor: small,
      bar: BAR,
    });
  }
  return found;
};

/** Every rule over every record, beside reading the same tables and nothing else. */
const conformity = async ({ bench, client, tenants }: Bench): Promise<Heavy[]> => {
  const organisation = tenants.large.organisation.id;
  const full = timed(() => bench.house.database.inOrganisation(organisation, (tx) => judge(tx, organisation, TODAY, { full: true })));
  const afterOne = async () => {
    await tenants.large.ask('POST', 'evidence', { body: { title: 'Log of checks', collectedOn: new Date().toISOString().slice(0, 10) } });
    return (await tenants.large.ask('GET', 'conformity')).ms;
  };
  const bare = timed(async () => {
    for (const table of ['systems', 'risks']) await client.query(`select * from ${table} where organization_id = $1`, [organisation]);
  });
  const found = await interleaved({ full, bare }, 5);
  const again = await interleaved({ again: afterOne }, 5);
  return [
    {
      name: 'judge every rule on 20,000 systems and 20,000 risks',
      ms: found.full,
      floorName: 'reading both tables',
      floor: found.bare,
      bar: 3,
    },
    { name: 'judge after one write to evidence', ms: again.again, floorName: 'judging everything', floor: found.full, bar: 1 },
  ];
};

/** Ten thousand rows from a CSV to records with history, trail and search, beside inserting the same records bare. */
const imports = async ({ bench, client }: Bench): Promise<Heavy[]> => {
  const tenant = await bench.tenant('imported');
  const row = (index: number) =>
    `Use case ${index},Agency ${index % 41},"Sorts letters that people send, and proposes an answer; kind ${index % 97}",user,deployer,2025-0${(index % 9) + 1}-15`;
  const csv = Buffer.from(
    ['Name,Unit,Purpose,Roles standard,Roles law,Live on', ...Array.from({ length: IMPORTED }, (_, index) => row(index + 1))].join('\n'),
  );
  const { organisation } = tenant;
  const times: number[] = [];
  const ms = await timed(async () => {
    const { result } = await importTable({
      house: bench.house,
      organisation,
      actor: { kind: 'system', personId: null, roles: ['administrator'] },
      register: 'systems',
      bytes: csv,
      fileName: 'systems.csv',
      keepProblemsAsDrafts: true,
    });
    if (result?.created !== IMPORTED) throw new Error(`expected ${IMPORTED} records, got ${JSON.stringify(result)}`);
  })();
  const { rows } = await client.query('select * from systems where organization_id = $1', [organisation.id]);
  const text = JSON.stringify(rows);
  for (let round = 0; round < 3; round += 1) {
    await client.query('truncate bench_systems');
    times.push(
      await timed(() =>
        client.query('insert into bench_systems select * from json_populate_recordset(null::bench_systems, $1::json)', [text]),
      )(),
    );
  }
  return [
    {
      name: `import ${IMPORTED.toLocaleString('en')} rows of a CSV`,
      ms,
      floorName: 'one bare INSERT of the same records',
      floor: median(times),
      bar: 30,
    },
  ];
};

/** The measurements that stand beside the lists. They write, so they come last. */
export const measureHeavy = async (all: Bench): Promise<Heavy[]> => [
  ...(await palette(all)),
  ...(await conformity(all)),
  ...(await changes(all)),
  ...(await imports(all)),
];
