import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../platform/context.ts';
import { systemActor } from '../../platform/identity/founding.ts';
import { newId } from '../../platform/ids.ts';
import { makePack } from '../../platform/pack/make.ts';
import { put, runScript, unzip } from '../../platform/pack/testing/packing.ts';
import { copyOf, type Tampered } from '../../platform/pack/testing/tamper.ts';
import { verifyPack } from '../../platform/pack/verify.ts';
import { startSequencer } from '../../platform/trail/sequencer.ts';
import { publicKeyPem } from '../../platform/trail/signing.ts';
import { noOpenssl3 } from '../../platform/trail/testing/time-stamp-authority.ts';
import { bpmn, flow, startAndEnd, userTask } from '../testing/maps.ts';
import { createOffice, type Office } from '../testing/office.ts';

const script = fileURLToPath(new URL('../../platform/pack/verify.sh', import.meta.url));
const xml = bpmn(
  `${startAndEnd}${userTask('a', { due: 'P1D', evidence: 'minutes' })}${userTask('b', { due: 'P1D' })}${flow('s', 'a', 'b', 'e')}`,
);
let office: Office;
let sequencer: ReturnType<typeof startSequencer>;
let key: Uint8Array;
let system = '';
let about = '';
let other = '';
let proof = '';
let whole: string | undefined;

const folderOf = () => office.journey.house.config.dataDirectory;
const pack = async (scope: string, asOf?: string) => {
  const { house, organisation } = office.journey;
  const context = createContext({ actor: systemActor, organisation, now: new Date() });
  const file = path.join(folderOf(), `${newId()}.zip`);
  const made = await makePack(house.packing, context, { scope, asOf, file });
  return { made, file, folder: await unzip(file, path.join(folderOf(), newId())) };
};
const read = (folder: string, name: string) => readFile(path.join(folder, name), 'utf8');
const pagesOf = async (folder: string) => {
  const names = (await readdir(path.join(folder, 'reports'))).filter((name) => name.startsWith('process-runs'));
  return (await Promise.all(names.map((name) => read(folder, `reports/${name}`)))).join('\n');
};
const entriesOf = async (folder: string, register: string): Promise<(string | null)[]> => {
  const names = await readdir(path.join(folder, 'records'));
  const all = await Promise.all(
    names.map(async (name) => JSON.parse(await read(folder, `records/${name}`)) as { register: string; record: string }),
  );
  return all.filter((entry) => entry.register === register).map(({ record }) => record);
};

beforeAll(async () => {
  office = await createOffice('packing');
  const { house, organisation, owner } = office.journey;
  sequencer = startSequencer({
    connection: house.migrated.sequencer,
    keys: path.join(folderOf(), 'keys'),
    now: () => new Date(),
    report: () => {},
  });
  await office.publish('guarded', xml, { fileName: 'guarded.bpmn' });
  system = (await office.manager.do('POST', 'systems', { name: 'Forecast' })).id;
  about = await office.start('guarded', { record: { register: 'systems', id: system }, title: 'About <b>Forecast</b>' });
  other = await office.start('guarded', { title: 'About nothing' });
  const task = ((await office.manager.do('GET', `process-tasks?who=all&instance=${about}`)).items ?? [])[0]?.id ?? '';
  proof = (
    await office.manager.do('POST', 'evidence', { title: 'Minutes', kind: 'statement', collectedOn: new Date().toISOString().slice(0, 10) })
  ).id;
  await office.manager.do('POST', `process-tasks/${task}/complete`, { evidence: [{ evidence: proof, kind: 'minutes' }] });
  await owner.query("update process_happenings set at = at - interval '3 days' where instance_id = $1", [other]);
  await pack('all');
  const [row] = await house.database.inOrganisation(organisation.id, (tx) =>
    tx.query<{ public_key: Buffer }>(sql`select public_key from trail_keys where retired_at is null`),
  );
  key = row?.public_key ?? new Uint8Array();
}, 60_000);
afterAll(async () => {
  await sequencer.stop();
  await office.close();
});

const checked = async (folder: string, file: string) => ({
  ours: (await verifyPack({ file, keys: [key], against: null })).faults.map(({ message }) => message).join('\n'),
  script: noOpenssl3() === null ? (await runScript(script, [folder, await put(folderOf(), 'key.pem', publicKeyPem(key))])).out : '',
});

