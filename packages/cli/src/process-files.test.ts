import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder } from '@aimwell/server/platform/testing/folder';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimwell, type Ran } from './testing.ts';

const shipped = fileURLToPath(new URL('../../../catalog/processes/soa-approval.bpmn', import.meta.url));
let folder = '';
const at = (name: string) => path.join(folder, name);
const run = (...args: string[]): Promise<Ran> => aimwell(['process', ...args, '--org', 'acme'], { AIMWELL_DATA: at('data') });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-process-files-'));
  expect((await aimwell(['org', 'create', 'Acme', '--slug', 'acme'], { AIMWELL_DATA: at('data') })).code).toBe(0);
}, 180_000);
afterAll(() => removeFolder(folder));

it('brings a map and writes it out again: as it came, as it is written, as a picture, as a document', async () => {
  const brought = await run('import', shipped, '--key', 'approval', '--register', 'soa-versions', '--json');
  expect(brought).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(brought.out)).toMatchObject({ process: 'approval', version: 1, executable: true, refusals: [] });
  for (const name of ['same.bpmn', 'written.bpmn', 'map.svg', 'map.pdf']) {
    const made = await run('export', 'approval', '-o', at(name), ...(name === 'same.bpmn' ? ['--original'] : []));
    expect(made).toMatchObject({ code: 0, out: '', err: `Wrote ${at(name)}\n` });
  }
  expect(await readFile(at('same.bpmn'), 'utf8')).toBe(await readFile(shipped, 'utf8'));
  expect(await readFile(at('written.bpmn'), 'utf8')).toContain('aims:step');
  expect(await readFile(at('map.svg'), 'utf8')).toMatch(/^<svg /);
  expect((await readFile(at('map.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
}, 180_000);

it('writes no second draft over a first unless it is told to, and keeps what is not executed', async () => {
  const over = await run('import', shipped, '--key', 'approval');
  expect(over).toMatchObject({ code: 1, err: expect.stringContaining('--replace-draft') });
  const xml = (await readFile(shipped, 'utf8')).replace(/userTask/, 'scriptTask').replace('</bpmn:userTask>', '</bpmn:scriptTask>');
  await writeFile(at('script.bpmn'), xml);
  const replaced = await run('import', at('script.bpmn'), '--key', 'approval', '--replace-draft', '--note', 'as documentation');
  expect(replaced).toMatchObject({ code: 0, out: expect.stringMatching(/version 1 written as a draft[\s\S]*not executed:\n.*script/i) });
  // What cannot be executed says how to come by it, and has the name of the map all the same.
  expect(replaced.out).toContain('publish the map as documentation only.');
  const made = await run('import', at('script.bpmn'), '--json');
  expect(JSON.parse(made.out)).toMatchObject({ process: 'approval-of-the-statement-of-applicability', executable: false });
}, 180_000);

it('refuses what is no map and what is not there, and leaves everything as it was', async () => {
  await writeFile(at('bomb.bpmn'), '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>');
  expect(await run('import', at('bomb.bpmn'), '--key', 'bomb')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Remove <!DOCTYPE'),
  });
  expect(await run('import', at('none.bpmn'))).toMatchObject({ code: 2 });
  expect(await run('export', 'bomb', '-o', at('bomb.pdf'))).toMatchObject({ code: 1, err: expect.stringContaining('no process "bomb"') });
  expect(await run('export', 'approval', '--version', '7')).toMatchObject({ code: 1, err: expect.stringContaining('version 7') });
  expect(await run('export', 'approval', '--version', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('number of a version') });
}, 180_000);
