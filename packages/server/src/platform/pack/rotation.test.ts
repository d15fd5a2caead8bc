import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyPem } from '../trail/signing.ts';
import { noOpenssl3 } from '../trail/testing/time-stamp-authority.ts';
import { createPackingHouse, put, runScript, unzip } from './testing/packing.ts';
import { copyOf, type Tampered } from './testing/tamper.ts';
import { verifyPack } from './verify.ts';

const otherLetter = (_all: string, before: string, letter: string) => `${before}${letter === 'A' ? 'B' : 'A'}`;
const script = fileURLToPath(new URL('verify.sh', import.meta.url));

describe.skipIf(noOpenssl3() !== null)('a pack after two changes of the key', () => {
  let house: Awaited<ReturnType<typeof createPackingHouse>>;
  let file = '';
  let folder = '';
  let old: Uint8Array;
  let newest: Uint8Array;
  let stranger: Uint8Array;
  let copies = 0;

  beforeAll(async () => {
    const other = await createPackingHouse();
    await other.addEvidence(1);
    await other.pack();
    stranger = await other.publicKey();
    await other.close();
    house = await createPackingHouse();
    await house.addEvidence(3);
    await house.pack();
    old = await house.publicKey();
    await house.rotate();
    await house.rotate();
    await house.addEvidence(2);
    ({ file } = await house.pack());
    newest = await house.publicKey();
    folder = await unzip(file, path.join(house.folder, 'pack'));
  }, 120_000);
  afterAll(() => house.close());

  const both = async (key: Uint8Array, at = folder, archive = file) => {
    copies += 1;
    const pem = await put(house.folder, `key-${copies}.pem`, publicKeyPem(key));
    return { script: await runScript(script, [at, pem]), ours: await verifyPack({ file: archive, keys: [key], against: null }) };
  };
  const tampered = async (change: (copy: Tampered) => Promise<void>) => {
    copies += 1;
    const copy = await copyOf(folder, path.join(house.folder, `copy-${copies}`));
    await change(copy);
    await copy.rewriteSums();
    return { at: copy.folder, archive: await copy.zip() };
  };

  it('verifies by the first key, whose owner vouched for the second, which vouched for the third; both say so', async () => {
    const found = await both(old);
    expect(found.script).toMatchObject({ code: 0, out: expect.stringContaining('signed by a newer key, for which the key given vouches') });
    expect(found.ours).toMatchObject({ faults: [], vouchedFor: true, keyFromOutside: true });
    const own = await both(newest);
    expect(own.script).toMatchObject({ code: 0, out: expect.stringContaining('checkpoint is signed by the key given') });
    expect(own.ours).toMatchObject({ faults: [], vouchedFor: false });
  });

  it('does not by a key that vouched for nothing', async () => {
    const found = await both(stranger);
    expect(found.script).toMatchObject({ code: 1, out: expect.stringContaining('FAIL  checkpoint is not signed by the key given') });
    expect(found.ours.faults.map(({ message }) => message).join()).toContain('The checkpoint: expected a signature');
  });

  it('does not where a note of the way is changed, missing or of another key', async () => {
    const changes: ((copy: Tampered) => Promise<void>)[] = [
      (copy) => copy.edit('trust/rotation-1.note', (text) => text.replace(/(\naimwell\/keys\+.{8}\+.{10})(.)/, otherLetter)),
      (copy) => copy.remove('trust/rotation-1.note'),
      (copy) => copy.edit('trust/rotation-2.note', (text) => text.replace(/( aimwell\/keys .{20})(.)/, otherLetter)),
    ];
    for (const change of changes) {
      const { at, archive } = await tampered(change);
      const found = await both(old, at, archive);
      expect(found.script).toMatchObject({ code: 1, out: expect.stringContaining('not signed by the key given') });
      expect(found.ours.faults).toHaveLength(1);
    }
  });
});
