import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { createTestDatabase } from '../testing/template.ts';
import { appendToTrail } from './append.ts';
import { resolveAsOf } from './as-of.ts';
import { createAnchor } from './testing/anchor.ts';
import { bareOrganisation } from './testing/organisation.ts';
import { removeFolder } from '../testing/folder.ts';

// Another server leads from the second batch on, whose clock is five seconds behind.
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let keys: string;
let organisation: string;
const moments = ['2026-03-01T12:00:10.000Z', '2026-03-01T12:00:05.000Z', '2026-03-01T12:00:30.000Z'];

beforeAll(async () => {
  test = await createTestDatabase();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  organisation = await bareOrganisation(test, 'clocks');
  const anchor = await createAnchor(test.migrated, test.owner, keys);
  for (const moment of moments) {
    const entry = { register: 'organisation', record: null, version: null, command: 'note', actor: null, request: null, payload: {} };
    await test.database.inOrganisation(organisation, (tx) => appendToTrail(tx, [{ ...entry, entry: newId(), time: moment }]));
    await anchor.at(organisation, new Date(moment));
  }
  await anchor.close();
}, 60_000);
afterAll(async () => {
  await test.drop();
  await removeFolder(keys);
});

it.each([
  ['2026-03-01T12:00:20Z', 2],
  ['2026-03-01T12:00:40Z', 3],
  ['2026-03-01T12:00:04Z', undefined],
])('as of %s takes the last batch by its place, not by its clock', async (asked, size) => {
  const found = await test.database.inOrganisation(organisation, (tx) => resolveAsOf(tx, asked, new Date('2026-04-01T00:00:00Z')));
  expect(found.checkpoint?.size).toBe(size);
});
