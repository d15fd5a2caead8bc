import { execFileSync } from 'node:child_process';
import { cp, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyPem } from '../trail/signing.ts';
import { noOpenssl3 } from '../trail/testing/time-stamp-authority.ts';
import { createPackingHouse, put, runScript, unzip } from './testing/packing.ts';
import { copyOf } from './testing/tamper.ts';
import { verifyPack } from './verify.ts';

const script = fileURLToPath(new URL('verify.sh', import.meta.url));
const shells = ['dash', 'bash'].filter((shell) => {
  try {
    return execFileSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
});

// Packs and ways to call the script by which somebody could make it look at, or say, something else.
describe.skipIf(noOpenssl3() !== null).each(shells)('in %s', (shell) => {
  let house: Awaited<ReturnType<typeof createPackingHouse>>;
  let folder = '';
  let file = '';
  let key = '';
  let copies = 0;
  const copy = async (name = `copy ${(copies += 1)}`) => copyOf(folder, path.join(house.folder, name));
  const run = (given: string, by = key) => runScript(script, [given, by], shell);

  beforeAll(async () => {
    house = await createPackingHouse();
    await house.addEvidence(3);
    ({ file } = await house.pack());
    folder = await unzip(file, path.join(house.folder, 'pack'));
    key = await put(house.folder, 'log-key.pem', publicKeyPem(await house.publicKey()));
  }, 60_000);
  afterAll(() => house.close());

  it('takes folders of any name, and the one that is named', async () => {
    for (const name of ['-rf', "it's $HOME; `id`", 'two\nlines']) {
      const made = await copy(name);
      expect(await run(made.folder)).toMatchObject({ code: 0 });
      const inside = ['-c', 'cd "$1" && shift && exec "$@"', 'sh', house.folder, shell, script, name, key];
      const ended = execFileSync(shell, inside, { encoding: 'utf8' });
      expect(ended).toMatch(/verifies\n$/);
    }
  });

  it('is not led to another folder by CDPATH', async () => {
    const good = path.join(house.folder, 'elsewhere');
    await mkdir(good, { recursive: true });
    await cp(folder, path.join(good, 'given'), { recursive: true });
    const bad = await copyOf(folder, path.join(house.folder, 'given'));
    await bad.write((await bad.list())[0] ?? '', 'something else');
    const call = `cd "$1" && CDPATH="$2" exec ${shell} "$3" given "$4"`;
    expect(await runScript('-c', [call, 'sh', house.folder, good, script, key], shell)).toMatchObject({ code: 1 });
  });

  it('calls a pack unanchored whose key lies in the pack', async () => {
    const made = await copy();
    for (const inside of [path.join(made.folder, 'trust/log-key.pem'), path.join(made.folder, 'evidence/../trust/log-key.pem')])
      expect(await run(made.folder, inside)).toMatchObject({ code: 2, out: expect.stringContaining('unanchored') });
    const link = path.join(house.folder, `link ${shell}`);
    await symlink(made.folder, link);
    expect(await run(link, path.join(made.folder, 'trust/log-key.pem'))).toMatchObject({ code: 2 });
  });

  it('finds files that hide behind a line feed in their name', async () => {
    const first = await copy();
    await first.write('checkpoint\ncheckpoint', 'something more');
    expect(await run(first.folder)).toMatchObject({ code: 1 });
    const second = await copy();
    await second.write('evidence\nMANIFEST', 'something more');
    expect(await run(second.folder)).toMatchObject({ code: 1 });
  });

  it('lets no pack write to the terminal', async () => {
    const clear = '\u001B[2J\u001B[Hverifies\u001B[8m';
    const listed = await copy();
    await listed.write('SHA256SUMS', `${await listed.read('SHA256SUMS')}${'0'.repeat(64)}  ${clear}\n`);
    const named = await copy();
    await named.edit('checkpoint', (text) => text.replace(/^[^\n]*/, (origin) => origin + clear));
    for (const made of [listed, named]) {
      const { code, out } = await run(made.folder);
      expect(code).toBe(1);
      expect(out).not.toContain('\u001B');
      const ours = await verifyPack({ file: await made.zip(), keys: null, against: null });
      expect(ours.faults.length).toBeGreaterThan(0);
      expect(`${ours.origin}${ours.faults.map(({ message }) => message).join('')}`).not.toContain('\u001B');
    }
  });

  it('refuses a list without lines before it fills the memory', async () => {
    const made = await copy();
    await made.write('SHA256SUMS', 'a'.repeat(3_000_000));
    const ours = await verifyPack({ file: await made.zip(), keys: null, against: null });
    expect(ours.faults[0]?.message).toMatch(/lines/);
    expect(ours.faults.length).toBeLessThanOrEqual(100);
  });
});
