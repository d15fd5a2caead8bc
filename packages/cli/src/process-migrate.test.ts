import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newMap } from '@aimwell/contract/processes/maps';
import { openHouse } from '@aimwell/server/compose';
import { readConfig } from '@aimwell/server/platform/config';
import { type Context, createContext } from '@aimwell/server/platform/context';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { organisationBySlug, systemActor } from '@aimwell/server/platform/identity/founding';
import { removeFolder } from '@aimwell/server/platform/testing/folder';
import { listMaps } from '@aimwell/server/processes/map-reads';
import { createMap } from '@aimwell/server/processes/maps';
import { prepareMap } from '@aimwell/server/processes/read-map';
import { startByHand } from '@aimwell/server/processes/run-actions';
import { bpmn, flow, startAndEnd, userTask } from '@aimwell/server/processes/testing/maps';
import { holdVersion, putInForce, submitVersion, writeVersion } from '@aimwell/server/processes/versions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';

let folder = '';
const env = () => ({ AIMWELL_DATA: path.join(folder, 'data') });
const migrate = (process: string, ...more: string[]): Promise<Ran> =>
  aimwell(['process', 'migrate', process, '--org', 'acme', '--reason', 'the new step counts for all', ...more], env());
const line = (...tasks: string[]) => bpmn(`${startAndEnd}${tasks.map((id) => userTask(id)).join('')}${flow('s', ...tasks, 'e')}`);

interface Known {
  readonly items: readonly { readonly id: string; readonly key: string; readonly newest: { readonly id: string } }[];
}
const known = async (tx: Tx, context: Context, key: string) =>
  (JSON.parse(await listMaps(tx, context)) as Known).items.find((map) => map.key === key);

/** Puts the next version of the map in force, made if it is not there, and starts so many runs of it. */
const inForce = async (key: string, xml: string, runs: number): Promise<void> => {
  const house = await openHouse(readConfig({ ...process.env, DATABASE_URL: undefined, ...env() }));
  try {
    const organisation = await organisationBySlug(house.identity.parts, 'acme');
    if (organisation === null) throw new Error('expected the organisation');
    const context = createContext({ actor: systemActor, organisation, now: house.now() });
    await house.database.inOrganisation(organisation.id, async (tx) => {
      const map = await known(tx, context, key);
      if (map === undefined) await createMap(tx, context, newMap.parse({ key, xml }));
      else await writeVersion(tx, context, map.id, await prepareMap({ xml, fileName: 'm.bpmn' }), '');
      const version = (await known(tx, context, key))?.newest.id ?? '';
      await submitVersion(tx, context, version, null);
      await putInForce(tx, context, await holdVersion(tx, version, null), { person: null, name: 'Top management', function: null });
      for (let run = 0; run < runs; run += 1) await startByHand(tx, context, { process: key, variables: {} });
    });
  } finally {
    await house.close();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-process-migrate-'));
  expect((await aimwell(['org', 'create', 'Acme', '--slug', 'acme'], env())).code).toBe(0);
  await inForce('move', line('a'), 2);
  await inForce('move', line('a', 'b'), 0);
}, 120_000);
afterAll(() => removeFolder(folder));

it('says what would become of each run and changes nothing, then moves those that have a place', async () => {
  for (const _ of ['once', 'and once more']) {
    const dry = await migrate('move');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('RUN-0001  from version 1, at a\nRUN-0002  from version 1, at a\n');
    expect(dry.out).toContain('2 runs would move to the version in force, 0 would stay. Nothing was changed; add --run to do it.');
  }
  const real = await migrate('move', '--run');
  expect(real).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('2 runs moved to the version in force, 0 left where they are.'),
  });
  expect(await migrate('move', '--json')).toMatchObject({ code: 0, out: '[]\n' });
}, 90_000);

it('leaves a run that it would strand where it is, names it with the step, and ends with 1', async () => {
  await inForce('move', line('c'), 1);
  for (const more of [[], ['--run']]) {
    const ran = await migrate('move', ...more);
    expect(ran).toMatchObject({ code: 1, err: '' });
    expect(ran.out).toMatch(/RUN-0001 {2}stays on version 2: .*at "a".*\nRUN-0002 {2}stays on version 2: .*at "a"/);
  }
  const lines = JSON.parse((await migrate('move', '--json')).out) as object[];
  expect(lines).toMatchObject([
    { identifier: 'RUN-0001', from: 2, moved: false, refused: [{ code: 'STRANDED', field: 'a' }] },
    { identifier: 'RUN-0002', from: 2, moved: false, refused: [{ code: 'STRANDED', field: 'a' }] },
  ]);
}, 120_000);

it('says what is wrong with a process that is not there and with a reason left out', async () => {
  expect(await migrate('none')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('No process with this key or id') });
  const bare = await aimwell(['process', 'migrate', 'move', '--org', 'acme'], env());
  expect(bare).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--reason') });
}, 60_000);
