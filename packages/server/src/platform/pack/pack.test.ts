import { createPrivateKey, generateKeyPairSync, hash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNote } from '@aimwell/core/trail/note';
import { originOf, publicKeyPem, rawPublicKey, signText } from '../trail/signing.ts';
import { noOpenssl3, startTimeStampAuthority } from '../trail/testing/time-stamp-authority.ts';
import { requestStamp } from '../trail/time-stamp.ts';
import type { MadePack } from './make.ts';
import { createPackingHouse, put, runScript, unzip } from './testing/packing.ts';
import { copyOf, type Tampered } from './testing/tamper.ts';
import { verifyPack } from './verify.ts';

const script = fileURLToPath(new URL('verify.sh', import.meta.url));
const dash = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v dash'], { encoding: 'utf8' }).trim();
  } catch {
    return 'sh';
  }
})();

describe.skipIf(noOpenssl3() !== null)('a pack of 205 pieces of evidence', () => {
  let house: Awaited<ReturnType<typeof createPackingHouse>>;
  let authority: Awaited<ReturnType<typeof startTimeStampAuthority>>;
  let made: MadePack;
  let file = '';
  let folder = '';
  /** The key as it was handed out before: outside the pack. */
  let key = '';
  let raw: Uint8Array;
  let copies = 0;

  beforeAll(async () => {
    authority = await startTimeStampAuthority();
    house = await createPackingHouse({ tsaUrl: authority.url });
    await house.addEvidence(205);
    ({ file, made } = await house.pack());
    folder = await unzip(file, path.join(house.folder, 'pack'));
    raw = await house.publicKey();
    key = await put(house.folder, 'log-key.pem', publicKeyPem(raw));
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await authority.stop();
  });

  const both = async (given: string, archive: string) => ({
    script: await runScript(script, [given, key, authority.ca], dash),
    ours: await verifyPack({ file: archive, keys: [raw], against: null }),
  });

  it('verifies by the script, in dash and bash, and by the command', async () => {
    expect(made).toMatchObject({ entries: 205, files: 205, leftOut: 0, timeStamped: true, stampProblem: null });
    const found = await both(folder, file);
    expect(found.script.out).toContain('time stamp: the checkpoint existed on');
    expect(found.script).toMatchObject({
      code: 0,
      out: expect.stringMatching(/205 records and MANIFEST[\s\S]*\(205 files\)[\s\S]*verifies\n$/),
    });
    expect(found.ours).toMatchObject({ faults: [], from: null, entries: 205, files: 205, leftOut: 0, size: made.checkpointSize });
    expect(await runScript(script, [folder, key], 'bash')).toMatchObject({ code: 0 });
  });

  it('is called unanchored without a key, and ends with 2', async () => {
    expect(await runScript(script, [folder], dash)).toMatchObject({ code: 2, out: expect.stringContaining('unanchored') });
    expect(await runScript(script, [], dash)).toMatchObject({ code: 2, out: expect.stringContaining('usage') });
    expect(await verifyPack({ file, keys: null, against: null })).toMatchObject({ faults: [], keyFromOutside: false });
  });

  const first = async (copy: Tampered, folderName: string) => (await copy.list()).filter((name) => name.startsWith(`${folderName}/`));

  /** Signs the whole pack anew with a key of one's own, as whoever has no access to ours would have to. */
  const signAnew = async (copy: Tampered) => {
    const own = generateKeyPairSync('ed25519');
    const publicKey = rawPublicKey(own.publicKey) ?? new Uint8Array();
    const privateKey = createPrivateKey(own.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const before = (await copy.read('checkpoint')).toString('utf8');
    const parsed = parseNote(before);
    if ('refused' in parsed) throw new Error('expected a checkpoint');
    const note = signText(originOf(house.organisation.id), parsed.value.text, { id: '', publicKey, privateKey });
    await copy.write('checkpoint', note);
    await copy.write('trust/log-key.pem', publicKeyPem(publicKey));
    for (const name of ['MANIFEST.tlog-proof', ...(await first(copy, 'proofs'))]) {
      const text = (await copy.read(name)).toString('utf8');
      await copy.write(name, text.replace(before, note));
    }
    await copy.write('checkpoint.tsr', await requestStamp({ url: authority.url, bytes: Buffer.from(note) }));
    await copy.rewriteSums();
  };

  const swap = async (copy: Tampered, one = '', other = '') => {
    const [a, b] = [await copy.read(one), await copy.read(other)];
    await copy.write(one, b);
    await copy.write(other, a);
  };

  it.each<{ readonly name: string; readonly by: (copy: Tampered) => Promise<void>; readonly script: RegExp; readonly ours: RegExp }>([
    {
      name: 'a byte changed in a file',
      by: async (copy) => copy.edit((await first(copy, 'evidence'))[7] ?? '', (text) => text.replace('r', 'R')),
      script: /FAIL.*SHA256SUMS.*evidence\/\S+ has another SHA-256/,
      ours: /evidence\/\S+ has another SHA-256 than SHA256SUMS says/,
    },
    {
      name: 'the same with the sums rewritten',
      by: async (copy) => {
        await copy.edit((await first(copy, 'evidence'))[7] ?? '', (text) => text.replace('r', 'R'));
        await copy.rewriteSums();
      },
      script: /ok {4}SHA256SUMS[\s\S]*FAIL.*MANIFEST names.*evidence\/\S+ has another SHA-256/,
      ours: /evidence\/\S+ has another SHA-256 than MANIFEST says/,
    },
    {
      name: 'the same with the sums and MANIFEST rewritten',
      by: async (copy) => {
        await copy.edit((await first(copy, 'evidence'))[7] ?? '', (text) => text.replace('r', 'R'));
        await copy.rewriteManifest();
        await copy.rewriteSums();
      },
      script: /FAIL {2}MANIFEST is not the one[\s\S]*FAIL.*entry \d+: its file [0-9a-f]+ is missing/,
      ours: /Entry \d+ .*its file [0-9a-f]+ is missing/,
    },
    {
      name: 'a record and MANIFEST rewritten',
      by: async (copy) => {
        await copy.edit('records/000042.json', (text) => text.replace(/"time":"\d{4}/, '"time":"1999'));
        await copy.rewriteManifest();
        await copy.rewriteSums();
      },
      script: /FAIL.*entry 000042 is not in the log/,
      ours: /Entry 000042 .*not in the log/,
    },
    {
      name: 'a record, MANIFEST and its entry rewritten',
      by: async (copy) => {
        await copy.edit('records/000042.json', (text) => text.replace(/"time":"\d{4}/, '"time":"1999'));
        await copy.rewriteManifest();
        const sum = hash('sha256', await copy.read('MANIFEST'));
        await copy.edit('MANIFEST.json', (text) => text.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${sum}"`));
        await copy.rewriteSums();
      },
      script: /FAIL.*every entry is in the log.*entry 000042/,
      ours: /The entry of MANIFEST: it is not in the log/,
    },
    {
      name: 'a payload rewritten throughout',
      by: async (copy) => {
        await copy.edit('payloads/000010', (text) => text.replace('Evidence 10', 'Evidence 99'));
        await copy.rewriteManifest();
        await copy.rewriteSums();
      },
      script: /entry 000010: payload 000010 is not what it said/,
      ours: /Entry 000010 .*payload is not what it said/,
    },
    {
      name: 'a record left out, with MANIFEST and sums rewritten',
      by: async (copy) => {
        for (const name of ['records/000042.json', 'payloads/000042', 'proofs/000042.tlog-proof']) await copy.remove(name);
        await copy.rewriteManifest();
        await copy.rewriteSums();
      },
      script: /FAIL {2}MANIFEST is not the one that its entry in the log names/,
      ours: /MANIFEST is not the one that its entry in the log names/,
    },
    {
      name: 'files swapped',
      by: async (copy) => {
        const [one, other] = await first(copy, 'evidence');
        await swap(copy, one, other);
        await copy.rewriteSums();
      },
      script: /evidence\/\S+ has another SHA-256 than MANIFEST/,
      ours: /evidence\/\S+ has another SHA-256 than MANIFEST/,
    },
    {
      name: 'a proof of another record',
      by: async (copy) => {
        await copy.write('proofs/000042.tlog-proof', await copy.read('proofs/000043.tlog-proof'));
        await copy.rewriteSums();
      },
      script: /entry 000042: its proof is that of entry 000043/,
      ours: /Entry 000042 .*its proof is that of entry 000043/,
    },
    {
      name: 'a proof of another record that calls itself this one',
      by: async (copy) => {
        const text = (await copy.read('proofs/000043.tlog-proof')).toString('utf8');
        await copy.write('proofs/000042.tlog-proof', text.replace('index 43', 'index 42'));
        await copy.rewriteSums();
      },
      script: /entry 000042 is not in the log/,
      ours: /Entry 000042 .*not in the log/,
    },
    {
      name: 'the size of the tree changed',
      by: async (copy) => {
        const grow = (text: string) => text.replace(`\n${made.checkpointSize}\n`, `\n${made.checkpointSize + 1}\n`);
        for (const name of ['checkpoint', 'MANIFEST.tlog-proof', ...(await first(copy, 'proofs'))]) await copy.edit(name, grow);
        await copy.rewriteSums();
      },
      script: /FAIL {2}checkpoint is not signed by the key given/,
      ours: /The checkpoint: expected a signature/,
    },
    {
      name: 'the time stamp of another checkpoint',
      by: async (copy) => {
        await copy.write('checkpoint.tsr', await requestStamp({ url: authority.url, bytes: Buffer.from('another checkpoint\n') }));
        await copy.rewriteSums();
      },
      script: /FAIL {2}time stamp is not of this checkpoint/,
      ours: /time stamp is not of this checkpoint/,
    },
    {
      name: 'an extra file',
      by: (copy) => copy.write('evidence/extra.txt', 'more'),
      script: /FAIL.*SHA256SUMS.*evidence\/extra.txt is not in/,
      ours: /evidence\/extra.txt is not in SHA256SUMS/,
    },
    {
      name: 'an extra file with the sums rewritten',
      by: async (copy) => {
        await copy.write('notes/extra.txt', 'more');
        await copy.rewriteSums();
      },
      script: /FAIL.*MANIFEST.*notes\/extra.txt is not in/,
      ours: /notes\/extra.txt is not in MANIFEST/,
    },
    {
      name: 'an extra proof with the sums rewritten',
      by: async (copy) => {
        await copy.write('proofs/000900.tlog-proof', await copy.read('proofs/000043.tlog-proof'));
        await copy.rewriteSums();
      },
      script: /entry 000900: its proof is that of entry 000043/,
      ours: /proofs\/000900.tlog-proof belongs to no entry/,
    },
    {
      name: 'an extra evidence file in sums and MANIFEST',
      by: async (copy) => {
        await copy.write('evidence/extra.txt', 'more');
        await copy.rewriteManifest();
        await copy.rewriteSums();
      },
      script: /evidence\/extra.txt is named by no entry/,
      ours: /evidence\/extra.txt is named by no entry/,
    },
    {
      name: 'an overview page that tells another story',
      by: async (copy) => {
        await copy.edit('index.html', (text) => text.replace('Acme', 'Other'));
        await copy.rewriteSums();
      },
      script: /index.html has another SHA-256 than MANIFEST/,
      ours: /index.html has another SHA-256 than MANIFEST/,
    },
    {
      name: 'a pack rebuilt with another key',
      by: signAnew,
      script: /FAIL {2}checkpoint is not signed by the key given/,
      ours: /The checkpoint: expected a signature/,
    },
  ])('does not verify with $name', async ({ by, script: says, ours: tells }) => {
    copies += 1;
    const copy = await copyOf(folder, path.join(house.folder, `copy-${copies}`));
    await by(copy);
    const found = await both(copy.folder, await copy.zip());
    expect(found.script.out).toMatch(says);
    expect(found.script).toMatchObject({ code: 1, out: expect.stringMatching(/does not verify\n$/) });
    expect(found.ours.faults.map(({ message }) => message).join('\n')).toMatch(tells);
  });

  it('verifies when it is only copied, summed and zipped anew', async () => {
    const copy = await copyOf(folder, path.join(house.folder, 'copy-untouched'));
    await copy.rewriteSums();
    const found = await both(copy.folder, await copy.zip());
    expect(found).toMatchObject({ script: { code: 0 }, ours: { faults: [] } });
  });
});
