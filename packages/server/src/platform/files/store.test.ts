import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { createDirectoryStore } from './store.ts';
import { removeFolder } from '../testing/folder.ts';

let root: string;
const organisation = newId();
async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aimwell-store-'));
});
afterAll(() => removeFolder(root));

it('mends a damaged file by equal bytes that come again: what was acknowledged is kept', async () => {
  const store = createDirectoryStore(root);
  const { sha256 } = await store.put(organisation, bytesOf('what was said'), 1000);
  await writeFile(path.join(root, organisation, sha256.slice(0, 2), sha256), 'what was sa');
  expect(await store.isIntact(organisation, sha256)).toBe(false);
  expect((await store.put(organisation, bytesOf('what was said'), 1000)).sha256).toBe(sha256);
  expect(await store.isIntact(organisation, sha256)).toBe(true);
});

it('keeps equal bytes once and leaves nothing of the second behind', async () => {
  const store = createDirectoryStore(root);
  const [first, second] = [await store.put(organisation, bytesOf('twice'), 1000), await store.put(organisation, bytesOf('twice'), 1000)];
  expect(second.sha256).toBe(first.sha256);
  expect((await store.list(organisation)).filter((each) => each === first.sha256)).toHaveLength(1);
  expect(await readdir(path.join(root, organisation, 'incoming'))).toEqual([]);
});
