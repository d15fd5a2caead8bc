import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { access, readdir, writeFile } from 'node:fs/promises';
import type { Role } from '@aimwell/core/roles/permissions';
import type { PackView } from '@aimwell/contract/platform/pack';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFurnishedHouse } from '../../generated/house.ts';
import { startSequencer } from '../trail/sequencer.ts';
import { dropKeptPacks, packFile } from './store.ts';
import { verifyPack } from './verify.ts';
import { openZip } from './zip-reader.ts';

describe('audit packs over HTTP', () => {
  let furnished: Awaited<ReturnType<typeof createFurnishedHouse>>;
  let sequencer: ReturnType<typeof startSequencer>;
  let root = '';
  beforeAll(async () => {
    furnished = await createFurnishedHouse();
    const { config, migrated, now } = furnished.house;
    root = config.dataDirectory;
    sequencer = startSequencer({ connection: migrated.sequencer, keys: path.join(root, 'keys'), now, report: () => {} });
  }, 60_000);
  afterAll(async () => {
    await sequencer.stop();
    await furnished.close();
  });

  const as = async (role: Role, method: 'GET' | 'POST', address: string, payload?: object) =>
    furnished.app.inject({
      method,
      url: `/api/v1/orgs/ours/${address}`,
      headers: { authorization: `Bearer ${await furnished.ours.token(role)}` },
      ...(payload === undefined ? {} : { payload }),
    });

  const make = async (body: object, role: Role = 'aims_manager'): Promise<Record<string, unknown>> => {
    const started = await as(role, 'POST', 'packs', body);
    expect(started).toMatchObject({ statusCode: 200 });
    for (;;) {
      const read = (await as(role, 'GET', `work/${started.json<{ work: string }>().work}`)).json<Record<string, unknown>>();
      if (read['state'] !== 'running') return read;
      await sleep(50);
    }
  };
  const list = async (role: Role): Promise<PackView[]> => (await as(role, 'GET', 'packs')).json<{ items: PackView[] }>().items;

  it('makes one as long work, lists it, and hands out bytes that verify', async () => {
    const work = await make({ scope: 'all' });
    expect(work).toMatchObject({ state: 'done', result: { leftOut: expect.any(Number) } });
    const [pack] = await list('aims_manager');
    expect(pack).toMatchObject({ scope: 'all', asOf: null, shared: false, available: true, id: (work['result'] as { pack: string }).pack });
    const answer = await as('internal_auditor', 'GET', `packs/${pack?.id}/file`);
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/zip' } });
    const file = path.join(root, 'downloaded.zip');
    await writeFile(file, answer.rawPayload);
    expect(await verifyPack({ file, keys: null, against: null })).toMatchObject({
      faults: [],
      entries: pack?.entries,
      size: pack?.checkpointSize,
    });
  });

  it('calls records by their identifiers where an entry names them', async () => {
    const zip = await openZip(path.join(root, 'downloaded.zip'));
    const page = zip.parts.get('pages/0001.html');
    const said = page === undefined ? '' : (await zip.read(page)).toString('utf8');
    await zip.close();
    expect(said).toMatch(/<dt>AI system<\/dt><dd>SYS-0001<\/dd>/);
    expect(said).not.toContain(`<dd>${furnished.ours.ids['systems']}</dd>`);
  });

  it('shows external auditors only what was made for them', async () => {
    await make({ scope: 'soa', shared: true });
    const [theirs, ...more] = await list('external_auditor');
    expect({ theirs, more }).toMatchObject({ theirs: { scope: 'soa', shared: true }, more: [] });
    expect(await as('external_auditor', 'GET', `packs/${theirs?.id}/file`)).toMatchObject({ statusCode: 200 });
    const hidden = (await list('administrator')).find(({ shared }) => !shared);
    expect(await as('external_auditor', 'GET', `packs/${hidden?.id}/file`)).toMatchObject({ statusCode: 404 });
    expect(await as('external_auditor', 'POST', 'packs', { scope: 'all' })).toMatchObject({ statusCode: 403 });
    expect(await as('contributor', 'GET', 'packs')).toMatchObject({ statusCode: 403 });
  });

  it('makes one at a time, and says what became of one whose folder an erasure emptied', async () => {
    const started = await as('internal_auditor', 'POST', 'packs', { scope: 'all' });
    expect(started).toMatchObject({ statusCode: 200 });
    expect(await as('internal_auditor', 'POST', 'packs', { scope: 'all' })).toMatchObject({
      statusCode: 409,
      body: expect.stringContaining('PACK_RUNNING'),
    });
    const { work } = started.json<{ work: string }>();
    const read = async () => (await as('aims_manager', 'GET', `work/${work}`)).json<Record<string, unknown>>();
    const folder = path.join(root, 'packs', furnished.ours.organisation.id);
    while ((await read())['state'] === 'running') {
      const making = (await readdir(folder).catch(() => [])).some((name) => name.endsWith('.part'));
      if (making) await dropKeptPacks(path.join(root, 'packs'), furnished.ours.organisation.id);
      await sleep(5);
    }
    expect(await read()).toMatchObject({ state: 'failed', result: { code: 'UNAVAILABLE', detail: expect.stringContaining('erased') } });
    const offered = async () => (await list('administrator')).filter(({ available }) => available).length;
    expect(await offered()).toBe(0);
    await make({ scope: 'all' });
    expect(await offered()).toBe(1);
  });

  it('hands out nothing that should have been gone for a week, and removes it', async () => {
    const [pack] = await list('administrator');
    const owner = new pg.Client(furnished.owner);
    await owner.connect();
    await owner.query("update packs set made_at = made_at - interval '8 days' where id = $1", [pack?.id]);
    await owner.end();
    expect(await as('administrator', 'GET', `packs/${pack?.id}/file`)).toMatchObject({ statusCode: 404 });
    await expect(access(packFile(path.join(root, 'packs'), furnished.ours.organisation.id, pack?.id ?? ''))).rejects.toThrow('ENOENT');
  });

  it('holds the system with what leads to it, as it was at a moment', async () => {
    const system = furnished.ours.ids['systems'];
    const [first] = await list('administrator');
    const work = await make({ scope: `system:${system}`, asOf: new Date().toISOString() });
    expect(work).toMatchObject({ state: 'done' });
    const [pack] = await list('administrator');
    expect(pack?.entries).toBeGreaterThan(1);
    expect(pack?.entries).toBeLessThan((await list('administrator')).find(({ scope }) => scope === 'all')?.entries ?? 0);
    expect(first?.id).not.toBe(pack?.id);
    const file = packFile(path.join(root, 'packs'), furnished.ours.organisation.id, pack?.id ?? '');
    expect(await verifyPack({ file, keys: null, against: null })).toMatchObject({ faults: [], entries: pack?.entries });
  });

  it.each([
    ['audit:AUD-0001', /no register of audits yet/],
    ['everything', /expected all, soa or system:ID, got everything/],
  ])('refuses the scope %s with the reason', async (scope, says) => {
    const answer = await as('administrator', 'POST', 'packs', { scope });
    expect(answer).toMatchObject({ statusCode: 422, body: expect.stringMatching(says) });
  });

  it('ends as failed, with the reason, where there is nothing to pack', async () => {
    const none = await make({ scope: 'system:SYS-9999' });
    expect(none).toMatchObject({ state: 'failed', result: { code: 'NOT_FOUND', detail: 'There is no system SYS-9999 to pack.' } });
    const before = await make({ scope: 'all', asOf: '2001-01-01' });
    expect(before).toMatchObject({
      state: 'failed',
      result: { detail: expect.stringContaining('Nothing had been recorded by 2001-01-01') },
    });
    expect(await as('administrator', 'POST', 'packs', { scope: 'all', asOf: '2999-01-01' })).toMatchObject({ statusCode: 422 });
  });

  it('does not hand out a file that is gone or damaged', async () => {
    const [pack] = await list('administrator');
    await writeFile(packFile(path.join(root, 'packs'), furnished.ours.organisation.id, pack?.id ?? ''), 'other');
    const answer = await as('administrator', 'GET', `packs/${pack?.id}/file`);
    expect(answer).toMatchObject({ statusCode: 404, body: expect.stringContaining('Make the pack again') });
  });
});