describe('what processes add to an audit pack', () => {
  it('is the approved maps as they came and on paper, every run with its steps, and what was late', async () => {
    const { folder, file } = await pack('all');
    expect(await read(folder, 'reports/process-guarded-version-1.bpmn')).toBe(xml);
    expect((await readFile(path.join(folder, 'reports/process-guarded-version-1.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    const runs = await pagesOf(folder);
    expect(runs).toContain('About &lt;b&gt;Forecast&lt;/b&gt;');
    expect(runs).toMatch(/<td>Do a<\/td><td>done<\/td>(<td>[^<]+ UTC<\/td>){2}<td>The aims manager<\/td><td>EVD-\d+<\/td>/);
    const late = await read(folder, 'reports/process-late-and-skipped-0001.html');
    expect(late).toMatch(/<td>RUN-0002<\/td><td>[^<]*<\/td><td>Do a<\/td><td>late, still open<\/td>/);
    expect(late).not.toContain('RUN-0001');
    for (const page of [runs, late, await read(folder, 'reports/processes.html')]) expect(page).not.toMatch(/<script|https?:|<b>/);
    const first = await read(folder, 'index.html');
    for (const name of ['processes.html', 'process-runs-0001.html', 'process-late-and-skipped-0001.html', 'process-guarded-version-1.pdf'])
      expect(first).toContain(`href="reports/${name}"`);
    expect(await checked(folder, file)).toEqual({ ours: '', script: expect.stringMatching(/verifies\n$|^$/) });
  });

  it('goes with one system as far as it is about it: its runs, their map, their evidence, and no others', async () => {
    const { folder, file } = await pack(`system:${system}`);
    const runs = await pagesOf(folder);
    expect(runs).toContain('RUN-0001');
    expect(runs).not.toContain('RUN-0002');
    expect(new Set(await entriesOf(folder, 'process-instances'))).toEqual(new Set([about]));
    expect(await entriesOf(folder, 'evidence')).toContain(proof);
    expect((await entriesOf(folder, 'process-versions')).length).toBeGreaterThan(2);
    expect(await readdir(path.join(folder, 'reports'))).toContain('process-guarded-version-1.bpmn');
    expect(await readdir(path.join(folder, 'reports'))).not.toContain('soa.pdf');
    expect(await checked(folder, file)).toEqual({ ours: '', script: expect.stringMatching(/verifies\n$|^$/) });
  });

  it('goes with the Statement of Applicability: the run by which it was approved', async () => {
    const soa = (await office.manager.do('POST', 'soa-versions', {})).id;
    const run = await office.start('guarded', { record: { register: 'soa-versions', id: soa } });
    const { folder } = await pack('soa');
    expect(new Set(await entriesOf(folder, 'process-instances'))).toEqual(new Set([run]));
  });

  it('is of the moment asked for', async () => {
    const moment = new Date().toISOString();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    const later = await office.start('guarded', { title: 'Started later' });
    const task = ((await office.manager.do('GET', `process-tasks?who=all&instance=${about}`)).items ?? [])[0]?.id ?? '';
    await office.manager.do('POST', `process-tasks/${task}/complete`, {});
    const { folder } = await pack('all', moment);
    const runs = await pagesOf(folder);
    expect(runs).not.toContain('Started later');
    expect(runs).toMatch(/id="RUN-0001"[\s\S]*?<td>Do b<\/td><td>under way<\/td>/);
    expect(await pagesOf((await pack('all')).folder)).toMatch(/id="RUN-0001"[\s\S]*?<td>Do b<\/td><td>done<\/td>/);
    expect(later).not.toBe('');
  });

  it.each<{ readonly name: string; readonly by: (copy: Tampered) => Promise<void>; readonly says: RegExp }>([
    {
      name: 'a run told otherwise',
      by: (copy) => copy.edit('reports/process-runs-0001.html', (text) => text.replace('under way', 'done')),
      says: /reports\/process-runs-0001.html has another SHA-256 than MANIFEST/,
    },
    {
      name: 'the late steps left out',
      by: (copy) => copy.remove('reports/process-late-and-skipped-0001.html'),
      says: /reports\/process-late-and-skipped-0001.html is missing/,
    },
    {
      name: 'another map than was approved',
      by: (copy) => copy.edit('reports/process-guarded-version-1.bpmn', (text) => text.replace('P1D', 'P9D')),
      says: /reports\/process-guarded-version-1.bpmn has another SHA-256 than MANIFEST/,
    },
    {
      name: 'all of that written into MANIFEST',
      by: async (copy) => {
        await copy.remove('reports/process-late-and-skipped-0001.html');
        await copy.rewriteManifest();
      },
      says: /MANIFEST is not the one that its entry in the log names/,
    },
  ])('does not verify with $name', async ({ by, says }) => {
    whole ??= (await pack('all')).folder;
    const copy = await copyOf(whole, path.join(folderOf(), newId()));
    await by(copy);
    await copy.rewriteSums();
    const found = await checked(copy.folder, await copy.zip());
    expect(found.ours).toMatch(says);
    if (found.script !== '') expect(found.script).toMatch(says);
  });
});
